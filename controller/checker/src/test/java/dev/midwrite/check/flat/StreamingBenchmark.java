package dev.midwrite.check.flat;

import dev.midwrite.check.Profile;
import dev.midwrite.check.judge.LiveListener;
import dev.midwrite.check.judge.StreamingJudge;
import dev.midwrite.check.session.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What judging live costs, one thread, all ten checks: feeds a file of {@link CheckerBenchmark} as fast as it can, says
 * what time it is after each thousandth of it, and lets all sessions fall idle.
 */
final class StreamingBenchmark {
    private static final int STEPS = 1000;

    private StreamingBenchmark() {}

    public static void main(String[] args) throws IOException {
        MappedFrames frames = MappedFrames.open(Path.of(args[0]));
        int sessions = Integer.parseInt(args[1]);
        AtomicLong found = new AtomicLong();
        LiveListener listener = violation -> found.incrementAndGet();
        // Operations of the generated file last up to a microsecond for each session.
        long lag = 2_000L * sessions;
        Terms terms = new Terms(
                Profile.STRONG,
                List.of("none", "node-1", "node-2", "node-3"),
                List.of("cart", "name"),
                true,
                0,
                0,
                0,
                0);
        Path directory = Files.createTempDirectory("midwrite");
        try (OperationSpill spill = OperationSpill.create(directory)) {
            StreamingJudge judge = new StreamingJudge(terms, lag, spill, listener);
            long empty = usedHeap();
            long start = System.nanoTime();
            feed(frames, judge);
            long fed = System.nanoTime();
            judge.advance(Long.MAX_VALUE / 2);
            long all = System.nanoTime();
            long heap = usedHeap() - empty;
            System.out.printf(
                    "%d operations, %d sessions: fed and judged on the way in %d ms (%.2f M events/s), the rest in %d ms;"
                            + " %d found, %d late%n",
                    judge.operations(),
                    judge.sessions(),
                    (fed - start) / 1_000_000,
                    judge.operations() * 1e3 / (fed - start),
                    (all - fed) / 1_000_000,
                    found.get(),
                    judge.late());
            System.out.printf(
                    "heap %d bytes for each idle session (its own count: %d), spill %d MiB%n",
                    heap / judge.sessions(), judge.bytes() / judge.sessions(), spill.bytes() >> 20);
        } finally {
            Files.delete(directory);
        }
    }

    private static void feed(MappedFrames frames, StreamingJudge judge) throws IOException {
        long step = frames.size() / STEPS;
        long next = step;
        for (long at = 0; at < frames.size(); ) {
            int within = frames.within(at);
            judge.accept(frames.window(at), within);
            if (at >= next) {
                judge.advance(
                        frames.window(at).getLong(within + 40) == Long.MAX_VALUE
                                ? frames.window(at).getLong(within + 32)
                                : frames.window(at).getLong(within + 40));
                next += step;
            }
            at += frames.window(at).getInt(within);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
