package dev.midwrite.bench;

import dev.midwrite.agent.journal.ChronicleJournal;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Frame;
import dev.midwrite.event.Incarnation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One journal record, beside as many bytes that are appended to a Chronicle Queue with nothing around them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED"
        })
public class JournalAppend {
    private static final byte[] NOTHING = {};

    private Path directory;
    private ChronicleJournal journal;
    private ChronicleQueue queue;
    private ExcerptAppender appender;
    private Bytes<?> bytes;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        directory = Files.createTempDirectory("midwrite-bench");
        journal = ChronicleJournal.open(
                directory.resolve("journal"), new Incarnation("bench", 1, 0, 0, 0), Long.MAX_VALUE);
        queue = ChronicleQueue.singleBuilder(directory.resolve("raw").toFile())
                .rollCycle(RollCycles.FAST_DAILY)
                .build();
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        bytes = Bytes.allocateElasticOnHeap(Frame.HEADER_BYTES);
        bytes.singleThreadedCheckDisabled(true);
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        journal.close();
        appender.close();
        queue.close();
        Surroundings.delete(directory);
    }

    @Benchmark
    public long journal() {
        return journal.append(EventType.OPERATION, 1, 2, 3, 4, 5, 6, Edge.AFTER, 1, 2, 0, NOTHING);
    }

    @Benchmark
    public long rawChronicle() {
        bytes.clear();
        for (int i = 0; i < Frame.HEADER_BYTES; i += Long.BYTES) {
            bytes.writeLong(i);
        }
        appender.writeBytes(bytes);
        return appender.lastIndexAppended();
    }
}
