package dev.midwrite.controller.users;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.UserSession.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads every session on every node that runs, so that nobody's routing hides what a node lacks. Nodes are read beside
 * each other, no session on two of them at a time: one that hangs takes next to no time from the others.
 */
final class FinalReader {
    /** How long an attempt may take to be ended after all time is over. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Router router;
    private final UserClock clock;
    private final UserSetting setting;
    private final Requester requester;
    private final Turns turns;
    private final AtomicInteger processes;

    FinalReader(
            Router router,
            UserClock clock,
            UserSetting setting,
            Requester requester,
            Turns turns,
            AtomicInteger processes) {
        this.router = router;
        this.clock = clock;
        this.setting = setting;
        this.requester = requester;
        this.turns = turns;
        this.processes = processes;
    }

    /** Returns when all is read, or this time is over. */
    FinalReads read(List<UserSession> sessions, Duration timeout) throws InterruptedException {
        long deadline = clock.now() + timeout.toNanos();
        List<UserSession> known = sessions.stream()
                .filter(session -> session.state() != State.NEW)
                .toList();
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "midwrite-final-reads");
            made.setDaemon(true);
            return made;
        });
        try {
            OneReader oneReader = new OneReader(timeout);
            List<NodeReads> nodes = router.targets().stream()
                    .map(target -> new NodeReads(
                            target,
                            clock,
                            setting.users().timeout(),
                            deadline,
                            requester,
                            thread,
                            oneReader,
                            readings(known, target)))
                    .toList();
            CompletableFuture<?>[] ends = nodes.stream().map(NodeReads::begin).toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(ends).get(timeout.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
            return new FinalReads(
                    known.size(),
                    nodes.stream().mapToLong(NodeReads::answered).sum(),
                    nodes.stream().mapToLong(NodeReads::unanswered).sum(),
                    nodes.stream().mapToLong(NodeReads::unasked).sum());
        } catch (ExecutionException e) {
            throw new Problem("The final reads broke off: " + e.getCause().getMessage() + ".", e.getCause());
        } catch (TimeoutException e) {
            throw new Problem(
                    "The final reads did not end in " + timeout.plus(GRACE).toMillis() + " ms.", e);
        } finally {
            thread.shutdownNow();
        }
    }

    private List<Reading> readings(List<UserSession> sessions, Target target) {
        return sessions.stream()
                .filter(session -> !setting.homeOnly() || session.home() == target.number())
                .map(session -> new Reading(new UserIdentity(processes), session, calls(session)))
                .toList();
    }

    private List<Call> calls(UserSession session) {
        return session.state() == State.ENDED
                ? List.of(session.triesOldId().asFinal())
                : Script.finalReads(turns, session.hasOldId());
    }
}
