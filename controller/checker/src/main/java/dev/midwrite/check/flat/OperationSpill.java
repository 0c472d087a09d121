package dev.midwrite.check.flat;

import dev.midwrite.event.Frame;
import dev.midwrite.event.UserOperation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Operations of many sessions that grow at the same time, in a file: what is kept of a session in memory is one number.
 * A session's frames lie together in chunks, each twice as long as the one before, so that they are read back from few
 * places. Not thread-safe.
 *
 * <pre>
 * chunk   0 previous   i64  address of the session's chunk before, {@link #NONE} if there is none
 *         8 capacity   i32  bytes, these sixteen included
 *        12 used       i32  bytes, these sixteen included
 *        16 frames
 * </pre>
 *
 * <p>The file has no name from the moment it is open, so nothing is left of it, whatever happens.
 */
public final class OperationSpill implements Closeable {
    /** Address of a session that has no operations yet. */
    public static final long NONE = -1;

    private static final int SHIFT = 23;
    private static final int SEGMENT_BYTES = 1 << SHIFT;
    private static final int HEAD_BYTES = 16;
    private static final int CAPACITY = 8;
    private static final int USED = 12;
    private static final int FIRST_CHUNK = 512;
    private static final int LONGEST_CHUNK = 1 << 20;

    private final FileChannel channel;
    private final List<ByteBuffer> segments = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocate(Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long[] chain = new long[16];
    private int free = SEGMENT_BYTES;

    private OperationSpill(FileChannel channel) {
        this.channel = channel;
    }

    /** @param directory on a disk with room for the history once more, at worst three times and half a kilobyte for each session */
    public static OperationSpill create(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "midwrite", ".spill");
        try {
            return new OperationSpill(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } finally {
            Files.delete(file);
        }
    }

    /**
     * Appends the frame at {@code at} to a session.
     *
     * @param session what this method returned for the session's operation before, or {@link #NONE}
     * @param frames little-endian; the frame is whole
     * @throws IOException if the disk is full
     */
    public long append(long session, ByteBuffer frames, int at) throws IOException {
        int length = frames.getInt(at);
        long chunk = session;
        if (chunk == NONE || used(chunk) + length > capacity(chunk)) {
            chunk = open(chunk, length);
        }
        ByteBuffer segment = segment(chunk);
        int start = within(chunk);
        int used = segment.getInt(start + USED);
        segment.put(start + used, frames, at, length);
        segment.putInt(start + USED, used + length);
        return chunk;
    }

    /** As {@link #append(long, ByteBuffer, int)}. */
    public long append(long session, UserOperation operation) throws IOException {
        operation.write(scratch.clear());
        return append(session, scratch, 0);
    }

    /** Hands over where each frame of the session begins, in the order of appending. */
    public void read(long session, FrameSink sink) {
        int chunks = 0;
        for (long chunk = session; chunk != NONE; chunk = segment(chunk).getLong(within(chunk))) {
            chain = chunks == chain.length ? Arrays.copyOf(chain, 2 * chunks) : chain;
            chain[chunks++] = chunk;
        }
        while (chunks > 0) {
            long chunk = chain[--chunks];
            ByteBuffer segment = segment(chunk);
            int end = within(chunk) + segment.getInt(within(chunk) + USED);
            for (int at = within(chunk) + HEAD_BYTES; at < end; at += segment.getInt(at)) {
                sink.accept(segment, at);
            }
        }
    }

    /** Takes one frame; it is valid during the call. */
    @FunctionalInterface
    public interface FrameSink {
        void accept(ByteBuffer frames, int at);
    }

    /** Bytes of disk. */
    public long bytes() {
        return (long) segments.size() << SHIFT;
    }

    /** The disk is free again as soon as the collector has found that nothing is mapped any more. */
    @Override
    public void close() throws IOException {
        segments.clear();
        channel.close();
    }

    private long open(long previous, int length) throws IOException {
        int wanted = previous == NONE ? FIRST_CHUNK : Math.min(LONGEST_CHUNK, 2 * capacity(previous));
        int capacity = Math.max(wanted, (HEAD_BYTES + length + 7) & -8);
        if (free + capacity > SEGMENT_BYTES) {
            map();
        }
        long chunk = ((segments.size() - 1L) << SHIFT) | free;
        segment(chunk).putLong(free, previous).putInt(free + CAPACITY, capacity).putInt(free + USED, HEAD_BYTES);
        free += capacity;
        return chunk;
    }

    /** Written before it is mapped: a full disk is an exception here, and not a broken access to memory later. */
    private void map() throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
        long from = bytes();
        for (long at = from; at < from + SEGMENT_BYTES; ) {
            at += channel.write(zeros.clear(), at);
        }
        segments.add(
                channel.map(FileChannel.MapMode.READ_WRITE, from, SEGMENT_BYTES).order(ByteOrder.LITTLE_ENDIAN));
        free = 0;
    }

    private int capacity(long chunk) {
        return segment(chunk).getInt(within(chunk) + CAPACITY);
    }

    private int used(long chunk) {
        return segment(chunk).getInt(within(chunk) + USED);
    }

    private ByteBuffer segment(long address) {
        return segments.get((int) (address >>> SHIFT));
    }

    private static int within(long address) {
        return (int) (address & (SEGMENT_BYTES - 1));
    }
}
