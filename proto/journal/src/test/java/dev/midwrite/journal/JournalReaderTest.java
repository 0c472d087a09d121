package dev.midwrite.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.event.BlobHeader;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    private static final int RECORDS = 300;
    /** What {@link #damaged} does with this number. */
    private static final int ZEROS = 2;

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
            assertThat(reader.damage()).matches("record 5 at byte \\d+ of \\d+F?\\.cq4: its number is 6");
        }
    }

    @Test
    void noJournalIsOneSentence() {
        assertThatThrownBy(() -> JournalReader.open(directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("There is no journal in ");
    }

    /** The format of the files is Chronicle's; its own tailer is the reference. */
    @Test
    void readsWhatChronicleReads() throws IOException {
        write(directory, 0, 500);
        List<EventRecord> theirs = new ArrayList<>();
        Bytes<ByteBuffer> bytes = Bytes.elasticByteBuffer();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory.toFile())
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(bytes.clear())) {
                theirs.add(EventRecord.read(ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN), 0));
            }
        } finally {
            bytes.releaseLast();
        }
        try (JournalReader reader = JournalReader.open(directory)) {
            assertThat(read(reader)).isEqualTo(theirs).hasSize(500);
        }
    }

    /** Chronicle writes a record's bytes first and its header last; what a kill leaves between the two was never announced. */
    @Test
    void aRecordUnderWayIsAnEnd() throws IOException {
        write(directory, 0, 10);
        byte[] bytes = Files.readAllBytes(file(directory));
        int header = indexOf(bytes, 9);
        Arrays.fill(bytes, header, header + 4, (byte) 0);
        Path killed = Files.createDirectory(directory.resolve("killed"));
        Files.write(killed.resolve("20260101F.cq4"), bytes);
        try (JournalReader reader = JournalReader.open(killed)) {
            assertThat(read(reader)).hasSize(9);
            assertThat(reader.damage()).isEmpty();
            try (RandomAccessFile file = new RandomAccessFile(
                    killed.resolve("20260101F.cq4").toFile(), "rw")) { // It is completed while the reader waits.
                file.seek(header);
                file.write(100);
            }
            assertThat(read(reader)).hasSize(1);
        }
    }

    /** Where the header of the record with this number stands. */
    private static int indexOf(byte[] bytes, long seq) {
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes.length - 20; at += 4) {
            int length = view.getInt(at);
            if (length >= 96 && length == view.getInt(at + 4) && view.getLong(at + 12) == seq) {
                return at;
            }
        }
        throw new AssertionError("no record " + seq);
    }

    @Test
    void readsAnyFrame() throws IOException {
        UserOperation operation = new UserOperation(
                OperationKind.READ, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, Outcome.OK, 0, new long[] {1, 2});
        try (FrameQueue writer = FrameQueue.open(directory)) {
            ByteBuffer frame = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
            operation.write(frame);
            writer.append(frame.flip());
        }
        try (JournalReader reader = JournalReader.open(directory)) {
            assertThat(UserOperation.read(reader.next(), 0)).isEqualTo(operation);
        }
    }

    @Test
    void goesOnInTheNextDaysFile() throws IOException {
        write(directory.resolve("first"), 0, 20);
        write(directory.resolve("second"), 20, 30);
        Path queue = Files.createDirectory(directory.resolve("queue"));
        Files.copy(file(directory.resolve("first")), queue.resolve("20260101F.cq4"));
        try (JournalReader reader = JournalReader.open(queue)) {
            assertThat(read(reader)).hasSize(20);
            Files.copy(file(directory.resolve("second")), queue.resolve("20260102F.cq4"));
            assertThat(read(reader)).hasSize(10);
            assertThat(reader.damage()).isEmpty();
        }
    }

    /** The writer had put down the header, and the last bytes of the record came a moment later. */
    @Test
    void aRecordWhoseLastBytesComeAfterItsHeaderIsReadAnew() throws IOException {
        write(directory, 0, 10);
        Path written = file(directory);
        Blob last = blob(written, 10);
        LaggingChannel lagging = new LaggingChannel(written, last.end() - Long.BYTES, last.end(), 1);
        try (JournalReader reader = new JournalReader(directory, new QueueFile(lagging, "lagging.cq4"))) {
            assertThat(read(reader)).hasSize(10);
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void aRecordWhoseLastBytesNeverComeIsDamage() throws IOException {
        write(directory, 0, 10);
        Path written = file(directory);
        Blob last = blob(written, 10);
        LaggingChannel lagging = new LaggingChannel(written, last.end() - Long.BYTES, last.end(), Integer.MAX_VALUE);
        try (JournalReader reader = new JournalReader(directory, new QueueFile(lagging, "lagging.cq4"))) {
            assertThat(read(reader)).hasSize(9);
            assertThat(reader.damage()).startsWith("record 9 at byte " + last.start() + " of lagging.cq4: ");
        }
    }

    /** The last record of a day came after we had looked for it, and the next day's file was there when we looked for that. */
    @Test
    void theLastRecordOfADayIsNotPassedOver() throws IOException {
        write(directory.resolve("first"), 0, 20);
        write(directory.resolve("second"), 20, 30);
        Path queue = Files.createDirectory(directory.resolve("queue"));
        Path day = Files.copy(file(directory.resolve("first")), queue.resolve("20260101F.cq4"));
        Files.copy(file(directory.resolve("second")), queue.resolve("20260102F.cq4"));
        Blob last = blob(day, 20);
        // Unseen when the window is filled, and when its place is looked at anew.
        LaggingChannel lagging = new LaggingChannel(day, last.start(), last.end(), 2);
        try (JournalReader reader = new JournalReader(queue, new QueueFile(lagging, "20260101F.cq4"))) {
            assertThat(read(reader)).extracting(EventRecord::seq).hasSize(30).isSorted();
            assertThat(reader.damage()).isEmpty();
        }
    }

    /** Where a record lies in its file, its header included. */
    private record Blob(long start, long end) {}

    /** The n-th record of a file, from 1. */
    private static Blob blob(Path file, int number) throws IOException {
        try (QueueFile records = QueueFile.open(file)) {
            for (int i = 1; ; i++) {
                byte[] bytes = records.peek();
                if (i == number) {
                    return new Blob(records.position(), records.position() + BlobHeader.BYTES + bytes.length);
                }
                records.pass(bytes.length);
            }
        }
    }

    /** Truncated, one bit flipped, overwritten with zeros and with noise, at many offsets: fewer records, never wrong ones. */
    @Test
    void anyCutGivesAPrefix() throws IOException {
        write(directory.resolve("whole"), 0, RECORDS);
        byte[] whole = Files.readAllBytes(file(directory.resolve("whole")));
        int used = whole.length;
        while (whole[used - 1] == 0) {
            used--;
        }
        Path cut = Files.createDirectory(directory.resolve("cut"));
        List<EventRecord> written =
                LongStream.range(0, RECORDS).mapToObj(JournalReaderTest::record).toList();
        Random random = new Random(1);
        int told = 0;
        for (int i = 0; i < 1000; i++) {
            int at = random.nextInt(used);
            Files.write(cut.resolve("20260101F.cq4"), damaged(Arrays.copyOf(whole, used + 500), i % 4, at, random));
            try (JournalReader reader = JournalReader.open(cut)) {
                List<EventRecord> records = read(reader);
                assertThat(records).isEqualTo(written.subList(0, records.size()));
                told += reader.damage().isEmpty() ? 0 : 1;
                if (records.size() < RECORDS && i % 4 == ZEROS && at < used - FrameQueue.MAX_FRAME_BYTES - 200) {
                    // Nearer to the end a hole may be a record that was under way.
                    assertThat(reader.damage()).isNotEmpty();
                }
            }
        }
        assertThat(told).isGreaterThan(400);
    }

    private static byte[] damaged(byte[] bytes, int how, int at, Random random) {
        if (how == 0) {
            return Arrays.copyOf(bytes, at);
        }
        if (how == 1) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            return bytes;
        }
        byte[] patch = new byte[64];
        if (how != ZEROS) {
            random.nextBytes(patch);
        }
        System.arraycopy(patch, 0, bytes, at, patch.length);
        return bytes;
    }

    private static Path file(Path queue) throws IOException {
        try (Stream<Path> files = Files.list(queue)) {
            return files.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
