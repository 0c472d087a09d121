package dev.midwrite.check.flat;

import dev.midwrite.event.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file mapped in windows of 1 GiB that overlap by the longest frame, so that each frame lies whole in the window in
 * which it begins. Frames begin at multiples of eight bytes; their number fits an int up to 16 GiB. Thread-safe.
 */
final class MappedFrames {
    private static final int SHIFT = 30;
    private static final long LONGEST_FILE = 8L << 31;

    private final ByteBuffer[] windows;
    private final LongBuffer[] words;
    private final int shift;
    private final long size;

    private MappedFrames(ByteBuffer[] windows, int shift, long size) {
        this.windows = windows;
        this.words = new LongBuffer[windows.length];
        for (int i = 0; i < windows.length; i++) {
            words[i] = windows[i].asLongBuffer();
        }
        this.shift = shift;
        this.size = size;
    }

    static MappedFrames open(Path file) throws IOException {
        return open(file, SHIFT);
    }

    /** With windows of 2^shift bytes, at least as long as the longest frame. */
    static MappedFrames open(Path file, int shift) throws IOException {
        long length = 1L << shift;
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size >= LONGEST_FILE) {
                throw new IOException(file + " is longer than " + (LONGEST_FILE >> 30) + " GiB");
            }
            ByteBuffer[] windows = new ByteBuffer[(int) ((size + length - 1) >> shift)];
            for (int i = 0; i < windows.length; i++) {
                long from = (long) i << shift;
                long mapped = Math.min(size - from, length + Frame.MAX_BYTES);
                windows[i] =
                        channel.map(FileChannel.MapMode.READ_ONLY, from, mapped).order(ByteOrder.LITTLE_ENDIAN);
            }
            return new MappedFrames(windows, shift, size);
        }
    }

    long size() {
        return size;
    }

    /** The window in which the byte lies; {@link #within} says where. */
    ByteBuffer window(long at) {
        return windows[(int) (at >>> shift)];
    }

    /** Frames that begin before this lie in the same window. */
    long windowEnd(long at) {
        return ((at >>> shift) + 1) << shift;
    }

    /**
     * Copies words of eight bytes.
     *
     * @param at a multiple of eight
     */
    void copy(long at, long[] words, int to, int count) {
        this.words[(int) (at >>> shift)].get(within(at) >> 3, words, to, count);
    }

    int within(long at) {
        return (int) (at & ((1L << shift) - 1));
    }
}
