package dev.midwrite.check.session;

import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/**
 * The longest whole list that anybody read in the end: an append-only list that any other read shows must be a prefix of
 * it. Positions by id, and the hash of every prefix. Not thread-safe.
 */
public final class CanonicalList {
    private final LongIntMap positions = new LongIntMap();
    private long[] prefix = new long[64];
    private int row;
    private int length;
    private int repeated;

    void build(SessionHistory history, Terms terms, int attribute) {
        row = -1;
        length = 0;
        repeated = -1;
        AttributeIndex attributes = history.attributes();
        boolean last = false;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int candidate = attributes.row(place);
            if (isWhole(history, candidate)) {
                boolean settled =
                        history.is(candidate, UserOperation.FINAL) && history.invoked(candidate) >= terms.settledAt();
                if (row < 0
                        || (settled && !last)
                        || (settled == last && history.length(candidate) > history.length(row))) {
                    row = candidate;
                    last = settled;
                }
            }
        }
        if (row >= 0) {
            index(history);
        }
    }

    private static boolean isWhole(SessionHistory history, int row) {
        return (history.kind(row) == OperationKind.READ_LIST || history.kind(row) == OperationKind.APPEND)
                && history.is(row, UserOperation.WHOLE)
                && history.sawSession(row)
                && history.belongs(row)
                && history.payloadSize(row) == history.length(row);
    }

    private void index(SessionHistory history) {
        length = history.payloadSize(row);
        if (prefix.length <= length) {
            prefix = new long[length + (length >> 1) + 1];
        }
        positions.clear(length);
        prefix[0] = 0;
        for (int i = 0; i < length; i++) {
            long id = history.payload(row, i);
            prefix[i + 1] = Mix.mix(prefix[i], id);
            if (positions.get(id) < 0) {
                positions.put(id, i);
            } else if (repeated < 0) {
                repeated = i;
            }
        }
    }

    /** The read that showed it; -1 if nobody read a whole list. */
    public int row() {
        return row;
    }

    public int length() {
        return length;
    }

    /** Where the id stands first; -1 if nowhere. */
    public int position(long id) {
        return row < 0 ? -1 : positions.get(id);
    }

    /** The hash of its first {@code count} ids. */
    public long hash(int count) {
        return prefix[count];
    }

    /** The first place that holds an id for the second time; -1 if none does. */
    public int repeated() {
        return repeated;
    }
}
