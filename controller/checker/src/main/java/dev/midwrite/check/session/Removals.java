package dev.midwrite.check.session;

import dev.midwrite.event.OperationKind;

/**
 * When each attribute may have been removed. All removals leave the same, nothing, so what was read says not which of them
 * it saw; times must. Costs nothing in a session without a removal. Not thread-safe.
 */
public final class Removals {
    private SessionHistory history;
    private int[] rows = {};
    /** Of the removals up to this one, the latest end; never, if one is of unknown outcome. */
    private long[] latestEnd = {};
    /** By attribute, the first place in rows; one more at the end. */
    private int[] from = {};

    private int attributes;

    /** Collects the removals that have, or may have, taken effect. */
    public void collect(SessionHistory session) {
        history = session;
        attributes = 0;
        if (!session.has(OperationKind.REMOVE)) {
            return;
        }
        AttributeIndex index = session.attributes();
        attributes = index.count();
        if (rows.length < session.size()) {
            rows = new int[session.size()];
            latestEnd = new long[session.size()];
        }
        from = from.length <= attributes ? new int[attributes + 1] : from;
        int size = 0;
        for (int attribute = 0; attribute < attributes; attribute++) {
            from[attribute] = size;
            long end = Long.MIN_VALUE;
            for (int place = index.from(attribute); place < index.from(attribute + 1); place++) {
                int row = index.row(place);
                if (session.kind(row) == OperationKind.REMOVE && !session.failed(row) && session.belongs(row)) {
                    end = Math.max(end, session.returned(row));
                    latestEnd[size] = end;
                    rows[size++] = row;
                }
            }
        }
        from[attributes] = size;
    }

    /** Whether the attribute has any. */
    public boolean of(int attribute) {
        return attribute < attributes && from[attribute] < from[attribute + 1];
    }

    /** Whether one may have taken effect after the first moment and before the second. */
    public boolean possible(int attribute, long after, long before) {
        int last = begunBefore(attribute, before);
        return last >= 0 && latestEnd[last] >= after;
    }

    /**
     * The row of an acknowledged removal that began after the first moment and ended before the second; -1 if none is known
     * to have.
     */
    public int between(int attribute, long after, long before) {
        for (int place = begunBefore(attribute, before); place >= 0 && place >= from[attribute]; place--) {
            int row = rows[place];
            if (history.invoked(row) <= after) {
                return -1;
            }
            if (history.returned(row) < before) {
                return row;
            }
        }
        return -1;
    }

    /** The last place whose removal began no later; -1 if there is none. */
    private int begunBefore(int attribute, long time) {
        if (!of(attribute)) {
            return -1;
        }
        int low = from[attribute];
        int high = from[attribute + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.invoked(rows[middle]) <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1 < from[attribute] ? -1 : low - 1;
    }
}
