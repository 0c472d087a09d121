package dev.midwrite.check.flat;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.judge.Checks;
import dev.midwrite.check.property.RegisterCheck;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.session.Terms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the checker costs; docs/performance.md has the commands. {@code generate FILE OPERATIONS SESSIONS} writes a valid
 * history, {@code check FILE register|all [THREADS]} judges it in this cold process.
 */
final class CheckerBenchmark {
    private CheckerBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[1]);
        if (args[0].equals("generate")) {
            GeneratedFile.write(file, Integer.parseInt(args[2]), Integer.parseInt(args[3]), 1);
            return;
        }
        int threads = args.length > 3 ? Integer.parseInt(args[3]) : 2;
        long start = System.nanoTime();
        FlatHistory history = FlatHistory.read(file, threads);
        long partitioned = System.nanoTime();
        List<Sink> sinks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            sinks.add(new Sink(args[2].equals("all") ? Checks.ofSessions() : List.of(new RegisterCheck())));
        }
        history.forEachSession(sinks);
        Tally tally = sinks.get(0).checker.take();
        for (Sink sink : sinks.subList(1, threads)) {
            tally.merge(sink.checker.take());
        }
        System.out.printf(
                "%d operations, %d sessions: read and partitioned in %d ms, judged in %d ms; %d reads fit, %d do not%n",
                history.operations(),
                tally.sessions(),
                (partitioned - start) / 1_000_000,
                (System.nanoTime() - partitioned) / 1_000_000,
                tally.of(Property.REGISTER).checked(),
                tally.violated(Property.REGISTER));
        tally.invalid().forEach(System.out::println);
    }

    private static final class Sink implements SessionSink {
        private static final Terms TERMS = new Terms(
                Profile.STRONG,
                List.of("none", "node-1", "node-2", "node-3"),
                List.of("cart", "name"),
                true,
                Long.MAX_VALUE / 4,
                0,
                Long.MAX_VALUE,
                0);

        private final SessionChecker checker;

        private Sink(List<SessionCheck> checks) {
            checker = new SessionChecker(TERMS, checks, 3);
        }

        @Override
        public void begin(long session, int operations) {
            checker.begin(session, operations);
        }

        @Override
        public void accept(long[] frame, int at) {
            checker.accept(frame, at);
        }

        @Override
        public void finish() {
            checker.finish();
        }
    }
}
