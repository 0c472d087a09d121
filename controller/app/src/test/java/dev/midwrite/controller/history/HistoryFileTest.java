package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.FullDisk;
import dev.midwrite.controller.Problem;
import dev.midwrite.event.Frame;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatWasWritten() throws IOException {
        Path file = write(1000);
        List<UserOperation> read = HistoryReader.readAll(file);
        assertThat(read).hasSize(1000);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(operation(i, i));
        }
    }

    @Test
    void readsFramesLongerThanAnyWindow() throws IOException {
        Path file = directory.resolve("long.ops");
        int most = (Frame.MAX_BYTES - Frame.HEADER_BYTES) / Long.BYTES;
        try (HistoryWriter writer = HistoryWriter.create(file)) {
            for (int i = 0; i < 5; i++) {
                writer.append(list(most - i));
            }
            assertThatThrownBy(() -> writer.append(list(most + 1))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(HistoryReader.readAll(file).stream().map(UserOperation::length))
                .containsExactly(most, most - 1, most - 2, most - 3, most - 4);
    }

    @Test
    void emptyHistoryIsWhole() throws IOException {
        assertThat(HistoryReader.readAll(write(0))).isEmpty();
    }

    /** Linux has a file whose disk is always full. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatRefusesIsToldToWhoAsks() throws IOException {
        HistoryWriter writer = HistoryWriter.onto(FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE));
        writer.append(operation(0, 0));
        writer.requireWhole();
        assertThatThrownBy(writer::flush).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> writer.append(operation(0, 1))).isInstanceOf(UncheckedIOException.class);
        // The disk may have room again, and a part of it may be written.
        assertThatThrownBy(writer::flush).hasMessageContaining("has a gap");
        assertThatThrownBy(writer::requireWhole)
                .isInstanceOf(Problem.class)
                .hasMessage("The users' history cannot be written: No space left on device.")
                .matches(failure -> FullDisk.behind(failure).isPresent());
        assertThatThrownBy(writer::close)
                .isInstanceOf(IOException.class)
                .matches(failure -> FullDisk.behind(failure).isPresent());
    }

    @Test
    void threadsMayWriteAtTheSameTime() throws IOException {
        Path file = directory.resolve("parallel.ops");
        try (HistoryWriter writer = HistoryWriter.create(file)) {
            IntStream.range(0, 5000).parallel().forEach(i -> writer.append(operation(0, i)));
            assertThat(writer.size()).isEqualTo(5000);
        }
        assertThat(HistoryReader.readAll(file).stream().map(UserOperation::value))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 5000).boxed().toList());
    }

    @Test
    void anyCutIsNamedWithItsPlace() throws IOException {
        byte[] whole = Files.readAllBytes(write(3));
        int frame = whole.length / 3;
        for (int cut = 0; cut < whole.length; cut++) {
            byte[] bytes = Arrays.copyOf(whole, cut);
            if (cut % frame == 0) {
                assertThat(HistoryReader.readAll(file(bytes))).hasSize(cut / frame);
            } else {
                assertThatThrownBy(() -> HistoryReader.readAll(file(bytes)))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("operation " + cut / frame + " at byte " + cut / frame * frame + ": cut");
            }
        }
    }

    @Test
    void anyFlippedBitIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(write(3));
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> HistoryReader.readAll(file(bytes))).isInstanceOf(Problem.class);
        }
    }

    @Test
    void randomBytesAreNoHistory() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 1; i < 200; i++) {
            byte[] bytes = new byte[i];
            random.nextBytes(bytes);
            assertThatThrownBy(() -> HistoryReader.readAll(file(bytes))).isInstanceOf(Problem.class);
        }
    }

    @Test
    void reorderedDuplicatedAndMissingFramesAreFound() throws IOException {
        byte[] whole = Files.readAllBytes(write(3));
        int frame = whole.length / 3;
        assertThatThrownBy(() -> HistoryReader.readAll(frames(whole, frame, 0, 2, 1)))
                .hasMessageContaining("operation 1 at byte " + frame + ": here is number 2");
        assertThatThrownBy(() -> HistoryReader.readAll(frames(whole, frame, 0, 1, 1, 2)))
                .hasMessageContaining("operation 2 at byte " + 2 * frame + ": here is number 1");
        assertThatThrownBy(() -> HistoryReader.readAll(frames(whole, frame, 1, 2)))
                .hasMessageContaining("operation 0 at byte 0: here is number 1");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> HistoryReader.readAll(directory.resolve("none")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("none");
    }

    private Path frames(byte[] whole, int frame, int... order) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i : order) {
            bytes.write(whole, i * frame, frame);
        }
        return file(bytes.toByteArray());
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("bytes.ops"), bytes);
    }

    private Path write(int operations) throws IOException {
        Path file = directory.resolve("users.ops");
        try (HistoryWriter writer = HistoryWriter.create(file)) {
            for (int i = 0; i < operations; i++) {
                assertThat(writer.append(operation(99, i))).isEqualTo(i);
            }
        }
        return file;
    }

    private static UserOperation operation(long seq, long value) {
        long[] payload = {value, -1};
        return new UserOperation(
                OperationKind.READ_GROUP, seq, 1, 2, 3, 4, value, 6, 7, 8, 9, 10, 2, 1, Outcome.OK, 0, payload);
    }

    private static UserOperation list(int length) {
        return new UserOperation(
                OperationKind.READ_LIST, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, length, 1, Outcome.OK, 0, new long[length]);
    }
}
