package dev.midwrite.controller.history;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Frame;
import dev.midwrite.event.FrameException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Reads a file of {@link HistoryWriter} while it is written: a frame that is cut is not there yet, everything else that
 * {@link HistoryReader} refuses is refused here, too. Not thread-safe.
 */
public final class HistoryTail implements Closeable {
    private static final int SOME = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private ByteBuffer window =
            ByteBuffer.allocate(SOME).order(ByteOrder.LITTLE_ENDIAN).flip();
    private long at;
    private long next;

    /** Takes one frame; it is valid during the call. */
    @FunctionalInterface
    public interface FrameSink {
        void accept(ByteBuffer frames, int start) throws IOException;
    }

    private HistoryTail(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws IOException if the file is not there */
    public static HistoryTail open(Path file) throws IOException {
        return new HistoryTail(file, FileChannel.open(file));
    }

    /**
     * Hands over some frames that have come since the last call, in order.
     *
     * @return how many; 0 if there is no whole one more
     * @throws Problem if the file is damaged, with the place
     */
    public int read(FrameSink sink) throws IOException {
        fill();
        int frames = 0;
        while (whole()) {
            int start = window.position();
            try {
                Frame.check(window, start);
            } catch (FrameException e) {
                throw broken(e.getMessage());
            }
            if (Frame.sequence(window, start) != next) {
                throw broken("here is number " + Frame.sequence(window, start));
            }
            sink.accept(window, start);
            int length = window.getInt(start);
            window.position(start + length);
            at += length;
            next++;
            frames++;
        }
        return frames;
    }

    /** How many bytes of the file are no whole frame, or not yet. */
    public long rest() throws IOException {
        return channel.size() - at;
    }

    private boolean whole() {
        if (window.remaining() < Frame.HEADER_BYTES) {
            return false;
        }
        int length = window.getInt(window.position());
        if (length < Frame.HEADER_BYTES || length > Frame.MAX_BYTES) {
            throw broken("length " + length + " is not of a frame");
        }
        return length <= window.remaining();
    }

    private void fill() throws IOException {
        int wanted = window.remaining() < Frame.HEADER_BYTES ? SOME : window.getInt(window.position()) + SOME;
        if (wanted > window.capacity()) {
            window = ByteBuffer.allocate(wanted)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(window)
                    .flip();
        }
        window.compact();
        while (window.hasRemaining() && channel.read(window) > 0) {
            // On to the end of what is there.
        }
        window.flip();
    }

    private Problem broken(String why) {
        return new Problem(file + ": operation " + next + " at byte " + at + ": " + why + ".");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
