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
 * history of registers, {@code generate-mixed} one of all that users do, {@code queue FILE DIRECTORY} puts a file's frames
 * into a Chronicle Queue, and {@code check PATH register|all [THREADS]} judges file or queue in this cold process.
 */
final class CheckerBenchmark {
    private static final Terms TERMS = new Terms(
            Profile.STRONG,
            List.of("none", "node-1", "node-2", "node-3"),
            List.of("session", "cart", "name", "list", "counter", "group", "document"),
            true,
            Long.MAX_VALUE / 4,
            0,
            MixedHistory.SETTLED,
            0);

    private CheckerBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[1]);
        switch (args[0]) {
            case "generate" ->
                FrameFile.write(
                        path,
                        to -> RegisterHistory.generate(Integer.parseInt(args[2]), Integer.parseInt(args[3]), 1, to));
            case "generate-mixed" ->
                FrameFile.write(
                        path, to -> MixedHistory.generate(Integer.parseInt(args[2]), Integer.parseInt(args[3]), 1, to));
            case "queue" -> FrameFile.toQueue(path, Path.of(args[2]));
            default -> check(path, args[2].equals("all"), args.length > 3 ? Integer.parseInt(args[3]) : 2);
        }
    }

    private static void check(Path path, boolean all, int threads) throws IOException {
        long start = System.nanoTime();
        FlatHistory history = FlatHistory.read(path, threads);
        long partitioned = System.nanoTime();
        List<CheckerSink> sinks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            List<SessionCheck> checks = all ? Checks.ofSessions() : List.of(new RegisterCheck());
            sinks.add(new CheckerSink(new SessionChecker(TERMS, checks, 3)));
        }
        history.forEachSession(sinks);
        Tally tally = sinks.get(0).checker().take();
        for (CheckerSink sink : sinks.subList(1, threads)) {
            tally.merge(sink.checker().take());
        }
        long checked = 0;
        long violated = 0;
        for (Property property : Property.values()) {
            checked += tally.of(property).checked();
            violated += tally.violated(property);
        }
        System.out.println(history.operations() + " operations, " + tally.sessions()
                + " sessions: read and partitioned in "
                + (partitioned - start) / 1_000_000 + " ms, judged in " + (System.nanoTime() - partitioned) / 1_000_000
                + " ms; " + checked + " items decided, " + violated + " violations");
        tally.violations().forEach(System.out::println);
        tally.invalid().forEach(System.out::println);
    }
}
