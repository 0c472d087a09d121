package dev.midwrite.check.flat;

import dev.midwrite.event.Frame;
import dev.midwrite.event.UserOperation;
import dev.midwrite.journal.FrameQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Writes frames to a file, one behind the other, and from there into a real Chronicle Queue. */
final class FrameFile {
    private FrameFile() {}

    /** Writes the file anew. */
    static void write(Path file, Consumer<Consumer<UserOperation>> operations) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4 * Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            operations.accept(operation -> {
                operation.write(buffer);
                if (buffer.remaining() < Frame.MAX_BYTES) {
                    flush(buffer, channel);
                }
            });
            flush(buffer, channel);
        }
    }

    private static void flush(ByteBuffer buffer, FileChannel channel) {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the file cannot be written", e);
        }
        buffer.clear();
    }

    /** Appends each frame of the file to a queue in this directory. */
    static void toQueue(Path file, Path directory) throws IOException {
        MappedFrames frames = MappedFrames.open(file);
        try (FrameQueue queue = FrameQueue.open(directory)) {
            for (long at = 0; at < frames.size(); ) {
                int start = frames.within(at);
                ByteBuffer frame = Frame.view(frames.window(at));
                int length = frame.getInt(start);
                queue.append(frame.limit(start + length).position(start));
                at += length;
            }
        }
    }
}
