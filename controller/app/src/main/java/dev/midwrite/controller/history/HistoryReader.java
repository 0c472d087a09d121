package dev.midwrite.controller.history;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Frame;
import dev.midwrite.event.FrameException;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a file of {@link HistoryWriter}. A history that is not whole proves nothing, so the first harm ends it: a cut, a
 * wrong checksum, a number out of order or twice.
 */
public final class HistoryReader {
    private HistoryReader() {}

    /** @throws Problem if the file cannot be read or is not whole, with the place */
    public static List<UserOperation> readAll(Path file) {
        List<UserOperation> operations = new ArrayList<>();
        read(file, operations::add);
        return operations;
    }

    /** Hands over the operations in order; see {@link #readAll}. */
    public static void read(Path file, Consumer<UserOperation> operations) {
        long windowAt = 0;
        long expected = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            int capacity = (int) Math.min(2L * Frame.MAX_BYTES, channel.size());
            ByteBuffer window = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
            boolean ended = fill(channel, window);
            while (window.hasRemaining()) {
                if (window.remaining() < Frame.MAX_BYTES && !ended) {
                    windowAt += window.position();
                    window.compact();
                    ended = fill(channel, window);
                }
                int at = window.position();
                UserOperation operation;
                try {
                    operation = UserOperation.read(window, at);
                } catch (FrameException e) {
                    throw broken(file, expected, windowAt + at, e.getMessage());
                }
                if (operation.seq() != expected) {
                    throw broken(file, expected, windowAt + at, "here is number " + operation.seq());
                }
                window.position(at + Frame.check(window, at));
                expected++;
                operations.accept(operation);
            }
        } catch (IOException e) {
            throw new Problem(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Fills up behind what is left; returns whether the file has ended. */
    private static boolean fill(FileChannel channel, ByteBuffer window) throws IOException {
        boolean ended = false;
        while (window.hasRemaining() && !ended) {
            ended = channel.read(window) < 0;
        }
        window.flip();
        return ended;
    }

    private static Problem broken(Path file, long number, long at, String why) {
        return new Problem(file + ": operation " + number + " at byte " + at + ": " + why + ".");
    }
}
