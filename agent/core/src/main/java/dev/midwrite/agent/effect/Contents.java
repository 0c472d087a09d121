package dev.midwrite.agent.effect;

import dev.midwrite.agent.scope.Step;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.Edge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What sessions hold, as keyed digests of the bytes that go to a store and come back. Never of objects: a serializer of the host's
 * may do more than it seems. Thread-safe.
 */
final class Contents {
    /** Names come from code, not from data; should a host make them up, no more than this are kept. */
    private static final int KEPT_NAMES = 1000;

    private static final int FIRST_CAPACITY = 8 * 2 * Long.BYTES;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Records records;
    private final ThreadLocal<ContentDigest> digests;
    private final ConcurrentMap<String, Long> names = new ConcurrentHashMap<>();

    Contents(Records records, byte[] key) {
        this.records = records;
        ContentDigest digest = new ContentDigest(key);
        digest.name(""); // What it needs is looked up here and not at whatever stack depth a host's thread comes by.
        this.digests = ThreadLocal.withInitial(digest::copy);
    }

    /** Whether this step may carry attributes of a session. */
    boolean wanted(Step step) {
        return step.session != 0 && step.point.library().sends(step.command());
    }

    /** A command is about to leave with these arguments. */
    void sent(Step step, Object arguments) {
        Pairs pairs = new Pairs();
        step.point.library().sent(step.command(), arguments, pairs::add);
        if (!pairs.isEmpty()) {
            records.content(step, Edge.BEFORE, pairs.bytes());
        }
    }

    /** A command has come back with this. */
    void brought(Step step, Object result) {
        if (step.over || step.session == 0) {
            return;
        }
        Pairs pairs = new Pairs();
        if (step.point.library().brought(step.command(), result, pairs::add)) {
            records.content(step, Edge.AFTER, pairs.bytes());
        }
    }

    /** Keyed hash of an attribute's name. */
    long name(String attribute) {
        Long known = names.get(attribute);
        if (known != null) {
            return known;
        }
        long hash = digests.get().name(attribute);
        if (names.size() < KEPT_NAMES) {
            names.put(attribute, hash);
        }
        return hash;
    }

    /** Of one command; takes attributes one after the other. */
    Pairs pairs() {
        return new Pairs();
    }

    /** Attributes as the payload of a record has them. Not thread-safe. */
    final class Pairs {
        /** Most replies hold nothing. */
        private ByteBuffer pairs = NOTHING;

        void add(String attribute, ByteBuffer value) {
            if (pairs.remaining() < 2 * Long.BYTES) {
                pairs = ByteBuffer.allocate(Math.max(FIRST_CAPACITY, 2 * pairs.capacity()))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(pairs.flip());
            }
            long name = name(attribute);
            pairs.putLong(name).putLong(digests.get().value(name, value));
        }

        boolean isEmpty() {
            return pairs.position() == 0;
        }

        byte[] bytes() {
            byte[] bytes = new byte[pairs.position()];
            pairs.flip().get(bytes);
            return bytes;
        }
    }
}
