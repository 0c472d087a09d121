package dev.midwrite.journal;

import dev.midwrite.event.Frame;
import dev.midwrite.event.FrameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * Reads the frames of a queue in order, as far as they are whole and their sequence has no gap.
 *
 * <p>A queue that was cut or overwritten at any byte gives fewer frames and a reason, never a wrong one: Chronicle has
 * returned damaged records without a word, and thrown InternalError where a mapped page was missing, so every frame's
 * own checksum and number are compared. Not thread-safe.
 */
public final class JournalReader implements AutoCloseable {
    private final ChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final Bytes<ByteBuffer> bytes = Bytes.elasticByteBuffer(4096, Frame.MAX_BYTES);
    private long next;
    private String damage = "";

    private JournalReader(ChronicleQueue queue, ExcerptTailer tailer, long next) {
        this.queue = queue;
        this.tailer = tailer;
        this.next = next;
        bytes.singleThreadedCheckDisabled(true);
    }

    /** @throws IOException if there is no queue in the directory, or none that can be opened */
    public static JournalReader open(Path directory) throws IOException {
        if (!holdsQueue(directory)) {
            throw new IOException("There is no journal in " + directory + ".");
        }
        try {
            ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory.toFile())
                    .rollCycle(RollCycles.FAST_DAILY)
                    .readOnly(true)
                    .build();
            ExcerptTailer tailer = queue.createTailer();
            tailer.singleThreadedCheckDisabled(true);
            return new JournalReader(queue, tailer.toStart(), 0);
        } catch (RuntimeException | InternalError e) {
            throw new IOException("The journal in " + directory + " cannot be opened: " + e, e);
        }
    }

    /**
     * The next whole frame, in a little-endian buffer of its own; null if there is none now. After null without
     * {@link #damage} more may come, if the queue is still being written.
     */
    public ByteBuffer next() {
        if (!damage.isEmpty()) {
            return null;
        }
        try {
            bytes.clear();
            if (!tailer.readBytes(bytes)) {
                return null;
            }
            byte[] copy = new byte[(int) bytes.readRemaining()];
            bytes.read(copy);
            ByteBuffer frame = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
            if (Frame.check(frame, 0) != copy.length) {
                throw new FrameException("a frame of " + frame.getInt(0) + " bytes in " + copy.length);
            }
            if (Frame.sequence(frame, 0) != next) {
                throw new FrameException("its number is " + Frame.sequence(frame, 0));
            }
            next++;
            return frame;
        } catch (RuntimeException | InternalError | AssertionError e) {
            damage = "record " + next + " cannot be read: "
                    + (e instanceof FrameException ? e.getMessage() : e.toString());
            return null;
        }
    }

    /** Passes over frames until the one with this number is next; stops early at the end or at damage. */
    public void skipTo(long seq) {
        while (next < seq && next() != null) {
            // Each frame is checked on the way.
        }
    }

    /** Number of the frame that {@link #next} gives next. */
    public long nextSeq() {
        return next;
    }

    /** Why reading stopped before the end, with the place; empty if it did not. */
    public String damage() {
        return damage;
    }

    /** Whether the directory holds files of a queue. */
    public static boolean holdsQueue(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".cq4"));
        }
    }

    @Override
    public void close() {
        bytes.releaseLast();
        tailer.close();
        queue.close();
    }
}
