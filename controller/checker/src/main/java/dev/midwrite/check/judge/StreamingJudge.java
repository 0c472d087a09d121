package dev.midwrite.check.judge;

import dev.midwrite.check.Violation;
import dev.midwrite.check.flat.OperationSpill;
import dev.midwrite.check.flat.SessionTable;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The same checks while the drill runs, on the history as it was at the watermark, which is the time less the lag: what
 * had ended by then stands, what had begun and not ended counts as of unknown outcome, the rest is left out. So nothing
 * is found in a session in which {@link Judge} finds nothing, though something worse may come to explain it; what needs
 * final reads is left to it. Not thread-safe.
 *
 * <p>A session is looked at whole: when it has grown by half, when something in it has waited for ten milliseconds for each
 * of its operations, and when it is closed. So it costs at most three times as much as judging it once, and beside it one
 * operation every ten milliseconds.
 *
 * <p>Memory: some seventy bytes for a session, however much was done in it ({@link #bytes}), and the columns of the one
 * that is looked at. Operations lie in an {@link OperationSpill}.
 */
public final class StreamingJudge {
    /** A longer session is left to {@link Judge}. */
    static final int MOST_OPERATIONS = 200_000;

    private static final int EXEMPLARS = 100;
    private static final int GROWN_BY = 2;
    private static final long WAIT_PER_OPERATION = 10_000_000L;
    private static final int TOLD_BYTES = 100;

    private static final int KIND = 6;
    private static final int SESSION = 16;
    private static final int INVOKED = 32;
    private static final int RETURNED = 40;
    private static final int OUTCOME = 86;

    /** Its user has logged out. */
    private static final byte ENDED = 1;

    private static final byte CLOSED = 2;
    private static final byte UNSOUND = 4;
    private static final byte LEFT = 8;

    private final long lag;
    private final long lifetime;
    private final SessionChecker checker;
    private final OperationSpill spill;
    private final LiveListener listener;
    private final SessionTable sessions = new SessionTable();
    private long[] place = new long[0];
    private long[] latest = new long[0];
    private long[] due = new long[0];
    private int[] judged = new int[0];
    private byte[] state = new byte[0];
    /** What was told of sessions in which something is wrong: anomaly, severity and attribute in one number each. */
    private final Map<Integer, int[]> told = new HashMap<>();

    private long watermark = Long.MIN_VALUE;
    private long operations;
    private long looked;
    private long late;
    private long left;

    /**
     * Judges live.
     *
     * @param terms as far as they are known at the start; when the run settled is not asked
     * @param lagNanos how late an operation may be handed over after it was invoked: more than the users' timeout
     * @param spill stays open
     */
    public StreamingJudge(Terms terms, long lagNanos, OperationSpill spill, LiveListener listener) {
        this.lag = lagNanos;
        this.lifetime = terms.ttlNanos() == 0 ? 0 : terms.ttlNanos() + terms.reaperGraceNanos();
        this.checker = new SessionChecker(terms.beforeSettling(), Checks.ofSessions(), EXEMPLARS);
        this.spill = spill;
        this.listener = listener;
    }

    /**
     * Takes one operation, in the order of completion or nearly so.
     *
     * @throws IOException if the spill's disk is full
     */
    public void accept(UserOperation operation) throws IOException {
        int session = number(operation.session());
        if (take(session)) {
            place[session] = spill.append(place[session], operation);
            count(session, operation.kind(), operation.outcome(), operation.invoked(), operation.returned());
        }
    }

    /**
     * Takes the operation whose frame begins at {@code at}, as {@link #accept(UserOperation)} does.
     *
     * @param frames little-endian; the frame is whole and its checksum right
     */
    public void accept(ByteBuffer frames, int at) throws IOException {
        int session = number(frames.getLong(at + SESSION));
        if (take(session)) {
            place[session] = spill.append(place[session], frames, at);
            count(
                    session,
                    OperationKind.of(Short.toUnsignedInt(frames.getShort(at + KIND))),
                    Outcome.of(Byte.toUnsignedInt(frames.get(at + OUTCOME))),
                    frames.getLong(at + INVOKED),
                    frames.getLong(at + RETURNED));
        }
    }

    private int number(long label) {
        int session = sessions.number(label);
        if (session == place.length) {
            int capacity = Math.max(256, session + session / 2);
            place = Arrays.copyOf(place, capacity);
            latest = Arrays.copyOf(latest, capacity);
            due = Arrays.copyOf(due, capacity);
            judged = Arrays.copyOf(judged, capacity);
            state = Arrays.copyOf(state, capacity);
            Arrays.fill(place, session, capacity, OperationSpill.NONE);
            Arrays.fill(latest, session, capacity, Long.MIN_VALUE);
        }
        return session;
    }

    private boolean take(int session) {
        operations++;
        if (is(session, LEFT)) {
            return false;
        }
        if (sessions.operations(session) == MOST_OPERATIONS) {
            state[session] |= LEFT;
            due[session] = Long.MAX_VALUE;
            left++;
            return false;
        }
        return true;
    }

    private void count(int session, OperationKind kind, Outcome outcome, long invoked, long returned) {
        long at = returned == UserOperation.NEVER ? invoked : returned;
        sessions.countOf(session);
        late += invoked <= watermark ? 1 : 0;
        latest[session] = Math.max(latest[session], at);
        state[session] &= ~CLOSED;
        if (kind.ends() && outcome == Outcome.OK) {
            state[session] |= ENDED;
        }
        int all = sessions.operations(session);
        int fresh = all - judged[session];
        if (fresh == 1) {
            due[session] = at + all * WAIT_PER_OPERATION;
        }
        if (fresh > judged[session] / GROWN_BY || is(session, ENDED)) {
            due[session] = Math.min(due[session], at);
        }
        due[session] = Math.min(due[session], closedAt(session));
    }

    /** Nothing more is to be expected from then on; {@link Long#MAX_VALUE} if that is not known. */
    private long closedAt(int session) {
        if (is(session, ENDED)) {
            return latest[session];
        }
        return lifetime == 0 ? Long.MAX_VALUE : latest[session] + lifetime;
    }

    /**
     * Says what time it is on the users' clock; what became certain since the last call is told.
     *
     * @param now operations that ended before have been accepted
     */
    public void advance(long now) {
        watermark = Math.max(watermark, now - lag);
        for (int session = 0; session < sessions.size(); session++) {
            if (due[session] <= watermark) {
                look(session);
            }
        }
    }

    /** There will be no more operations: all that were accepted are looked at. */
    public void finish() {
        watermark = Long.MAX_VALUE - 1;
        for (int session = 0; session < sessions.size(); session++) {
            if (!is(session, LEFT)) {
                look(session);
                close(session);
            }
        }
    }

    private void look(int session) {
        if (sessions.operations(session) > judged[session]) {
            judge(session);
        }
        boolean open = sessions.operations(session) > judged[session] || closedAt(session) > watermark;
        if (!open) {
            close(session);
        }
        due[session] = dueAfterLook(session);
    }

    private long dueAfterLook(int session) {
        if (is(session, CLOSED)) {
            return Long.MAX_VALUE;
        }
        int all = sessions.operations(session);
        int fresh = all - judged[session];
        if (fresh == 0) {
            return closedAt(session);
        }
        return fresh > judged[session] / GROWN_BY
                ? latest[session]
                : Math.min(watermark + all * WAIT_PER_OPERATION, closedAt(session));
    }

    private void close(int session) {
        if (!is(session, CLOSED)) {
            state[session] |= CLOSED;
            listener.closed(sessions.label(session), !is(session, UNSOUND));
        }
    }

    private void judge(int session) {
        checker.begin(sessions.label(session));
        judged[session] = 0;
        spill.read(place[session], (frames, at) -> {
            long invoked = frames.getLong(at + INVOKED);
            long returned = frames.getLong(at + RETURNED);
            if ((returned == UserOperation.NEVER ? invoked : returned) <= watermark) {
                checker.accept(frames, at);
                judged[session]++;
            } else if (invoked <= watermark) {
                UserOperation operation = UserOperation.read(frames, at);
                if (!operation.kind().reads()) {
                    checker.accept(operation.but().unanswered().build());
                }
            }
        });
        looked += sessions.operations(session);
        if (checker.finish()) {
            state[session] |= UNSOUND;
            for (Violation violation : checker.take().violations()) {
                tell(session, violation);
            }
        }
    }

    private void tell(int session, Violation violation) {
        int key = (violation.anomaly().ordinal() << 18)
                | (violation.severity().ordinal() << 16)
                | ((violation.attribute() + 1) & 0xFFFF);
        int[] before = told.getOrDefault(session, new int[0]);
        if (Arrays.stream(before).noneMatch(known -> known == key)) {
            int[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = key;
            told.put(session, after);
            listener.found(violation);
        }
    }

    private boolean is(int session, byte flag) {
        return (state[session] & flag) != 0;
    }

    /** How many sessions there were. */
    public int sessions() {
        return sessions.size();
    }

    /** How many operations were accepted. */
    public long operations() {
        return operations;
    }

    /** How many sessions grew too long to be judged live. */
    public long left() {
        return left;
    }

    /**
     * How many operations came after a look that should have known of them, because they took longer than the lag: what
     * was told of their sessions may have been too early.
     */
    public long late() {
        return late;
    }

    /** Memory that is held for sessions, but for the columns of the one that is looked at. */
    public long bytes() {
        return sessions.bytes()
                + (long) place.length * (3 * Long.BYTES + Integer.BYTES + Byte.BYTES)
                + told.size() * (long) TOLD_BYTES;
    }

    /** How many operations were handed to the checks, each as often as its session was looked at. */
    long looked() {
        return looked;
    }
}
