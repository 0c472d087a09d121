package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Requester.Result;
import dev.midwrite.controller.users.UserSession.State;
import dev.midwrite.event.OperationKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one user does in one session, from the login until the user logs in anew: in one tab, or in several at the same
 * time. Not thread-safe.
 */
final class Visit {
    /** How often a session is read after it can no longer be written, before its user logs in anew. */
    private static final int FAREWELL_READS = 20;

    private static final int NOBODY = -1;

    private final UserSession session;
    private final List<Script> scripts;
    private final Optional<Departure> departure;
    private final boolean logsInAnew;
    private final Overlap overlap;
    private int triesOldId = NOBODY;
    private int farewell;
    private boolean over;
    /** Of the session, since its user last tried to log out. */
    private int operations;

    private BrowserCookies ofLogin;

    /**
     * What was so when a request was sent.
     *
     * @param cookies before it
     * @param changing a login, logout or change of id by another tab was under way
     * @param changes as {@link Overlap#changes}
     */
    record Before(BrowserCookies cookies, boolean changing, long changes) {}

    /** Each tab has a script of its own, and the first has the one that it would have alone. */
    Visit(UserSession session, User.Plan plan) {
        this.departure = plan.departure();
        this.session = session;
        this.overlap = new Overlap(plan.loginsAlone());
        this.logsInAnew = plan.logsInAnew();
        this.scripts = IntStream.range(0, plan.tabs())
                .mapToObj(tab -> new Script(plan.turns(), plan.seed() + 0x9E3779B97F4A7C15L * tab, session.label()))
                .toList();
    }

    UserSession session() {
        return session;
    }

    /** The user logs in anew now. */
    boolean over() {
        return over;
    }

    /** What this tab does next; empty if there is nothing to do before another tab has logged in, or has done so anew. */
    Optional<Call> next(int tab) {
        if (overlap.alone()) {
            return Optional.empty();
        }
        if (session.state() == State.NEW) {
            return overlap.admits(Call.CREATE) ? Optional.of(Call.CREATE) : Optional.empty();
        }
        if (triesOldId == tab) {
            return Optional.of(session.triesOldId());
        }
        if (session.state() == State.ENDED) {
            if (session.isEndedElsewhere() && triesOldId == NOBODY) {
                triesOldId = tab;
                return Optional.of(Call.PROBE_OLD_ID);
            }
            return Optional.empty();
        }
        Optional<Call> leaves = departure
                .filter(way -> session.state() == State.OPEN && operations >= way.every())
                .map(Departure::logout)
                .filter(overlap::admits);
        if (leaves.isPresent()) {
            return leaves;
        }
        return Optional.of(scripts.get(tab).next(session.state() == State.OPEN, overlap::admits));
    }

    /** The logout itself is sent next: what the session's requests go with now must mean nothing afterwards. */
    void leaves() {
        ofLogin = session.cookies().ofLogin(departure.orElseThrow().cookies());
    }

    /** Whether this may be sent beside what is under way. */
    boolean admits(Call call) {
        return overlap.admits(call);
    }

    Before begin(Call call) {
        Before before = new Before(session.copyCookies(), overlap.changing(), overlap.changes());
        overlap.begin(call);
        return before;
    }

    void end(int tab, Call call, Before before, Result result) {
        boolean changed = before.changing() || overlap.changes() != before.changes() + (changes(call) ? 1 : 0);
        overlap.end(call, result.indeterminate());
        operations++;
        switch (call.kind()) {
            case CREATE -> created(result);
            case PROBE_OLD_ID, PROBE_LOGGED_OUT -> triedOldId();
            case LOG_OUT -> loggedOut(tab, call, result);
            case ROTATE_ID, INVALIDATE -> endedId(tab, call, result, before.cookies());
            case RELOGIN -> loggedInAnew(call, result, before.cookies());
            default -> worked(call, result, changed);
        }
    }

    private static boolean changes(Call call) {
        return switch (call.kind()) {
            case CREATE, ROTATE_ID, INVALIDATE, RELOGIN, LOG_OUT -> true;
            default -> false;
        };
    }

    private void created(Result result) {
        if (result.last().ok()) {
            session.createdOn(session.last(), result.last().incarnation());
        } else {
            session.forgetCookies();
        }
    }

    private void triedOldId() {
        triesOldId = NOBODY;
        over |= session.state() == State.ENDED;
    }

    private void endedId(int tab, Call call, Result result, BrowserCookies before) {
        if (result.last().ok()) {
            session.oldCookies(before);
            triesOldId = tab;
            if (call.kind() == OperationKind.INVALIDATE) {
                session.state(State.ENDED);
            }
        } else {
            worked(call, result, false);
        }
    }

    private void loggedOut(int tab, Call call, Result result) {
        operations = 0;
        if (result.last().ok()) {
            session.loggedOut(ofLogin, departure.orElseThrow().again());
            triesOldId = tab;
        } else {
            worked(call, result, false);
        }
    }

    /** The session has ended and another was made; the ended id is tried in the end. */
    private void loggedInAnew(Call call, Result result, BrowserCookies before) {
        if (result.last().ok()) {
            session.oldCookies(before);
            session.state(State.ENDED);
            over = true;
        } else {
            worked(call, result, false);
        }
    }

    /** @param changed another tab may have taken the id from under this request, so that its absence says nothing */
    private void worked(Call call, Result result, boolean changed) {
        Answer last = result.last();
        boolean gone = last.absent() || (last.ok() && last.incarnation() != session.incarnation());
        boolean unknownEffect = result.indeterminate() && !call.reads();
        if (session.state() == State.OPEN && ((gone && !changed) || unknownEffect)) {
            session.state(State.READ_ONLY);
            farewell = FAREWELL_READS;
        } else if (session.state() == State.READ_ONLY && logsInAnew && --farewell == 0) {
            over = true;
        }
    }
}
