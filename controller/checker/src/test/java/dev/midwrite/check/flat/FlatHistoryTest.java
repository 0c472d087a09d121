package dev.midwrite.check.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlatHistoryTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("users.ops");
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "3,0", "2,40", "5,4000"})
    void handsOverEachSessionInTheOrderOfTheFile(int threads, int mostItems) throws Exception {
        List<UserOperation> written = operations(20_000, 50, mostItems);
        write(written);

        FlatHistory history = FlatHistory.read(MappedFrames.open(file, 20), threads);

        assertThat(history.operations()).isEqualTo(written.size());
        assertThat(read(history, threads)).isEqualTo(bySession(written));
    }

    @Test
    void generatedFileIsWhole() throws Exception {
        FrameFile.write(file, to -> RegisterHistory.generate(10_000, 17, 3, to));

        FlatHistory history = FlatHistory.read(file, 2);

        assertThat(history.operations()).isEqualTo(10_000);
        assertThat(history.sessions()).isEqualTo(17);
    }

    @Test
    void emptyFileHasNoSessions() throws Exception {
        Files.createFile(file);

        assertThat(FlatHistory.read(file, 2).sessions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyDamagedByteIsFound(int threads) throws Exception {
        write(operations(400, 5, 3));
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(() -> FlatHistory.read(file, threads))
                    .isInstanceOf(BrokenFileException.class)
                    .satisfies(e -> assertThat(((BrokenFileException) e).at()).isBetween(at - 96L - 24, (long) at));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void cutsDoublesGapsAndSwapsAreFound(int threads) throws Exception {
        write(operations(300, 5, 0));
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 100; i++) {
            int frame = random.nextInt(299);
            int cut = 1 + random.nextInt(whole.length - 1);
            if (cut % 96 != 0) {
                assertBroken(Arrays.copyOf(whole, cut), threads, cut / 96, "cut");
            }
            assertBroken(join(whole, 0, frame + 1, frame, 300), threads, frame + 1, "here is number " + frame);
            assertBroken(join(whole, 0, frame, frame + 1, 300), threads, frame, "here is number " + (frame + 1));
        }
    }

    private void assertBroken(byte[] bytes, int threads, int operation, String reason) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> FlatHistory.read(file, threads))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageStartingWith("operation " + operation + " at byte " + operation * 96L + ": ")
                .hasMessageContaining(reason);
    }

    /** Frames [a, b) and then [c, d). */
    private static byte[] join(byte[] whole, int a, int b, int c, int d) {
        byte[] joined = Arrays.copyOf(Arrays.copyOfRange(whole, a * 96, b * 96), (b - a + d - c) * 96);
        System.arraycopy(whole, c * 96, joined, (b - a) * 96, (d - c) * 96);
        return joined;
    }

    private static Map<Long, List<UserOperation>> read(FlatHistory history, int threads) {
        Map<Long, List<UserOperation>> sessions = new ConcurrentHashMap<>();
        history.forEachSession(Stream.generate(() -> new SessionSink() {
                    private long session;
                    private int expected;
                    private List<UserOperation> operations = new ArrayList<>();

                    @Override
                    public void begin(long label, int count) {
                        session = label;
                        expected = count;
                        operations = new ArrayList<>();
                    }

                    @Override
                    public void accept(long[] frame, int at) {
                        ByteBuffer bytes = ByteBuffer.allocate((int) frame[at]).order(ByteOrder.LITTLE_ENDIAN);
                        bytes.asLongBuffer().put(frame, at, bytes.capacity() / Long.BYTES);
                        operations.add(UserOperation.read(bytes, 0));
                    }

                    @Override
                    public void finish() {
                        assertThat(operations).hasSize(expected);
                        assertThat(sessions.put(session, operations)).isNull();
                    }
                })
                .limit(threads)
                .toList());
        return sessions;
    }

    private static Map<Long, List<UserOperation>> bySession(List<UserOperation> operations) {
        return operations.stream()
                .collect(Collectors.groupingBy(UserOperation::session, LinkedHashMap::new, Collectors.toList()));
    }

    private void write(List<UserOperation> operations) throws IOException {
        int bytes =
                operations.stream().mapToInt(o -> 96 + o.payload().length * 8).sum();
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        operations.forEach(operation -> operation.write(buffer));
        Files.write(file, buffer.array());
    }

    private static List<UserOperation> operations(int count, int sessions, int mostItems) {
        SplittableRandom random = new SplittableRandom(1);
        List<UserOperation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long[] items = random.longs(mostItems > 0 && random.nextInt(9) == 0 ? random.nextInt(mostItems) : 0)
                    .toArray();
            operations.add(new UserOperation(
                    items.length > 0 ? OperationKind.READ_LIST : OperationKind.READ,
                    i,
                    1 + random.nextInt(sessions),
                    7,
                    i,
                    i + 1,
                    random.nextLong(),
                    0,
                    i,
                    1,
                    1,
                    0,
                    items.length,
                    1,
                    Outcome.OK,
                    0,
                    items));
        }
        return operations;
    }
}
