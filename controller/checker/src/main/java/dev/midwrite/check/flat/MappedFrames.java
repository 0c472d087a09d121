package dev.midwrite.check.flat;

import dev.midwrite.event.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One file of frames, or the files of a Chronicle Queue one behind the other, mapped in windows of 1 GiB that overlap by
 * the longest frame, so that each frame lies whole in the window in which it begins. Every file begins a window. Frames
 * begin at multiples of four bytes; their number fits an int up to 16 GiB. Thread-safe.
 */
final class MappedFrames {
    /** Frames begin at multiples of so many bytes: two to this power. */
    static final int UNIT_SHIFT = 2;

    private static final String QUEUE_FILE = ".cq4";
    private static final int SHIFT = 30;
    private static final long LONGEST = 1L << (Integer.SIZE + UNIT_SHIFT);

    private final int shift;
    private final boolean queue;
    private final List<Part> parts = new ArrayList<>();
    private ByteBuffer[] windows = {};
    /** Of each window two views, for frames at multiples of eight and four behind. */
    private LongBuffer[] words = {};

    /** One file: its bytes from {@code from} to {@code to}. */
    record Part(String name, long from, long to) {}

    private MappedFrames(int shift, boolean queue) {
        this.shift = shift;
        this.queue = queue;
    }

    /** A file of frames, or a directory of a queue's files. */
    static MappedFrames open(Path path) throws IOException {
        return open(path, SHIFT);
    }

    /** With windows of 2^shift bytes, at least as long as the longest frame. */
    static MappedFrames open(Path path, int shift) throws IOException {
        if (!Files.isDirectory(path)) {
            MappedFrames frames = new MappedFrames(shift, false);
            frames.map(path, "");
            return frames;
        }
        MappedFrames frames = new MappedFrames(shift, true);
        for (Path file : files(path)) {
            frames.map(file, file.getFileName().toString());
        }
        return frames;
    }

    private static List<Path> files(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(QUEUE_FILE))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new IOException("There is no queue in " + directory + ".");
        }
        return files;
    }

    private void map(Path file, String name) throws IOException {
        int first = windows.length;
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            int count = (int) Math.min(Integer.MAX_VALUE / 2, (size >>> shift) + 1);
            long from = (long) first << shift;
            if (from + size >= LONGEST) {
                throw new IOException(file + " is too long: more than " + (LONGEST >> 30) + " GiB cannot be checked");
            }
            windows = Arrays.copyOf(windows, first + count);
            words = Arrays.copyOf(words, 2 * windows.length);
            for (int i = 0; i < count; i++) {
                long begin = (long) i << shift;
                long mapped = Math.min(size - begin, (1L << shift) + Frame.MAX_BYTES);
                ByteBuffer window = channel.map(FileChannel.MapMode.READ_ONLY, begin, mapped)
                        .order(ByteOrder.LITTLE_ENDIAN);
                windows[first + i] = window;
                words[2 * (first + i)] = window.asLongBuffer();
                int odd = Math.min(window.limit(), 1 << UNIT_SHIFT);
                words[2 * (first + i) + 1] = window.slice(odd, window.limit() - odd)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer();
            }
            parts.add(new Part(name, from, from + size));
        }
    }

    /** The files, in order. */
    List<Part> parts() {
        return parts;
    }

    /** Where the last file ends. */
    long size() {
        return parts.get(parts.size() - 1).to();
    }

    /** Whether each frame stands behind a {@link dev.midwrite.event.BlobHeader}. */
    boolean queue() {
        return queue;
    }

    /** The window in which the byte lies; {@link #within} says where. */
    ByteBuffer window(long at) {
        return windows[(int) (at >>> shift)];
    }

    /** Frames that begin before this lie in the same window. */
    long windowEnd(long at) {
        return ((at >>> shift) + 1) << shift;
    }

    int within(long at) {
        return (int) (at & ((1L << shift) - 1));
    }

    /** Copies words of eight bytes from {@code at}, a multiple of four. */
    void copy(long at, long[] to, int place, int count) {
        words[(int) (at >>> shift) << 1 | (int) (at >>> UNIT_SHIFT & 1)].get(within(at) >>> 3, to, place, count);
    }

    /** The word of eight bytes at {@code at}, a multiple of four. */
    long word(long at) {
        return words[(int) (at >>> shift) << 1 | (int) (at >>> UNIT_SHIFT & 1)].get(within(at) >>> 3);
    }

    /** What is wrong with the frame at a byte, told with the byte's place in its file. */
    BrokenFileException broken(long operation, long at, String reason) {
        for (Part part : parts) {
            if (at <= part.to()) {
                return new BrokenFileException(operation, at - part.from(), part.name(), reason);
            }
        }
        throw new IllegalArgumentException("no file has byte " + at);
    }
}
