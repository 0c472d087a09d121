package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Frame;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTailTest {
    @TempDir
    private Path directory;

    private byte[] whole(int operations) throws IOException {
        Path file = directory.resolve("whole.ops");
        SplittableRandom random = new SplittableRandom(operations);
        try (HistoryWriter writer = HistoryWriter.create(file)) {
            for (int i = 0; i < operations; i++) {
                // Now and then one that is longer than what is read at once.
                int items = i % 50 == 7 ? (Frame.MAX_BYTES - Frame.HEADER_BYTES) / 8 : random.nextInt(5);
                writer.append(new Operations(1).finalList(i, new long[items]));
            }
        }
        return Files.readAllBytes(file);
    }

    private static List<UserOperation> read(HistoryTail tail) throws IOException {
        List<UserOperation> operations = new ArrayList<>();
        while (tail.read((frames, at) -> operations.add(UserOperation.read(frames, at))) > 0) {
            // On to the end.
        }
        return operations;
    }

    @Test
    void handsOverEachOperationOnceHoweverTheFileGrows() throws IOException {
        byte[] bytes = whole(200);
        Path file = Files.createFile(directory.resolve("growing.ops"));
        SplittableRandom random = new SplittableRandom(3);
        List<UserOperation> read = new ArrayList<>();
        try (HistoryTail tail = HistoryTail.open(file)) {
            assertThat(read(tail)).isEmpty();
            for (int at = 0; at < bytes.length; ) {
                int more = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 100 : 300_000));
                Files.write(file, Arrays.copyOfRange(bytes, at, at + more), StandardOpenOption.APPEND);
                at += more;
                read.addAll(read(tail));
            }
            assertThat(tail.rest()).isZero();
        }
        assertThat(read).isEqualTo(HistoryReader.readAll(directory.resolve("whole.ops")));
    }

    @Test
    void saysHowMuchIsCut() throws IOException {
        byte[] bytes = whole(3);
        Path file = Files.write(directory.resolve("cut.ops"), Arrays.copyOf(bytes, bytes.length - 1));
        try (HistoryTail tail = HistoryTail.open(file)) {
            assertThat(read(tail)).hasSize(2);
            assertThat(tail.rest()).isBetween(95L, 200L);
        }
    }

    @Test
    void refusesWhatIsDamagedWithThePlace() throws IOException {
        byte[] bytes = whole(5);
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x40;
            Path file = Files.write(directory.resolve("damaged.ops"), damaged);
            try (HistoryTail tail = HistoryTail.open(file)) {
                List<UserOperation> before = new ArrayList<>();
                try {
                    before.addAll(read(tail));
                    // A length that is longer than the rest looks like a frame that is not there yet.
                    assertThat(tail.rest()).isPositive();
                } catch (Problem e) {
                    assertThat(e).hasMessageContaining("operation ").hasMessageContaining(" at byte ");
                }
                assertThat(before).hasSizeLessThan(5);
            }
        }
    }

    @Test
    void refusesAGap() throws IOException {
        byte[] bytes = whole(3);
        int first = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        Path file = Files.write(directory.resolve("gap.ops"), Arrays.copyOfRange(bytes, first, bytes.length));
        try (HistoryTail tail = HistoryTail.open(file)) {
            assertThatThrownBy(() -> read(tail))
                    .isInstanceOf(Problem.class)
                    .hasMessageEndingWith("operation 0 at byte 0: here is number 1.");
        }
    }
}
