package dev.midwrite.check.session;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * All operations of one session in columns of primitives, so that a million of them are no garbage and lie close
 * together. Made once and filled again for the next session. Not thread-safe.
 *
 * <p>After {@link #seal} operations stand in the order of {@code invoked}, and {@link #attributes} partitions them.
 */
public final class SessionHistory {
    private static final OperationKind[] KINDS = OperationKind.values();
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int FIRST_CAPACITY = 64;
    private static final long[] NOTHING = {};

    private final long widening;
    private long session;
    private int size;
    private long[] seq = new long[FIRST_CAPACITY];
    private long[] invoked = new long[FIRST_CAPACITY];
    private long[] returned = new long[FIRST_CAPACITY];
    private long[] value = new long[FIRST_CAPACITY];
    private long[] request = new long[FIRST_CAPACITY];
    private long[] incarnation = new long[FIRST_CAPACITY];
    private int[] process = new int[FIRST_CAPACITY];
    /** node, attribute: 16 bits each. */
    private int[] place = new int[FIRST_CAPACITY];
    /** kind, outcome, flags: 8 bits each. */
    private int[] form = new int[FIRST_CAPACITY];

    private short[] attempt = new short[FIRST_CAPACITY];

    // Registers, which are most of what a large history holds, have none of these.
    private boolean rich;
    private long[] second = NOTHING;
    private int[] length = {};
    private int[] payloadFrom = {};
    private int[] payloadTo = {};
    private long[] payload = NOTHING;
    private int payloadSize;

    private int[] order = new int[FIRST_CAPACITY];
    private boolean ordered;
    private final AttributeIndex attributes = new AttributeIndex();
    private final Values values = new Values();
    private final CanonicalList list = new CanonicalList();
    private int listAttribute;
    private boolean ended;
    private long nonce;

    /** For users on one monotonic clock. */
    public SessionHistory() {
        this(0);
    }

    /**
     * For users on several clocks.
     *
     * @param wideningNanos half-width of their offset interval: every operation is taken to have begun so much earlier
     *     and ended so much later, which can hide an anomaly but never make one
     */
    public SessionHistory(long wideningNanos) {
        this.widening = wideningNanos;
    }

    /** Forgets all operations, keeps the memory. */
    public void begin(long sessionLabel) {
        session = sessionLabel;
        size = 0;
        payloadSize = 0;
        rich = false;
        ordered = true;
    }

    /** As {@link #begin(long)}, with room for so many operations and no more than that: for one very long session. */
    public void begin(long sessionLabel, int operations) {
        begin(sessionLabel);
        if (operations > invoked.length) {
            resize(operations);
        }
    }

    /** Appends an operation; its session label is not looked at. */
    public void add(UserOperation o) {
        int i = row();
        seq[i] = o.seq();
        fill(i, o.invoked(), o.returned(), o.kind().code(), o.outcome().code(), o.flags());
        value[i] = o.value();
        request[i] = o.request();
        incarnation[i] = o.incarnation();
        process[i] = o.process();
        place[i] = (o.node() << 16) | o.attribute();
        attempt[i] = (short) o.attempt();
        long[] items = o.payload();
        if (rich || o.second() != 0 || o.length() != 0 || items.length > 0) {
            enrich();
            second[i] = o.second();
            length[i] = o.length();
            payloadFrom[i] = payloadSize;
            reservePayload(items.length);
            System.arraycopy(items, 0, payload, payloadSize, items.length);
            payloadSize += items.length;
            payloadTo[i] = payloadSize;
        }
    }

    /**
     * Appends the operation whose frame begins at {@code at}; allocates nothing. Whether the frame is whole is the
     * reader's business (see {@link dev.midwrite.event.Frame#check}).
     *
     * @param frames little-endian
     * @throws IllegalArgumentException if kind or outcome is no such, or the payload is no list of longs
     */
    public void add(ByteBuffer frames, int at) {
        int kind = Short.toUnsignedInt(frames.getShort(at + 6));
        int outcome = Byte.toUnsignedInt(frames.get(at + 86));
        int payloadBytes = frames.getInt(at + 88);
        if (kind >= KINDS.length || outcome >= OUTCOMES.length || payloadBytes < 0 || (payloadBytes & 7) != 0) {
            throw new IllegalArgumentException("the frame at byte " + at + " is no user operation");
        }
        int i = row();
        seq[i] = frames.getLong(at + 8);
        incarnation[i] = frames.getLong(at + 24);
        fill(i, frames.getLong(at + 32), frames.getLong(at + 40), kind, outcome, frames.get(at + 87) & 0xFF);
        value[i] = frames.getLong(at + 48);
        request[i] = frames.getLong(at + 64);
        process[i] = frames.getInt(at + 72);
        place[i] = (frames.getShort(at + 76) << 16) | (frames.getShort(at + 78) & 0xFFFF);
        attempt[i] = frames.getShort(at + 84);
        long other = frames.getLong(at + 56);
        int len = frames.getInt(at + 80);
        if (rich || other != 0 || len != 0 || payloadBytes > 0) {
            enrich();
            second[i] = other;
            length[i] = len;
            payloadFrom[i] = payloadSize;
            reservePayload(payloadBytes / Long.BYTES);
            for (int from = at + 96; from < at + 96 + payloadBytes; from += Long.BYTES) {
                payload[payloadSize++] = frames.getLong(from);
            }
            payloadTo[i] = payloadSize;
        }
    }

    private void fill(int i, long from, long to, int kind, int outcome, int flags) {
        invoked[i] = from - widening;
        returned[i] = outcome == Outcome.INFO.code() || to == UserOperation.NEVER ? UserOperation.NEVER : to + widening;
        form[i] = (kind << 16) | (outcome << 8) | flags;
        ordered &= i == 0 || invoked[i - 1] <= invoked[i];
    }

    /** Puts operations in order; nothing may be added afterwards. */
    public void seal() {
        if (order.length < size) {
            order = new int[invoked.length];
        }
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        if (!ordered) {
            IndexSort.by(invoked, order, size);
        }
        attributes.build(this, order, size);
        values.build(this, size);
        nonce = findNonce();
        listAttribute = -1;
    }

    private long findNonce() {
        long first = 0;
        ended = false;
        for (int i = 0; i < size; i++) {
            ended |= kind(i) == OperationKind.INVALIDATE && !failed(i);
        }
        for (int rank = 0; rank < size; rank++) {
            int i = order[rank];
            if (ok(i) && incarnation[i] != 0) {
                if (kind(i) == OperationKind.CREATE) {
                    return incarnation[i];
                }
                first = first == 0 ? incarnation[i] : first;
            }
        }
        return first;
    }

    /** By how much every operation was widened at either end. */
    public long widening() {
        return widening;
    }

    public long session() {
        return session;
    }

    public int size() {
        return size;
    }

    /** The operation at a rank in the order of invocation. */
    public int at(int rank) {
        return order[rank];
    }

    /** Operations of each attribute, in the order of invocation. */
    public AttributeIndex attributes() {
        return attributes;
    }

    /** Which operation wrote what. */
    public Values values() {
        return values;
    }

    /** The nonce that the session got when it was created; 0 if nobody saw one. */
    public long nonce() {
        return nonce;
    }

    /** Whether the operation, if it came back, was served from the session that was created, not from another one. */
    public boolean belongs(int i) {
        return !ok(i) || is(i, UserOperation.ABSENT) || incarnation[i] == nonce;
    }

    /** Its user logged out, or may have: what it held may be gone. */
    public boolean mayHaveEnded() {
        return ended;
    }

    /** The list of this attribute as it was in the end; valid until another one is asked for. */
    public CanonicalList list(Terms terms, int attribute) {
        if (listAttribute != attribute) {
            list.build(this, terms, attribute);
            listAttribute = attribute;
        }
        return list;
    }

    int capacity() {
        return invoked.length;
    }

    public long seq(int i) {
        return seq[i];
    }

    public long invoked(int i) {
        return invoked[i];
    }

    /** {@link UserOperation#NEVER} if the outcome is info. */
    public long returned(int i) {
        return returned[i];
    }

    public long value(int i) {
        return value[i];
    }

    public long second(int i) {
        return rich ? second[i] : 0;
    }

    public long request(int i) {
        return request[i];
    }

    public long incarnation(int i) {
        return incarnation[i];
    }

    public int process(int i) {
        return process[i];
    }

    public int node(int i) {
        return place[i] >>> 16;
    }

    public int attribute(int i) {
        return place[i] & 0xFFFF;
    }

    public int length(int i) {
        return rich ? length[i] : 0;
    }

    public OperationKind kind(int i) {
        return KINDS[form[i] >>> 16];
    }

    public boolean ok(int i) {
        return ((form[i] >>> 8) & 0xFF) == Outcome.OK.code();
    }

    public boolean failed(int i) {
        return ((form[i] >>> 8) & 0xFF) == Outcome.FAIL.code();
    }

    public boolean info(int i) {
        return ((form[i] >>> 8) & 0xFF) == Outcome.INFO.code();
    }

    public boolean is(int i, int flag) {
        return (form[i] & flag) != 0;
    }

    /** It came back, and the session was there. */
    public boolean sawSession(int i) {
        return ok(i) && !is(i, UserOperation.ABSENT);
    }

    public int payloadSize(int i) {
        return rich ? payloadTo[i] - payloadFrom[i] : 0;
    }

    public long payload(int i, int item) {
        return payload[payloadFrom[i] + item];
    }

    /** The operation as it was handed in. */
    public UserOperation operation(int i) {
        long[] items = payloadSize(i) == 0 ? NOTHING : Arrays.copyOfRange(payload, payloadFrom[i], payloadTo[i]);
        return new UserOperation(
                kind(i),
                seq[i],
                session,
                incarnation[i],
                invoked[i] + widening,
                returned[i] == UserOperation.NEVER ? UserOperation.NEVER : returned[i] - widening,
                value[i],
                second(i),
                request[i],
                process[i],
                node(i),
                attribute(i),
                length(i),
                Short.toUnsignedInt(attempt[i]),
                OUTCOMES[(form[i] >>> 8) & 0xFF],
                form[i] & 0xFF,
                items);
    }

    private int row() {
        if (size == invoked.length) {
            grow();
        }
        return size++;
    }

    private void grow() {
        resize(size + (size >> 1) + FIRST_CAPACITY);
    }

    private void resize(int capacity) {
        seq = Arrays.copyOf(seq, capacity);
        invoked = Arrays.copyOf(invoked, capacity);
        returned = Arrays.copyOf(returned, capacity);
        value = Arrays.copyOf(value, capacity);
        request = Arrays.copyOf(request, capacity);
        incarnation = Arrays.copyOf(incarnation, capacity);
        process = Arrays.copyOf(process, capacity);
        place = Arrays.copyOf(place, capacity);
        form = Arrays.copyOf(form, capacity);
        attempt = Arrays.copyOf(attempt, capacity);
        if (rich) {
            growRich();
        }
    }

    private void growRich() {
        second = Arrays.copyOf(second, invoked.length);
        length = Arrays.copyOf(length, invoked.length);
        payloadFrom = Arrays.copyOf(payloadFrom, invoked.length);
        payloadTo = Arrays.copyOf(payloadTo, invoked.length);
    }

    private void enrich() {
        if (rich) {
            return;
        }
        rich = true;
        if (second.length < invoked.length) {
            growRich();
        }
        Arrays.fill(second, 0, size, 0);
        Arrays.fill(length, 0, size, 0);
        Arrays.fill(payloadFrom, 0, size, 0);
        Arrays.fill(payloadTo, 0, size, 0);
    }

    private void reservePayload(int items) {
        if (payload.length - payloadSize < items) {
            payload = Arrays.copyOf(payload, Math.max(payload.length * 2, payloadSize + items + FIRST_CAPACITY));
        }
    }
}
