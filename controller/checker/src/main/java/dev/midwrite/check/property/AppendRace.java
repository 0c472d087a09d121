package dev.midwrite.check.property;

import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.CanonicalList;
import dev.midwrite.check.session.Overlaps;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/**
 * Appends that the application may have lost by itself: it reads the list, adds an entry and sets the list, so of two
 * appends under way at a time the later set can undo the earlier one. The one that undid it is in the final list, for what
 * came after built on it. Not thread-safe.
 */
final class AppendRace {
    private final Overlaps overlaps = new Overlaps();
    private int[] left = {};
    private long[] latestEnd = {};
    private int size;
    private boolean whole;
    private long from;

    /** Looks at one list. */
    void find(SessionHistory history, Terms terms, int attribute) {
        from = Long.MAX_VALUE;
        size = 0;
        CanonicalList list = history.list(terms, attribute);
        whole = list.row() >= 0;
        overlaps.find(history, attribute, OperationKind.APPEND);
        if (left.length < history.size()) {
            left = new int[history.size()];
            latestEnd = new long[history.size()];
        }
        AttributeIndex attributes = history.attributes();
        long end = Long.MIN_VALUE;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (overlaps.of(row) && whole && list.position(history.request(row)) >= 0) {
                end = Math.max(end, history.info(row) ? UserOperation.NEVER : history.returned(row));
                latestEnd[size] = end;
                left[size++] = row;
            }
        }
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            boolean lost = history.ok(row) && overlaps.of(row) && (!whole || list.position(history.request(row)) < 0);
            if (lost && explains(history, row)) {
                from = Math.min(from, history.invoked(row));
            }
        }
    }

    /** Whether an append that is gone may have been undone by one that is left. */
    boolean explains(SessionHistory history, int append) {
        if (!overlaps.of(append) || !whole) {
            return overlaps.of(append);
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.invoked(left[middle]) <= history.returned(append)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && latestEnd[low - 1] >= history.invoked(append);
    }

    /** Whether what an operation showed of the list may come from such a race. */
    boolean mayShowIn(SessionHistory history, int row) {
        return history.returned(row) >= from;
    }
}
