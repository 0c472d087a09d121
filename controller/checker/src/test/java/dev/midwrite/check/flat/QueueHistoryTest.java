package dev.midwrite.check.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.judge.Checks;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.BlobHeader;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that Chronicle wrote, beside the same frames in a flat file and as objects. */
class QueueHistoryTest {
    private static final int OPERATIONS = 5_000;
    private static final Terms TERMS = new Terms(
            Profile.STRONG,
            List.of("none", "node-1", "node-2", "node-3"),
            List.of("session", "register a", "register b", "list", "counter", "group", "document"),
            true,
            Long.MAX_VALUE / 4,
            0,
            MixedHistory.SETTLED,
            0);

    @TempDir
    private Path directory;

    private Path file;
    private Path queue;

    @BeforeEach
    void name() {
        file = directory.resolve("users.ops");
        queue = directory.resolve("queue");
    }

    @ParameterizedTest
    @CsvSource({"false,1", "false,2", "true,1", "true,3"})
    void allReadersGiveTheSameTally(boolean wrong, int threads) throws Exception {
        List<UserOperation> operations = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(8);
        Map<String, Long> first = new HashMap<>();
        MixedHistory.generate(OPERATIONS, 40, 7, o -> operations.add(wrong ? damaged(o, first, random) : o));
        write(operations::forEach);

        Map<String, Object> expected = summary(judged(operations));

        assertThat(summary(judged(FlatHistory.read(file, threads), threads))).isEqualTo(expected);
        assertThat(summary(judged(FlatHistory.read(queue, threads), threads))).isEqualTo(expected);
        if (wrong) {
            for (Anomaly anomaly : List.of(Anomaly.STALE_READ, Anomaly.LOST_UPDATE, Anomaly.DIVERGENT_ORDER)) {
                assertThat(expected.get(anomaly.name())).as("%s", anomaly).isNotEqualTo(List.of(0L, 0L));
            }
        } else {
            assertThat(expected).containsEntry("violations", List.of()).containsEntry("invalid", List.of());
        }
    }

    @Test
    void everyPropertyOfTheMixedHistoryIsDecided() throws Exception {
        List<UserOperation> operations = new ArrayList<>();
        MixedHistory.generate(OPERATIONS, 40, 7, operations::add);
        Tally tally = judged(operations);

        assertThat(operations).hasSize(OPERATIONS);
        assertThat(Stream.of(
                                Property.REGISTER,
                                Property.DOCUMENT,
                                Property.LIST,
                                Property.LAST_WRITE,
                                Property.GROUP,
                                Property.GUARANTEES,
                                Property.LIFECYCLE,
                                Property.DUPLICATES,
                                Property.SPLIT_BRAIN,
                                Property.CONVERGENCE)
                        .filter(property -> tally.of(property).checked() == 0))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void damagedBytesAreFoundOrChangeNothing(int threads) throws Exception {
        write(to -> MixedHistory.generate(OPERATIONS, 40, 7, to));
        Path data = onlyFile();
        byte[] whole = Files.readAllBytes(data);
        int written = written(whole);
        int found = 0;
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(written);
            overwrite(data, at, (byte) (whole[at] ^ 1 << random.nextInt(8)));
            found += rejectedOrWhole(threads, inMetadata(whole, at) ? written : at) ? 1 : 0;
            overwrite(data, at, whole[at]);
        }
        assertThat(found).isGreaterThan(200);
    }

    @Test
    void everyBitOfSomeHeadersIsFoundOrChangesNothing() throws Exception {
        write(to -> RegisterHistory.generate(50, 3, 7, to));
        Path data = onlyFile();
        byte[] whole = Files.readAllBytes(data);
        int last = written(whole) - 100;
        for (int at : new int[] {0, 100 * 20, last}) {
            int header = at == 0 ? 0 : headerAtOrBefore(whole, at);
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                int changed = header + bit / 8;
                overwrite(data, changed, (byte) (whole[changed] ^ 1 << bit % 8));
                // A metadata blob of another length ends where no header stands.
                rejectedOrWhole(1, inMetadata(whole, header) ? written(whole) : header);
                overwrite(data, changed, whole[changed]);
            }
        }
    }

    @Test
    void cutsAndHolesAreFound() throws Exception {
        write(to -> MixedHistory.generate(OPERATIONS, 40, 7, to));
        Path data = onlyFile();
        byte[] whole = Files.readAllBytes(data);
        int written = written(whole);
        SplittableRandom random = new SplittableRandom(10);
        for (int i = 0; i < 100; i++) {
            int at = written / 2 + random.nextInt(written / 2 - 8);
            int hole = 4 + random.nextInt(Math.min(4096, written - 4 - at));
            overwrite(data, at, new byte[hole]);
            rejectedOrWhole(2, inMetadata(whole, at) ? written : at);
            cut(data, at);
            // A file may end behind any record; anywhere else it was cut.
            if (headerAtOrBefore(whole, at) != at) {
                assertBroken("cut");
            }
            overwrite(data, at, Arrays.copyOfRange(whole, at, written));
            grow(data, whole.length);
        }
    }

    @Test
    void fileThatIsMissingOrTwiceIsFound() throws Exception {
        write(to -> RegisterHistory.generate(500, 3, 7, to));
        Path first = onlyFile();
        Path next = first.resolveSibling("99991231F.cq4");
        Files.copy(first, next);
        assertBroken("of 99991231F.cq4: here is number 0");

        Files.delete(first);
        Files.delete(next);
        assertThatThrownBy(() -> FlatHistory.read(queue, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("There is no queue in");
    }

    @Test
    void recordUnderWayIsNoWholeHistory() throws Exception {
        write(to -> RegisterHistory.generate(50, 3, 7, to));
        Path data = onlyFile();
        byte[] bytes = Files.readAllBytes(data);
        int end = written(bytes);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(end, 1 << 31);
        Files.write(data, bytes);

        assertBroken("operation 50 at byte " + end + " of " + data.getFileName());
        assertBroken("begun and not completed");
    }

    private void assertBroken(String reason) {
        assertThatThrownBy(() -> FlatHistory.read(queue, 2))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining(reason);
    }

    /** Whether it was rejected; otherwise all operations must be there. */
    private boolean rejectedOrWhole(int threads, int latest) throws IOException {
        try {
            assertThat(FlatHistory.read(queue, threads).operations())
                    .as("byte %d", latest)
                    .isIn(OPERATIONS, 50);
            return false;
        } catch (BrokenFileException e) {
            assertThat(e.at()).isLessThanOrEqualTo((latest + 3 & -4) + 4L);
            return true;
        }
    }

    private void write(Consumer<Consumer<UserOperation>> operations) throws IOException {
        FrameFile.write(file, operations);
        FrameFile.toQueue(file, queue);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(queue)) {
            List<Path> data =
                    files.filter(path -> path.toString().endsWith(".cq4")).toList();
            assertThat(data).hasSize(1);
            return data.get(0);
        }
    }

    // In place: a queue's file has eighty megabytes, nearly all of them zeros, and is changed a thousand times here.
    private static void overwrite(Path data, long at, byte... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private static void cut(Path data, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private static void grow(Path data, long size) throws IOException {
        overwrite(data, size - 1, (byte) 0);
    }

    /** Where the last byte that is not zero ends, at a multiple of four. */
    private static int written(byte[] bytes) {
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return (end + 3) & -4;
    }

    private static boolean inMetadata(byte[] bytes, int at) {
        int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(headerAtOrBefore(bytes, at));
        return BlobHeader.isMetadata(header);
    }

    private static int headerAtOrBefore(byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = 0;
        while (true) {
            int next = (int) BlobHeader.next(header, BlobHeader.length(buffer.getInt(header)));
            if (next > at) {
                return header;
            }
            header = next;
        }
    }

    /** Now and then a read shows, and an update builds on, the first version of all; a list shows another order. */
    private static UserOperation damaged(UserOperation o, Map<String, Long> first, SplittableRandom random) {
        String attribute = o.session() + "/" + o.attribute();
        if (o.kind() == OperationKind.WRITE || o.kind() == OperationKind.UPDATE) {
            first.putIfAbsent(attribute, o.value());
        }
        long old = first.getOrDefault(attribute, 0L);
        boolean known = o.outcome() == Outcome.OK && random.nextInt(20) == 0;
        long value = known && o.kind() == OperationKind.READ ? old : o.value();
        long second = o.second();
        if (known && o.kind() == OperationKind.UPDATE) {
            second = old == o.value() ? 0 : old;
        } else if (known && o.kind() == OperationKind.READ_LIST) {
            second++;
        }
        return new UserOperation(
                o.kind(),
                o.seq(),
                o.session(),
                o.incarnation(),
                o.invoked(),
                o.returned(),
                value,
                second,
                o.request(),
                o.process(),
                o.node(),
                o.attribute(),
                o.length(),
                o.attempt(),
                o.outcome(),
                o.flags(),
                o.payload());
    }

    private static Tally judged(List<UserOperation> operations) {
        Map<Long, List<UserOperation>> sessions = new LinkedHashMap<>();
        operations.forEach(o ->
                sessions.computeIfAbsent(o.session(), s -> new ArrayList<>()).add(o));
        SessionChecker checker = new SessionChecker(TERMS, Checks.ofSessions(), 50);
        sessions.forEach((session, own) -> {
            checker.begin(session);
            own.forEach(checker::accept);
            checker.finish();
        });
        return checker.take();
    }

    private static Tally judged(FlatHistory history, int threads) {
        List<SessionChecker> checkers = new ArrayList<>();
        List<SessionSink> sinks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SessionChecker checker = new SessionChecker(TERMS, Checks.ofSessions(), 50);
            checkers.add(checker);
            sinks.add(new CheckerSink(checker));
        }
        history.forEachSession(sinks);
        Tally all = new Tally(50);
        checkers.forEach(checker -> all.merge(checker.take()));
        return all;
    }

    /** All that a tally says. */
    private static Map<String, Object> summary(Tally tally) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("sessions", tally.sessions());
        all.put("unsound", tally.unsound());
        all.put("invalid", tally.invalid());
        all.put("violations", tally.violations());
        for (Property property : Property.values()) {
            all.put(
                    property.name(),
                    List.of(
                            tally.of(property).checked(),
                            tally.of(property).inconclusive(),
                            tally.of(property).suppressed(),
                            tally.of(property).reason()));
        }
        for (Anomaly anomaly : Anomaly.values()) {
            all.put(
                    anomaly.name(),
                    List.of(tally.of(anomaly).count(), tally.of(anomaly).sessions()));
        }
        return all;
    }
}
