package dev.midwrite.agent.journal;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Frame;
import dev.midwrite.event.Incarnation;
import dev.midwrite.event.PointKind;
import dev.midwrite.journal.FrameQueue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The journal of one incarnation in a Chronicle Queue.
 *
 * <p>Thread-safe: one lock, held for a memory copy into a mapped file. After an error, at its size cap, or once closed,
 * it takes nothing more and every append answers -1.
 */
public final class ChronicleJournal implements Journal, AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final String SEALED = "it is closed";
    private static final int LARGEST_PAYLOAD = 4096;

    private final FrameQueue queue;
    private final long capBytes;
    private final Map<String, Integer> names = new HashMap<>();
    private final ByteBuffer frame =
            ByteBuffer.allocateDirect(Frame.HEADER_BYTES + LARGEST_PAYLOAD).order(ByteOrder.LITTLE_ENDIAN);
    private final LongAdder dropped = new LongAdder();
    private volatile long seq;
    private volatile long bytes;
    private volatile String closedBecause = "";

    private ChronicleJournal(FrameQueue queue, long capBytes) {
        this.queue = queue;
        this.capBytes = capBytes;
    }

    /**
     * Opens the journal of this incarnation and writes its record 0.
     *
     * @param directory of this incarnation alone; created if missing
     * @throws RuntimeException or LinkageError if Chronicle cannot run here; then nothing can be recorded
     */
    public static ChronicleJournal open(Path directory, Incarnation incarnation, long capBytes) {
        ChronicleJournal journal = new ChronicleJournal(FrameQueue.open(directory), capBytes);
        journal.append(EventType.HEADER, 0, 0, 0, 0, 0, 0, Edge.NONE, 0, 0, 0, incarnation.toPayload());
        return journal;
    }

    @Override
    @SuppressWarnings("TooManyParameters")
    public synchronized long append(
            EventType type,
            long session,
            long scope,
            long request,
            long writeId,
            long digest,
            int point,
            Edge edge,
            int outcome,
            int step,
            int injection,
            int peer,
            byte[] payload) {
        if (!closedBecause.isEmpty()) {
            dropped.increment();
            return -1;
        }
        byte[] fitting = payload.length <= LARGEST_PAYLOAD ? payload : NOTHING;
        // A channel closes itself under an interrupted thread, and the host's threads may be interrupted at any time.
        boolean interrupted = Thread.interrupted();
        try {
            frame.clear();
            EventRecord.write(
                    frame,
                    type,
                    seq,
                    System.nanoTime(),
                    session,
                    scope,
                    request,
                    writeId,
                    digest,
                    point,
                    edge,
                    outcome,
                    step,
                    injection,
                    peer,
                    fitting);
            frame.flip();
            if (bytes + frame.remaining() > capBytes) {
                return refuse("it has reached its cap of " + capBytes + " bytes");
            }
            queue.append(frame);
        } catch (RuntimeException | Error e) { // No record, no fault; and the host runs on.
            return refuse(e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        bytes += frame.limit();
        return seq++;
    }

    private long refuse(String reason) {
        closedBecause = reason;
        dropped.increment();
        return -1;
    }

    @Override
    public synchronized int name(String name, PointKind kind) {
        Integer known = names.get(name);
        if (known != null) {
            return known;
        }
        int number = names.size() + 1;
        names.put(name, number);
        append(
                EventType.NAME,
                0,
                0,
                0,
                0,
                0,
                number,
                Edge.NONE,
                kind.code(),
                0,
                0,
                name.getBytes(StandardCharsets.UTF_8));
        return number;
    }

    /** Sequence number of the next record; so many records there are. */
    public long nextSeq() {
        return seq;
    }

    /** Bytes of frames, without Chronicle's own. */
    public long bytes() {
        return bytes;
    }

    /** Records that it could not take. */
    public long dropped() {
        return dropped.sum();
    }

    /** Why it takes nothing more; empty while it does. */
    public String closedBecause() {
        return closedBecause;
    }

    /** Takes nothing more until {@link #unseal}; what is in it stays on disk. Idempotent. */
    public synchronized void seal() {
        if (closedBecause.isEmpty()) {
            closedBecause = SEALED;
        }
    }

    /** Goes on where it was sealed; without effect on a journal that is full or broken. */
    public synchronized void unseal() {
        if (closedBecause.equals(SEALED)) {
            closedBecause = "";
        }
    }

    /** Whether it takes nothing more only because it was sealed. */
    public synchronized boolean isSealed() {
        return closedBecause.equals(SEALED);
    }

    @Override
    public synchronized void close() {
        closedBecause = "the link has ended";
        queue.close();
    }
}
