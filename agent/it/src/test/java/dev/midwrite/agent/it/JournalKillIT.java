package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.JournalHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.journal.JournalReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM that is killed while it journals loses no record whose append had returned.
 *
 * <p>{@code midwrite.it.kills} kills per JDK and kind, each at a moment of its own; profile {@code long} has more.
 */
class JournalKillIT {
    private static final int KILLS = Integer.getInteger("midwrite.it.kills", 30);
    private static final int LATEST = 4000;
    private static final int AT_ONCE = 2;
    /** So many write in {@link JournalHost}. */
    private static final int THREADS = 2;

    @TempDir
    Path directory;

    @EachJdk
    void haltLosesNothing(Jdks.Jdk jdk) throws Exception {
        each(new Random(1), (moment, journal) -> {
            try (HostJvm host = start(jdk, journal, moment)) {
                assertThat(host.exitCode()).isEqualTo(9);
                verify(host.output(), journal, moment);
            }
        });
    }

    @EachJdk
    void sigkillLosesNothing(Jdks.Jdk jdk) throws Exception {
        each(new Random(2), (moment, journal) -> {
            try (HostJvm host = start(jdk, journal, 0)) {
                for (int line = 0; line < moment; line++) {
                    host.nextLine();
                }
                // Not the process's own method: that one closes our end of the pipe, with announcements in it.
                assertThat(host.process().toHandle().destroyForcibly()).isTrue();
                assertThat(host.exitCode()).isEqualTo(137);
                verify(host.output(), journal, moment);
            }
        });
    }

    private interface Kill {
        void at(int moment, Path journal) throws Exception;
    }

    /** Some beside each other: most of a kill's time one JVM starts, which does not take all of a machine. */
    private void each(Random random, Kill kill) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> kills = new ArrayList<>();
            for (int i = 0; i < KILLS; i++) {
                int moment = 1 + random.nextInt(LATEST);
                Path journal = directory.resolve("journal-" + i);
                kills.add(pool.submit(() -> {
                    kill.at(moment, journal);
                    return null;
                }));
            }
            for (Future<?> each : kills) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static HostJvm start(Jdks.Jdk jdk, Path journal, int haltAfter) {
        HostJvm.Builder host = HostJvm.of(jdk, JournalHost.class);
        for (String name : List.of("sun.nio.ch", "java.lang.reflect", "jdk.internal.ref")) {
            host.option("--add-opens=java.base/" + name + "=ALL-UNNAMED");
        }
        return host.argument(HostJvm.agentJar())
                .argument(journal)
                .argument(haltAfter)
                .start();
    }

    /** Every announced record is there, whole and in order; of what was not announced, at most one per thread. */
    private static void verify(List<String> announced, Path journal, int atLeast) throws Exception {
        BitSet found = new BitSet();
        try (JournalReader reader = JournalReader.open(journal)) {
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                EventRecord record = EventRecord.read(frame, 0);
                if (record.type() == EventType.OPERATION) {
                    assertThat(record.digest()).isEqualTo(5);
                    assertThat(record.injection()).isEqualTo(8);
                }
                found.set((int) record.seq());
            }
            assertThat(reader.damage()).isEmpty();
        }
        assertThat(announced).hasSizeGreaterThanOrEqualTo(atLeast - 1);
        assertThat(found.cardinality()).isLessThanOrEqualTo(1 + announced.size() + THREADS);
        for (String line : announced) {
            // The last line may be cut; then its beginning is the number of an earlier record.
            if (!line.isEmpty()) {
                assertThat(found.get(Integer.parseInt(line)))
                        .as("record %s", line)
                        .isTrue();
            }
        }
    }
}
