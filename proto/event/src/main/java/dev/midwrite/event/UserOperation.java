package dev.midwrite.event;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What one user saw of one request. Only these may prove a store guilty; journals explain.
 *
 * <p>Layout: {@link Frame}'s first 16 bytes, then {@code session, incarnation, invoked, returned, value, second,
 * request} (u64 each, from 16), {@code process u32} at 72, {@code node u16} at 76, {@code attribute u16} at 78,
 * {@code length u32} at 80, {@code attempt u16} at 84, {@code outcome u8} at 86, {@code flags u8} at 87,
 * {@code payloadLength u32} at 88, checksum at 92, payload at 96.
 *
 * @param seq gap-free from 0 within one history file, in the order of completion
 * @param session the user's session label, never 0
 * @param incarnation nonce that the application stored in the session when it was created; 0 if not known
 * @param invoked nanoseconds on the users' one monotonic clock, before the first byte left
 * @param returned nanoseconds on the same clock, after the last byte arrived; {@link #NEVER} if info
 * @param process a process that saw an info never invokes again; its user goes on as a new process
 * @param node number of the node that answered, 0 if not known
 * @param attribute number of the attribute within the session
 * @param length of the list that was answered; of an operation with outcome info it is the {@link #status}
 * @param attempt from 1; attempts of one logical request share {@code request}
 */
public record UserOperation(
        OperationKind kind,
        long seq,
        long session,
        long incarnation,
        long invoked,
        long returned,
        long value,
        long second,
        long request,
        int process,
        int node,
        int attribute,
        int length,
        int attempt,
        Outcome outcome,
        int flags,
        long[] payload) {

    /** {@code returned} of an operation that may still take effect. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Flag: a final read, after quiescence; of JOURNALED also an answer that took the session from its user for good. */
    public static final int FINAL = 1;
    /** Flag: the answer was "no such session"; absence is an observation, not an error. */
    public static final int ABSENT = 2;
    /** Flag: the value read fails its own checksum. */
    public static final int GARBAGE = 4;
    /** Flag: the payload of a list is the whole list, not its last ids; of sessions: the application has such a list. */
    public static final int WHOLE = 8;

    /**
     * Flag, of kinds that {@link OperationKind#givesId give an id}: the answer set a cookie that a browser would not send
     * back; {@code second} is the code of the {@link CookieFlaw}.
     */
    public static final int UNRETURNED = 16;

    /**
     * Flag, of kinds that give an id: the application puts the session's id into addresses of its pages. Of STEP: into the
     * address that it leads to.
     */
    public static final int IN_URL = 32;

    /** Flag, of APPEND and INCREMENT: it was taken, and the answer does not show what came of it. */
    public static final int BLIND = 64;

    /** Flag: no user said so, but the journal of the node, of a request that was answered. */
    public static final int JOURNALED = 128;

    private static final long[] NOTHING = {};

    /** A first attempt that went well, without a value; everything else is 0 until it is said. */
    public static UserOperationBuilder of(OperationKind kind, long session) {
        return new UserOperationBuilder(kind, session);
    }

    /** The same but for what is said then. */
    public UserOperationBuilder but() {
        return new UserOperationBuilder(this);
    }

    public boolean is(int flag) {
        return (flags & flag) != 0;
    }

    /** HTTP status of an answer that was not the application's; 0 if there was no answer, or the application's. */
    public int status() {
        return outcome == Outcome.INFO ? length : 0;
    }

    /** Writes this operation as one sealed frame at the position of a little-endian buffer. */
    public void write(ByteBuffer to) {
        int start = to.position();
        to.putInt(0).putShort((short) 0).putShort((short) kind.code());
        to.putLong(seq).putLong(session).putLong(incarnation).putLong(invoked).putLong(returned);
        to.putLong(value).putLong(second).putLong(request);
        to.putInt(process).putShort((short) node).putShort((short) attribute);
        to.putInt(length).putShort((short) attempt).put((byte) outcome.code()).put((byte) flags);
        to.putInt(payload.length * Long.BYTES).putInt(0);
        for (long item : payload) {
            to.putLong(item);
        }
        Frame.seal(to, start);
    }

    /**
     * Reads the frame at {@code start} of a little-endian buffer.
     *
     * @throws FrameException if there is no whole, undamaged user operation
     */
    public static UserOperation read(ByteBuffer from, int start) {
        int length = Frame.check(from, start);
        int payloadLength = from.getInt(start + 88);
        if (payloadLength != length - Frame.HEADER_BYTES || payloadLength % Long.BYTES != 0) {
            throw new FrameException("payload of " + payloadLength + " bytes in a frame of " + length);
        }
        long[] payload = payloadLength == 0 ? NOTHING : new long[payloadLength / Long.BYTES];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = from.getLong(start + Frame.HEADER_BYTES + i * Long.BYTES);
        }
        try {
            return new UserOperation(
                    OperationKind.of(Short.toUnsignedInt(from.getShort(start + Frame.TYPE))),
                    from.getLong(start + Frame.SEQ),
                    from.getLong(start + 16),
                    from.getLong(start + 24),
                    from.getLong(start + 32),
                    from.getLong(start + 40),
                    from.getLong(start + 48),
                    from.getLong(start + 56),
                    from.getLong(start + 64),
                    from.getInt(start + 72),
                    Short.toUnsignedInt(from.getShort(start + 76)),
                    Short.toUnsignedInt(from.getShort(start + 78)),
                    from.getInt(start + 80),
                    Short.toUnsignedInt(from.getShort(start + 84)),
                    Outcome.of(Byte.toUnsignedInt(from.get(start + 86))),
                    Byte.toUnsignedInt(from.get(start + 87)),
                    payload);
        } catch (IllegalArgumentException e) {
            throw new FrameException(e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserOperation that
                && kind == that.kind
                && seq == that.seq
                && session == that.session
                && incarnation == that.incarnation
                && invoked == that.invoked
                && returned == that.returned
                && value == that.value
                && second == that.second
                && request == that.request
                && process == that.process
                && node == that.node
                && attribute == that.attribute
                && length == that.length
                && attempt == that.attempt
                && outcome == that.outcome
                && flags == that.flags
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq) * 31 + Long.hashCode(session);
    }
}
