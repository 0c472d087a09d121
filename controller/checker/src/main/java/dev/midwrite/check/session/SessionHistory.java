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
    private static final int OK = Outcome.OK.ordinal();
    private static final int FAIL = Outcome.FAIL.ordinal();
    private static final int INFO = Outcome.INFO.ordinal();
    private static final int WRITES = 1 << OperationKind.WRITE.ordinal()
            | 1 << OperationKind.UPDATE.ordinal()
            | 1 << OperationKind.WRITE_GROUP.ordinal()
            | 1 << OperationKind.MUTATE.ordinal();
    private static final int FIRST_CAPACITY = 64;

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
    /** attribute, node: 16 bits each, as in a frame. */
    private int[] place = new int[FIRST_CAPACITY];
    /** flags, outcome, attempt: 8, 8 and 16 bits, as in a frame. */
    private int[] form = new int[FIRST_CAPACITY];

    private byte[] kind = new byte[FIRST_CAPACITY];
    private final PayloadColumns payload = new PayloadColumns();

    /** Rows in the order of invocation; not used while they came in that order. */
    private int[] order = {};

    private boolean ordered;
    /** One bit for each kind that is there. */
    private int kinds;

    private int writes;

    private long[] words = {};
    private final Scratch scratch = new Scratch();
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
        payload.clear();
        ordered = true;
        kinds = 0;
        writes = 0;
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
        fill(i, o.invoked(), o.returned(), o.kind().code(), o.outcome().code());
        form[i] = (o.flags() << 24) | (o.outcome().code() << 16) | (o.attempt() & 0xFFFF);
        value[i] = o.value();
        request[i] = o.request();
        incarnation[i] = o.incarnation();
        process[i] = o.process();
        place[i] = (o.attribute() << 16) | (o.node() & 0xFFFF);
        long[] items = o.payload();
        if (payload.wants(o.second(), o.length(), items.length)) {
            payload.add(i, invoked.length, o.second(), o.length(), items, 0, items.length);
        }
    }

    /**
     * Appends the operation whose frame begins at {@code at}; allocates nothing. Whether the frame is whole is the
     * reader's business (see {@link dev.midwrite.event.Frame#check}).
     *
     * @param frame the frame as little-endian words of eight bytes
     * @throws IllegalArgumentException if kind or outcome is no such, or the payload is no list of longs
     */
    public void add(long[] frame, int at) {
        int code = (int) (frame[at] >>> 48);
        int shape = (int) (frame[at + 10] >>> 32);
        int outcome = (shape >>> 16) & 0xFF;
        int payloadBytes = (int) frame[at + 11];
        if (code >= KINDS.length || outcome >= OUTCOMES.length || payloadBytes < 0 || (payloadBytes & 7) != 0) {
            throw new IllegalArgumentException("frame " + frame[at + 1] + " is no user operation");
        }
        int i = row();
        seq[i] = frame[at + 1];
        incarnation[i] = frame[at + 3];
        fill(i, frame[at + 4], frame[at + 5], code, outcome);
        form[i] = shape;
        value[i] = frame[at + 6];
        request[i] = frame[at + 8];
        process[i] = (int) frame[at + 9];
        place[i] = (int) (frame[at + 9] >>> 32);
        long other = frame[at + 7];
        int length = (int) frame[at + 10];
        if (payload.wants(other, length, payloadBytes)) {
            payload.add(i, invoked.length, other, length, frame, at + 12, payloadBytes >> 3);
        }
    }

    /**
     * As {@link #add(long[], int)}, of bytes.
     *
     * @param frames little-endian; the frame is whole
     */
    public void add(ByteBuffer frames, int at) {
        int count = frames.getInt(at) / Long.BYTES;
        if (words.length < count) {
            words = new long[2 * count];
        }
        for (int i = 0; i < count; i++) {
            words[i] = frames.getLong(at + i * Long.BYTES);
        }
        add(words, 0);
    }

    private void fill(int i, long from, long to, int code, int outcome) {
        long begin = from - widening;
        invoked[i] = begin;
        returned[i] = outcome == INFO || to == UserOperation.NEVER ? UserOperation.NEVER : to + widening;
        kind[i] = (byte) code;
        kinds |= 1 << code;
        writes += WRITES >>> code & 1;
        ordered &= i == 0 || invoked[i - 1] <= begin;
    }

    /** Puts operations in order; nothing may be added afterwards. */
    public void seal() {
        if (!ordered) {
            if (order.length < size) {
                order = new int[invoked.length];
            }
            for (int i = 0; i < size; i++) {
                order[i] = i;
            }
            scratch.sort(order, size, invoked);
        }
        attributes.build(this, size);
        values.build(this, size);
        ended = mayHaveLoggedOut();
        nonce = findNonce();
        listAttribute = -1;
    }

    private boolean mayHaveLoggedOut() {
        for (int i = 0; i < size; i++) {
            if (kind(i).ends() && !failed(i)) {
                return true;
            }
        }
        return false;
    }

    private long findNonce() {
        boolean created = has(OperationKind.CREATE);
        long first = 0;
        for (int rank = 0; rank < size; rank++) {
            int i = at(rank);
            if (incarnation[i] != 0 && ok(i)) {
                if (!created || kind(i) == OperationKind.CREATE) {
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

    /** Whether some operation is of this kind. */
    public boolean has(OperationKind wanted) {
        return (kinds & 1 << wanted.ordinal()) != 0;
    }

    /** Memory for one check at a time. */
    public Scratch scratch() {
        return scratch;
    }

    /** Puts rows in the order in which their answers came. */
    public void sortByReturn(int[] rows, int count) {
        scratch.sort(rows, count, returned);
    }

    public long session() {
        return session;
    }

    public int size() {
        return size;
    }

    /** The operation at a rank in the order of invocation. */
    public int at(int rank) {
        return ordered ? rank : order[rank];
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
        return incarnation[i] == nonce || !sawSession(i);
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
        return payload.second(i);
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
        return place[i] & 0xFFFF;
    }

    public int attribute(int i) {
        return place[i] >>> 16;
    }

    public int length(int i) {
        return payload.length(i);
    }

    public OperationKind kind(int i) {
        return KINDS[kind[i]];
    }

    public boolean ok(int i) {
        return ((form[i] >>> 16) & 0xFF) == OK;
    }

    public boolean failed(int i) {
        return ((form[i] >>> 16) & 0xFF) == FAIL;
    }

    public boolean info(int i) {
        return ((form[i] >>> 16) & 0xFF) == INFO;
    }

    public boolean is(int i, int flag) {
        return (form[i] >>> 24 & flag) != 0;
    }

    /** It came back, and the session was there. */
    public boolean sawSession(int i) {
        return (form[i] & (0xFF | UserOperation.ABSENT << 8) << 16) == OK << 16;
    }

    /** It came back, and was served from the session that was created. */
    public boolean served(int i) {
        return incarnation[i] == nonce && sawSession(i);
    }

    /** Its value is one that others can read. */
    boolean writes(int i) {
        return (WRITES >>> kind[i] & 1) != 0;
    }

    /** How many rows {@link #writes}. */
    int writes() {
        return writes;
    }

    public int payloadSize(int i) {
        return payload.size(i);
    }

    public long payload(int i, int item) {
        return payload.item(i, item);
    }

    /** The operation as it was handed in. */
    public UserOperation operation(int i) {
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
                form[i] & 0xFFFF,
                OUTCOMES[(form[i] >>> 16) & 0xFF],
                form[i] >>> 24,
                payload.copy(i));
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
        kind = Arrays.copyOf(kind, capacity);
    }
}
