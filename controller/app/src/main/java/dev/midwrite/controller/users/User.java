package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Requester.Request;
import dev.midwrite.controller.users.Requester.Result;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * One user: logs in, works in the session, and logs in anew when it has ended or can only be read. Each tab has one
 * request under way at a time and is a process of its own; all share the session and its cookies. {@link #sessions} may be
 * asked when no request is under way. Thread-safe.
 */
final class User {

    /**
     * What decides everything that a user plans.
     *
     * @param number from 1, unique in the run
     * @param turns none for a failover probe, which asks on and on for the one session it has
     * @param journey what is done before, between and after
     * @param credentials by name
     * @param tabs how many work in one session at the same time
     * @param loginsAlone a login, a logout or a change of id meets no other request
     * @param logsInAnew when something about the session is in doubt, and not only when it has ended
     * @param home number of the node that its sessions are to live on, 0 if the router may choose
     * @param principals names to log in by
     */
    record Plan(
            int number,
            long seed,
            Turns turns,
            Journey journey,
            Map<String, String> credentials,
            int tabs,
            boolean loginsAlone,
            boolean logsInAnew,
            int home,
            Principals principals) {

        /** Of every second user: a session that its user has left is not there to be read in the end, and what it lost stays unseen. */
        Optional<Departure> departure() {
            return number % 2 == 0 ? journey.departure() : Optional.empty();
        }
    }

    /** A user who was not let in does not try at once again: that would keep others out, too. */
    private static final long SECOND_THOUGHTS = TimeUnit.SECONDS.toNanos(1);

    private final Plan plan;
    private final Requester requester;
    private final List<UserIdentity> identities;
    private final List<UserSession> sessions = new ArrayList<>();
    private Visit visit;
    private long operations;
    private volatile long notBefore = Long.MIN_VALUE;

    User(Plan plan, Requester requester, AtomicInteger processes) {
        this.plan = plan;
        this.requester = requester;
        this.identities = IntStream.range(0, plan.tabs())
                .mapToObj(tab -> new UserIdentity(processes))
                .toList();
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

    /** Its tabs. */
    List<Pace.Actor> actors() {
        return IntStream.range(0, plan.tabs())
                .<Pace.Actor>mapToObj(tab -> (planned, due) -> act(tab, planned, due))
                .toList();
    }

    private synchronized CompletableFuture<Void> act(int tab, long planned, long due) {
        if (due < notBefore) {
            return CompletableFuture.completedFuture(null);
        }
        Visit present = visit;
        Optional<Call> next = present.next(tab);
        if (next.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Principal principal = present.session().principal();
        Call call = principal.begin(present.session(), next.get(), present::admits);
        if (call == null) {
            return CompletableFuture.completedFuture(null);
        }
        Visit.Before before = present.begin(call);
        UserIdentity identity = identities.get(tab);
        Request request = new Request(identity, present.session(), call, identity.next(), planned);
        return arrive(present, request, due)
                .thenAccept(result -> ended(tab, present, request, before, result))
                .thenCompose(done -> tab == 0 ? detour(present) : CompletableFuture.completedFuture(null));
    }

    /** The request itself, after what must be done before a session is used, or left. */
    private CompletableFuture<Result> arrive(Visit present, Request request, long due) {
        OperationKind kind = request.call().kind();
        List<Call> before = before(kind);
        if (before.isEmpty()) {
            return requester.perform(request, due);
        }
        UserSession session = present.session();
        return walk(session, request.user(), before, 0, request.planned(), due).thenCompose(there -> {
            if (there) {
                if (kind == OperationKind.LOG_OUT) {
                    leaves(present);
                }
                return requester.perform(request, requester.now());
            }
            long now = requester.now();
            if (kind == OperationKind.CREATE) {
                notBefore = now + SECOND_THOUGHTS;
            }
            return CompletableFuture.completedFuture(new Result(Answer.unsent(now, now, false), false));
        });
    }

    private List<Call> before(OperationKind kind) {
        return switch (kind) {
            case CREATE -> plan.journey().before();
            case LOG_OUT -> plan.journey().departure().orElseThrow().before();
            default -> List.of();
        };
    }

    private synchronized void leaves(Visit present) {
        present.leaves();
    }

    /** Steps one after the other; ends with the first that is not answered as it should be, and says whether all were. */
    private CompletableFuture<Boolean> walk(
            UserSession session, UserIdentity identity, List<Call> steps, int next, long planned, long due) {
        if (next == steps.size()) {
            return CompletableFuture.completedFuture(true);
        }
        Call call = steps.get(next);
        Duration think = call.own().orElseThrow().step().think();
        return requester
                .perform(new Request(identity, session, call, identity.next(), planned), due)
                .thenCompose(result -> {
                    if (!result.last().ok() || result.last().absent()) {
                        return CompletableFuture.completedFuture(false);
                    }
                    CompletableFuture<Void> pause = think.isZero()
                            ? CompletableFuture.completedFuture(null)
                            : CompletableFuture.runAsync(
                                    () -> {}, CompletableFuture.delayedExecutor(think.toNanos(), TimeUnit.NANOSECONDS));
                    return pause.thenCompose(
                            rested -> walk(session, identity, steps, next + 1, requester.now(), requester.now()));
                });
    }

    /** Now and then, between two operations of the session: what users do beside them. */
    private CompletableFuture<Void> detour(Visit present) {
        List<Call> between = plan.journey().between();
        synchronized (this) {
            if (between.isEmpty()
                    || present != visit
                    || present.session().state() != UserSession.State.OPEN
                    || ++operations % plan.journey().every() != 0) {
                return CompletableFuture.completedFuture(null);
            }
        }
        UserSession session = present.session();
        return walk(session, identities.get(0), between, 0, requester.now(), requester.now())
                .thenAccept(asExpected -> {});
    }

    /** What the user does when all is over, if there is a session still. */
    CompletableFuture<Void> leave() {
        UserSession session;
        synchronized (this) {
            session = visit.session();
        }
        List<Call> after = plan.journey().after();
        if (after.isEmpty() || session.state() != UserSession.State.OPEN) {
            return CompletableFuture.completedFuture(null);
        }
        return walk(session, identities.get(0), after, 0, requester.now(), requester.now())
                .thenAccept(asExpected -> {});
    }

    private synchronized void ended(int tab, Visit then, Request request, Visit.Before before, Result result) {
        then.end(tab, request.call(), before, result);
        then.session().principal().end(then.session(), request.call(), result, other -> {
            requester.endedAnother(request, other, result.last());
            if (result.last().ok()) {
                other.endedElsewhere();
            }
        });
        // Requests of other tabs may still be under way in a session that was left.
        if (then != visit || !then.over()) {
            return;
        }
        logIn();
        if (request.call().kind() == OperationKind.RELOGIN) {
            // The same answer made another session; the next request goes to that one.
            UserSession ended = then.session();
            UserSession made = visit.session();
            made.takeCookies(ended.cookies());
            made.sentTo(ended.last());
            made.createdOn(ended.last(), result.last().second());
            requester.madeAnother(request, made, result.last());
        }
    }

    private void logIn() {
        // Mixed, so that a share of labels is a share of sessions; the mixing is one-to-one, so labels stay unique.
        long label = Mix.fmix64((long) plan.number() << 24 | sessions.size() + 1);
        UserSession session = new UserSession(
                label, plan.home(), requester.noCookies(), plan.principals().of(plan.number()), plan.credentials());
        sessions.add(session);
        visit = new Visit(session, plan);
    }
}
