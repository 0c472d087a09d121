package dev.midwrite.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Incarnation;
import dev.midwrite.event.PointKind;
import dev.midwrite.journal.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleJournalTest {
    private static final Incarnation INCARNATION = new Incarnation("node-1", 7, 1, 2, 3);
    private static final long CAP = 1 << 20;

    @TempDir
    private Path directory;

    private static long append(Journal journal, long session) {
        return journal.append(EventType.OPERATION, session, 0, 0, 0, 0, 0, Edge.AFTER, 1, 0, 0, new byte[] {1, 2, 3});
    }

    private List<EventRecord> read() throws IOException {
        List<EventRecord> records = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(directory)) {
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                records.add(EventRecord.read(frame, 0));
            }
            assertThat(reader.damage()).isEmpty();
        }
        return records;
    }

    @Test
    void recordZeroSaysWhoWrites() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(directory, INCARNATION, CAP)) {
            assertThat(append(journal, 5)).isEqualTo(1);
        }
        List<EventRecord> records = read();
        assertThat(records.get(0).type()).isEqualTo(EventType.HEADER);
        assertThat(Incarnation.fromPayload(records.get(0).payload())).isEqualTo(INCARNATION);
        assertThat(records.get(1).session()).isEqualTo(5);
    }

    @Test
    void aNameIsWrittenOnce() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(directory, INCARNATION, CAP)) {
            assertThat(journal.name("a", PointKind.SESSION_SAVE)).isEqualTo(1);
            assertThat(journal.name("b", PointKind.NONE)).isEqualTo(2);
            assertThat(journal.name("a", PointKind.SESSION_SAVE)).isEqualTo(1);
        }
        assertThat(read().stream()
                        .filter(record -> record.type() == EventType.NAME)
                        .map(record -> record.point() + new String(record.payload(), StandardCharsets.UTF_8) + " "
                                + PointKind.of(record.outcome())))
                .containsExactly("1a SESSION_SAVE", "2b NONE");
    }

    @Test
    void numbersOfManyThreadsHaveNoGap() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (ChronicleJournal journal = ChronicleJournal.open(directory, INCARNATION, CAP)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 1; thread <= 4; thread++) {
                long session = thread;
                running.add(pool.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        append(journal, session);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(read()).hasSize(2001);
    }

    @Test
    void anInterruptedThreadWritesAndStaysInterrupted() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(directory, INCARNATION, 64 << 20)) {
            Thread.currentThread().interrupt();
            // Enough to map the next block of the file.
            for (int i = 0; i < 60_000; i++) {
                append(journal, 1);
            }
            assertThat(Thread.interrupted()).isTrue();
            assertThat(journal.closedBecause()).isEmpty();
            assertThat(append(journal, 1)).isEqualTo(60_001);
        }
        assertThat(read()).hasSize(60_002);
    }

    @Test
    void atItsCapItTakesNothingMoreAndSaysSo() throws IOException {
        long taken = 0;
        try (ChronicleJournal journal = ChronicleJournal.open(directory, INCARNATION, 4096)) {
            while (append(journal, 1) >= 0) {
                taken++;
            }
            assertThat(append(journal, 1)).isEqualTo(-1);
            assertThat(journal.dropped()).isEqualTo(2);
            assertThat(journal.bytes()).isLessThanOrEqualTo(4096);
            assertThat(journal.closedBecause()).contains("4096 bytes");
            journal.unseal();
            assertThat(append(journal, 1)).isEqualTo(-1);
        }
        assertThat(read()).hasSize((int) taken + 1);
    }

    @Test
    void whatIsSealedGoesOnWithTheNextNumber() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(directory, INCARNATION, CAP)) {
            append(journal, 1);
            journal.seal();
            assertThat(journal.isSealed()).isTrue();
            assertThat(append(journal, 1)).isEqualTo(-1);
            journal.unseal();
            assertThat(append(journal, 1)).isEqualTo(2);
        }
        assertThat(read()).hasSize(3);
    }
}
