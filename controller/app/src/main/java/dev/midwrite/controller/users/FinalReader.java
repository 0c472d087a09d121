package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.UserSession.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Reads every session on every node that is up, so that nobody's routing hides what a node lacks. */
final class FinalReader {
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** Enough to keep nodes busy, too few to make them slow. */
    private static final int AT_A_TIME = 16;

    private final Router router;
    private final UserClock clock;
    private final Requester requester;
    private final List<Workload> workloads;
    private final AtomicInteger processes;

    FinalReader(
            Router router, UserClock clock, Requester requester, List<Workload> workloads, AtomicInteger processes) {
        this.router = router;
        this.clock = clock;
        this.requester = requester;
        this.workloads = workloads;
        this.processes = processes;
    }

    FinalReads read(List<UserSession> sessions, Duration timeout) throws InterruptedException {
        long deadline = clock.now() + timeout.toNanos();
        List<UserSession> known = sessions.stream()
                .filter(session -> session.state() != State.NEW)
                .toList();
        LongAdder answered = new LongAdder();
        LongAdder unanswered = new LongAdder();
        List<Target> targets = router.targets();
        List<Callable<Void>> tasks = known.stream()
                .<Callable<Void>>map(session -> () -> {
                    readSession(session, targets, deadline, answered, unanswered);
                    return null;
                })
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("final reads broke off: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return new FinalReads(known.size(), answered.sum(), unanswered.sum());
    }

    private void readSession(
            UserSession session, List<Target> targets, long deadline, LongAdder answered, LongAdder unanswered)
            throws InterruptedException {
        // Sessions of one user are read at the same time, so each is a process of its own.
        UserIdentity reader = new UserIdentity(processes);
        List<Call> calls = session.state() == State.ENDED
                ? List.of(Call.PROBE_OLD_ID.asFinal())
                : Script.finalReads(workloads, session.hasOldId());
        for (Target target : targets) {
            for (Call call : calls) {
                (readOnce(reader, session, call, target, deadline) ? answered : unanswered).increment();
            }
        }
    }

    private boolean readOnce(UserIdentity reader, UserSession session, Call call, Target target, long deadline)
            throws InterruptedException {
        long request = reader.next();
        for (int attempt = 1; ; attempt++) {
            long now = clock.now();
            if (requester
                    .attempt(reader, session, call, request, attempt, target, now)
                    .ok()) {
                return true;
            }
            if (clock.now() + PAUSE.toNanos() > deadline) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }
}
