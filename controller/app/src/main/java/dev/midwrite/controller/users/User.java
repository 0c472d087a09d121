package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Requester.Request;
import dev.midwrite.controller.users.Requester.Result;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
     * @param workloads none for a failover probe, which asks on and on for the one session it has
     * @param tabs how many work in one session at the same time
     * @param loginsAlone a login, a logout or a change of id meets no other request
     * @param home number of the node that its sessions are to live on, 0 if the router may choose
     * @param principals names to log in by
     */
    record Plan(
            int number,
            long seed,
            List<Workload> workloads,
            int tabs,
            boolean loginsAlone,
            int home,
            Principals principals) {}

    private final Plan plan;
    private final Requester requester;
    private final List<UserIdentity> identities;
    private final List<UserSession> sessions = new ArrayList<>();
    private Visit visit;

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
        return requester.perform(request, due).thenAccept(result -> ended(tab, present, request, before, result));
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
                label, plan.home(), requester.tlsTerminated(), plan.principals().of(plan.number()));
        sessions.add(session);
        visit = new Visit(session, plan.workloads(), plan.seed(), plan.tabs(), plan.loginsAlone());
    }
}
