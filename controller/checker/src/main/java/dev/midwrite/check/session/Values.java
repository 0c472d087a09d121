package dev.midwrite.check.session;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which operation wrote which value of the session. Write ids are unique in a run, so one table serves all attributes.
 * Not thread-safe.
 */
public final class Values {
    /** Nobody wrote it: it was there before. */
    public static final int INITIAL = -1;
    /** Nobody wrote it, and yet it was read. */
    public static final int UNKNOWN = -2;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Row + 1 of the write whose value hashes here; 0 for an empty place. */
    private int[] table = new int[128];

    private int mask;
    private int duplicate;
    /** Attributes with a value that was written twice; null if there are none, as in every sound history. */
    private BitSet twice;

    private int[] writerOf = new int[64];
    private SessionHistory history;

    void build(SessionHistory session, int size) {
        history = session;
        duplicate = -1;
        twice = null;
        int places = Math.max(16, Integer.highestOneBit(Math.max(1, session.writes())) * 4);
        if (table.length < places) {
            table = new int[places];
        }
        Arrays.fill(table, 0, places, 0);
        mask = places - 1;
        if (session.writes() > 0) {
            for (int i = 0; i < size; i++) {
                if (session.writes(i) && !unsent(i)) {
                    put(i);
                }
            }
        }
        if (session.has(OperationKind.READ)
                || session.has(OperationKind.READ_DOCUMENT)
                || session.has(OperationKind.READ_MUTATED)) {
            if (writerOf.length < size) {
                writerOf = new int[session.capacity()];
            }
            for (int i = 0; i < size; i++) {
                OperationKind kind = session.kind(i);
                if (kind == OperationKind.READ
                        || kind == OperationKind.READ_DOCUMENT
                        || kind == OperationKind.READ_MUTATED) {
                    writerOf[i] = writer(session.value(i), session.attribute(i));
                }
            }
        }
    }

    /** An attempt that never left has no value, and so none that another one has, too. */
    private boolean unsent(int row) {
        return history.value(row) == 0 && history.failed(row);
    }

    private void put(int row) {
        long value = history.value(row);
        int place = (int) ((value * GOLDEN) >>> 32) & mask;
        while (table[place] != 0) {
            if (history.value(table[place] - 1) == value) {
                note(row, table[place] - 1);
                return;
            }
            place = (place + 1) & mask;
        }
        table[place] = row + 1;
    }

    private void note(int row, int earlier) {
        duplicate = row;
        twice = twice == null ? new BitSet() : twice;
        twice.set(history.attribute(row));
        twice.set(history.attribute(earlier));
    }

    /**
     * The write, committed or not, that made a value of an attribute.
     *
     * @return its row, or {@link #INITIAL} for value 0, or {@link #UNKNOWN}
     */
    public int writer(long value, int attribute) {
        if (value == 0) {
            return INITIAL;
        }
        int place = (int) ((value * GOLDEN) >>> 32) & mask;
        while (table[place] != 0) {
            int row = table[place] - 1;
            if (history.value(row) == value) {
                return history.attribute(row) == attribute ? row : UNKNOWN;
            }
            place = (place + 1) & mask;
        }
        return UNKNOWN;
    }

    /** The write whose value the READ, READ_DOCUMENT or READ_MUTATED at this row returned; as {@link #writer}. */
    public int writerOf(int row) {
        return writerOf[row];
    }

    /** A write that used the value of another; -1 if there is none. */
    int duplicate() {
        return duplicate;
    }

    /** Attributes of which a value was written twice; only if there is a {@link #duplicate}. */
    BitSet twice() {
        return twice;
    }

    /** Reads a value that is whole, of a session that is there. */
    public static boolean readsWhole(SessionHistory history, int row) {
        return history.served(row) && !history.is(row, UserOperation.GARBAGE);
    }
}
