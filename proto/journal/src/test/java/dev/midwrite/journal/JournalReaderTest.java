package dev.midwrite.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    @TempDir
    private Path directory;

    private static EventRecord record(long seq) {
        return new EventRecord(
                EventType.OPERATION, seq, seq * 3, 1, 2, 3, 4, 5, 6, Edge.AFTER, 1, 7, 8, new byte[(int) (seq % 5)]);
    }

    private void write(Path queue, long from, long to) {
        ByteBuffer frame = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        try (FrameQueue writer = FrameQueue.open(queue)) {
            for (long seq = from; seq < to; seq++) {
                frame.clear();
                record(seq).write(frame);
                writer.append(frame.flip());
            }
        }
    }

    private static List<EventRecord> read(JournalReader reader) {
        List<EventRecord> records = new ArrayList<>();
        for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
            records.add(EventRecord.read(frame, 0));
        }
        return records;
    }

    @Test
    void readsWhatWasAppended() throws IOException {
        write(directory, 0, 1000);
        try (JournalReader reader = JournalReader.open(directory)) {
            List<EventRecord> records = read(reader);
            assertThat(records).hasSize(1000);
            assertThat(records.get(999)).isEqualTo(record(999));
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void readsOnWhileTheQueueIsWritten() throws IOException {
        write(directory, 0, 10);
        try (JournalReader reader = JournalReader.open(directory)) {
            assertThat(read(reader)).hasSize(10);
            write(directory, 10, 20);
            assertThat(read(reader)).hasSize(10);
            assertThat(reader.nextSeq()).isEqualTo(20);
        }
    }

    @Test
    void aGapIsAPlace() throws IOException {
        write(directory, 0, 5);
        write(directory, 6, 9);
        try (JournalReader reader = JournalReader.open(directory)) {
            assertThat(read(reader)).hasSize(5);
            assertThat(reader.damage()).isEqualTo("record 5 cannot be read: its number is 6");
        }
    }

    @Test
    void noJournalIsOneSentence() {
        assertThatThrownBy(() -> JournalReader.open(directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("There is no journal in ");
    }

    /** Truncated, overwritten with zeros and overwritten with noise, at many offsets: fewer records, never wrong ones. */
    @Test
    void anyCutGivesAPrefix() throws IOException {
        Path whole = directory.resolve("whole");
        write(whole, 0, 300);
        Path file;
        try (Stream<Path> files = Files.list(whole)) {
            file = files.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
        long used = 300L * 110 + 70_000;
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            Path cut = Files.createDirectory(directory.resolve("cut" + i));
            try (Stream<Path> files = Files.list(whole)) {
                for (Path from : files.toList()) {
                    Files.copy(from, cut.resolve(from.getFileName()));
                }
            }
            long at = (long) (random.nextDouble() * used);
            try (RandomAccessFile target =
                    new RandomAccessFile(cut.resolve(file.getFileName()).toFile(), "rw")) {
                if (i % 3 == 0) {
                    target.setLength(at);
                } else {
                    byte[] noise = new byte[64];
                    if (i % 3 == 1) {
                        random.nextBytes(noise);
                    }
                    target.seek(at);
                    target.write(noise);
                }
            }
            List<EventRecord> records = readAny(cut);
            for (int seq = 0; seq < records.size(); seq++) {
                assertThat(records.get(seq)).isEqualTo(record(seq));
            }
        }
    }

    private static List<EventRecord> readAny(Path cut) {
        try (JournalReader reader = JournalReader.open(cut)) {
            return read(reader);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(cut.toString());
            return List.of();
        }
    }
}
