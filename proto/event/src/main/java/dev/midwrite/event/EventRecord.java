package dev.midwrite.event;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One record of a node's journal.
 *
 * <p>Layout: {@link Frame}'s first 16 bytes, then {@code monoNanos, session, scope, request, writeId, digest} (u64
 * each, from 16), {@code point u16} at 64, {@code edge u8} at 66, {@code outcome u8} at 67, {@code step u32} at 68,
 * {@code injection u32} at 72, {@code payloadLength u32} at 76, {@code peer u16} at 80, 10 reserved bytes, checksum at 92,
 * payload at 96. Journals that know no peers have zeros there, which is none.
 *
 * @param seq gap-free from 0 within one incarnation
 * @param monoNanos {@link System#nanoTime()} of the node
 * @param session keyed hash of the session id (see {@link SessionHash}), 0 for none
 * @param scope unique per incarnation: one logical domain operation and all its steps; 0 for none
 * @param request the user's request id, 0 for none
 * @param writeId the write id found in a {@link ProbeValue}, 0 for none
 * @param digest of the bytes on the wire, or what {@link EventType} says
 * @param point number of the point's NAME record, 0 for none
 * @param outcome {@link Outcome} of an operation, {@link FaultKind} of a fault, {@link PointKind} of a name, as a number
 * @param step of the scope, from 1; 0 for none
 * @param injection id given by the controller, 0 for none
 * @param peer number of the NAME record that names the other node as host:port, 0 for none
 */
public record EventRecord(
        EventType type,
        long seq,
        long monoNanos,
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

    private static final byte[] NOTHING = {};

    /** A record of a passage that has no other node at its end. */
    public EventRecord(
            EventType type,
            long seq,
            long monoNanos,
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
            byte[] payload) {
        this(
                type, seq, monoNanos, session, scope, request, writeId, digest, point, edge, outcome, step, injection,
                0, payload);
    }

    /** Writes one sealed frame of a passage that has no other node at its end. */
    @SuppressWarnings("TooManyParameters")
    public static void write(
            ByteBuffer to,
            EventType type,
            long seq,
            long monoNanos,
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
            byte[] payload) {
        write(
                to, type, seq, monoNanos, session, scope, request, writeId, digest, point, edge, outcome, step,
                injection, 0, payload);
    }

    /**
     * Writes one sealed frame at the buffer's position, which must be little-endian; allocates nothing.
     *
     * @throws java.nio.BufferOverflowException if it does not fit
     */
    @SuppressWarnings("TooManyParameters") // The intercepted path writes fields, not objects.
    public static void write(
            ByteBuffer to,
            EventType type,
            long seq,
            long monoNanos,
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
        int start = to.position();
        to.putInt(0).putShort((short) 0).putShort((short) type.code());
        to.putLong(seq).putLong(monoNanos).putLong(session).putLong(scope);
        to.putLong(request).putLong(writeId).putLong(digest);
        to.putShort((short) point).put((byte) edge.code()).put((byte) outcome);
        to.putInt(step).putInt(injection).putInt(payload.length);
        to.putShort((short) peer).putShort((short) 0).putInt(0).putInt(0).putInt(0);
        to.put(payload);
        Frame.seal(to, start);
    }

    /** Writes this record as one sealed frame at the buffer's position. */
    public void write(ByteBuffer to) {
        write(
                to, type, seq, monoNanos, session, scope, request, writeId, digest, point, edge, outcome, step,
                injection, peer, payload);
    }

    /**
     * Reads the frame at {@code start} of a little-endian buffer.
     *
     * @throws FrameException if there is no whole, undamaged event record
     */
    public static EventRecord read(ByteBuffer from, int start) {
        int length = Frame.check(from, start);
        int payloadLength = from.getInt(start + 76);
        if (payloadLength != length - Frame.HEADER_BYTES) {
            throw new FrameException("payload of " + payloadLength + " bytes in a frame of " + length);
        }
        byte[] payload = payloadLength == 0 ? NOTHING : new byte[payloadLength];
        from.get(start + Frame.HEADER_BYTES, payload);
        try {
            return new EventRecord(
                    EventType.of(Short.toUnsignedInt(from.getShort(start + Frame.TYPE))),
                    from.getLong(start + Frame.SEQ),
                    from.getLong(start + 16),
                    from.getLong(start + 24),
                    from.getLong(start + 32),
                    from.getLong(start + 40),
                    from.getLong(start + 48),
                    from.getLong(start + 56),
                    Short.toUnsignedInt(from.getShort(start + 64)),
                    Edge.of(Byte.toUnsignedInt(from.get(start + 66))),
                    Byte.toUnsignedInt(from.get(start + 67)),
                    from.getInt(start + 68),
                    from.getInt(start + 72),
                    Short.toUnsignedInt(from.getShort(start + 80)),
                    payload);
        } catch (IllegalArgumentException e) {
            throw new FrameException(e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventRecord that
                && type == that.type
                && seq == that.seq
                && monoNanos == that.monoNanos
                && session == that.session
                && scope == that.scope
                && request == that.request
                && writeId == that.writeId
                && digest == that.digest
                && point == that.point
                && edge == that.edge
                && outcome == that.outcome
                && step == that.step
                && injection == that.injection
                && peer == that.peer
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq) * 31 + Arrays.hashCode(payload);
    }
}
