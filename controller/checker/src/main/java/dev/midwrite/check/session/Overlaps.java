package dev.midwrite.check.session;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/**
 * Which operations of one kind and attribute were under way beside another logical request of the same kind. Reading,
 * computing and setting an attribute is not atomic in a session, so two such operations may lose one's effect without any
 * fault of the store: that is the application's own race. One sweep; allocates nothing once it has grown. Not thread-safe.
 */
public final class Overlaps {
    private boolean[] beside = {};
    private int[] rows = {};
    private int size;

    /** Looks at the operations of this kind that have, or may have, taken effect. */
    public void find(SessionHistory history, int attribute, OperationKind kind) {
        for (int i = 0; i < size; i++) {
            beside[rows[i]] = false;
        }
        size = 0;
        if (beside.length < history.size()) {
            beside = new boolean[history.capacity()];
            rows = new int[history.capacity()];
        }
        AttributeIndex attributes = history.attributes();
        // Of those that began before, the one that ends last, and the one that does among other requests.
        int latest = -1;
        int other = -1;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (history.kind(row) != kind || history.failed(row) || !history.belongs(row)) {
                continue;
            }
            rows[size++] = row;
            mark(history, latest, row);
            mark(history, other, row);
            if (latest < 0 || end(history, row) >= end(history, latest)) {
                other = latest >= 0 && history.request(latest) != history.request(row) ? latest : other;
                latest = row;
            } else if (history.request(row) != history.request(latest)
                    && (other < 0 || end(history, row) >= end(history, other))) {
                other = row;
            }
        }
    }

    private void mark(SessionHistory history, int before, int row) {
        if (before >= 0
                && history.request(before) != history.request(row)
                && end(history, before) >= history.invoked(row)) {
            beside[before] = true;
            beside[row] = true;
        }
    }

    private static long end(SessionHistory history, int row) {
        return history.info(row) ? UserOperation.NEVER : history.returned(row);
    }

    /** Whether the operation at this row was under way beside another. */
    public boolean of(int row) {
        return row >= 0 && row < beside.length && beside[row];
    }
}
