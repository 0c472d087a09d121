package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Requester.Request;
import dev.midwrite.controller.users.Requester.Result;
import dev.midwrite.controller.users.UserSession.State;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One user: logs in, works in the session, and logs in anew when it has ended or can only be read. One request at a time;
 * {@link #sessions} may be asked when no request is under way. Thread-safe.
 */
final class User {
    /** How often a session is read after it can no longer be written, before its user logs in anew. */
    private static final int FAREWELL_READS = 20;

    private final int number;
    private final long seed;
    private final List<Workload> workloads;
    private final boolean logsInAnew;
    private final Requester requester;
    private final int home;
    private final UserIdentity identity;
    private final List<UserSession> sessions = new ArrayList<>();

    private UserSession session;
    private Script script;
    private boolean tryOldId;
    private int farewell;

    /**
     * @param number from 1, unique; with the seed it decides everything this user plans
     * @param workloads none for a failover probe, which asks on and on for the one session it has
     * @param home number of the node that its sessions are to live on, 0 if the router may choose
     */
    User(int number, long seed, List<Workload> workloads, int home, Requester requester, AtomicInteger processes) {
        this.number = number;
        this.seed = seed;
        this.workloads = workloads;
        this.logsInAnew = !workloads.isEmpty();
        this.home = home;
        this.requester = requester;
        this.identity = new UserIdentity(processes);
        logIn();
    }

    /** Label of the first session. */
    synchronized long firstLabel() {
        return sessions.get(0).label();
    }

    /** All sessions, whatever became of them. */
    synchronized List<UserSession> sessions() {
        return List.copyOf(sessions);
    }

    /**
     * One logical request with all its attempts; ends when nothing more comes of it.
     *
     * @param planned when it was to be sent, and {@code due} when it could have been, on the users' clock
     */
    synchronized CompletableFuture<Void> act(long planned, long due) {
        Call call = next();
        BrowserCookies before = session.copyCookies();
        Request request = new Request(identity, session, call, identity.next(), planned);
        return requester.perform(request, due).thenAccept(result -> ended(request, result, before));
    }

    private synchronized void ended(Request request, Result result, BrowserCookies before) {
        Call call = request.call();
        switch (call.kind()) {
            case CREATE -> created(result);
            case PROBE_OLD_ID -> triedOldId();
            case ROTATE_ID, INVALIDATE -> endedId(call, result, before);
            case RELOGIN -> loggedInAnew(request, result, before);
            default -> worked(call, result);
        }
    }

    private Call next() {
        if (session.state() == State.NEW) {
            return Call.CREATE;
        }
        return tryOldId ? Call.PROBE_OLD_ID : script.next(session.state() == State.OPEN);
    }

    private void created(Result result) {
        if (result.last().ok()) {
            session.createdOn(session.last(), result.last().incarnation());
        } else {
            session.forgetCookies();
        }
    }

    private void triedOldId() {
        tryOldId = false;
        if (session.state() == State.ENDED) {
            logIn();
        }
    }

    private void endedId(Call call, Result result, BrowserCookies before) {
        if (result.last().ok()) {
            session.oldCookies(before);
            tryOldId = true;
            if (call.kind() == OperationKind.INVALIDATE) {
                session.state(State.ENDED);
            }
        } else {
            worked(call, result);
        }
    }

    /** The session has ended and another was made; the next request goes to that one, the ended id is tried in the end. */
    private void loggedInAnew(Request request, Result result, BrowserCookies before) {
        if (!result.last().ok()) {
            worked(request.call(), result);
            return;
        }
        UserSession ended = session;
        ended.oldCookies(before);
        ended.state(State.ENDED);
        logIn();
        session.takeCookies(ended.cookies());
        session.sentTo(ended.last());
        session.createdOn(ended.last(), result.last().second());
        requester.madeAnother(request, session, result.last());
    }

    private void worked(Call call, Result result) {
        Answer last = result.last();
        boolean gone = last.absent() || (last.ok() && last.incarnation() != session.incarnation());
        boolean unknownEffect = result.indeterminate() && !call.reads();
        if (session.state() == State.OPEN && (gone || unknownEffect)) {
            session.state(State.READ_ONLY);
            farewell = FAREWELL_READS;
        } else if (session.state() == State.READ_ONLY && logsInAnew && --farewell == 0) {
            logIn();
        }
    }

    private void logIn() {
        // Mixed, so that a share of labels is a share of sessions; the mixing is one-to-one, so labels stay unique.
        long label = Mix.fmix64((long) number << 24 | sessions.size() + 1);
        session = new UserSession(label, home, requester.tlsTerminated());
        sessions.add(session);
        script = new Script(workloads, seed, label);
        tryOldId = false;
    }
}
