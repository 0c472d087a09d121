package dev.midwrite.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One start of a node, as the payload of a journal's record 0.
 *
 * @param node the node's name; survives restarts
 * @param id random, never 0; a restarted node has another one
 * @param wallMillis {@link System#currentTimeMillis()} when the journal opened
 * @param monoNanos {@link System#nanoTime()} at the same moment
 * @param pid process id
 */
public record Incarnation(String node, long id, long wallMillis, long monoNanos, long pid) {

    public byte[] toPayload() {
        byte[] name = node.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 * Long.BYTES + name.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(id)
                .putLong(wallMillis)
                .putLong(monoNanos)
                .putLong(pid)
                .put(name)
                .array();
    }

    /** @throws FrameException if the payload is too short */
    public static Incarnation fromPayload(byte[] payload) {
        if (payload.length < 4 * Long.BYTES) {
            throw new FrameException("record 0 has no incarnation");
        }
        ByteBuffer from = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        long id = from.getLong();
        long wallMillis = from.getLong();
        long monoNanos = from.getLong();
        long pid = from.getLong();
        String node = StandardCharsets.UTF_8.decode(from).toString();
        return new Incarnation(node, id, wallMillis, monoNanos, pid);
    }
}
