package dev.midwrite.agent.effect;

import dev.midwrite.agent.log.AgentLog;
import java.lang.management.MemoryUsage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps a share of the heap in use: what the host leaves of it is taken, and what the host needs is given back.
 *
 * <p>In use is what the JVM says, garbage included; so each collection makes room for more, until the host's live objects
 * and what is held here are the share.
 */
final class Pressure implements NodeFault {
    /** Small enough to be an ordinary object to every collector. */
    static final int CHUNK = 64 << 10;
    /** So many are taken between two looks at the heap. */
    private static final int CHUNKS_PER_LOOK = 16;

    private final Supplier<MemoryUsage> heap;
    private final LongSupplier collections;
    private final long wanted;
    private final Deque<byte[]> held = new ArrayDeque<>();
    private long collectionsBefore;
    private boolean gaveUp;

    /**
     * @param share of the largest heap that the JVM may have
     * @param collections how many there were
     */
    Pressure(double share, Supplier<MemoryUsage> heap, LongSupplier collections) {
        this.heap = heap;
        this.collections = collections;
        MemoryUsage now = heap.get();
        this.wanted = (long) (share * (now.getMax() < 0 ? now.getCommitted() : now.getMax()));
        this.collectionsBefore = collections.getAsLong();
    }

    /** Bytes that are to be in use. */
    long wanted() {
        return wanted;
    }

    /** Bytes that are held here. */
    long taken() {
        return (long) held.size() * CHUNK;
    }

    @Override
    public void keep() {
        long missing = wanted - heap.get().getUsed();
        long collected = collections.getAsLong();
        if (missing >= CHUNK && !gaveUp) {
            take();
        } else if (missing < 0 && collected != collectionsBefore) { // Else it may be garbage.
            give(-missing);
        }
        collectionsBefore = collected;
    }

    @Override
    public void end() {
        held.clear();
    }

    private void take() {
        try {
            for (long missing = wanted - heap.get().getUsed();
                    missing >= CHUNK;
                    missing = wanted - heap.get().getUsed()) {
                for (long left = Math.min(missing / CHUNK, CHUNKS_PER_LOOK); left > 0; left--) {
                    held.add(new byte[CHUNK]);
                }
            }
        } catch (OutOfMemoryError e) {
            held.clear();
            gaveUp = true;
            AgentLog.warn("the heap had no room for its pressure: all of it is released", null);
        }
    }

    private void give(long bytes) {
        for (long left = bytes; left > 0 && !held.isEmpty(); left -= CHUNK) {
            held.remove();
        }
    }
}
