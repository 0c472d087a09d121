package dev.midwrite.check.session;

import java.util.Arrays;

/** Which operations concern which attribute; a counting sort, so that it costs two passes. Not thread-safe. */
public final class AttributeIndex {
    private int[] starts = new int[8];
    private int[] rows = new int[64];
    private int most;

    void build(SessionHistory history, int[] order, int size) {
        most = -1;
        for (int i = 0; i < size; i++) {
            most = Math.max(most, history.attribute(i));
        }
        if (starts.length < most + 2) {
            starts = new int[most + 2];
        }
        Arrays.fill(starts, 0, most + 2, 0);
        if (rows.length < size) {
            rows = new int[order.length];
        }
        for (int i = 0; i < size; i++) {
            starts[history.attribute(i) + 1]++;
        }
        for (int a = 0; a <= most; a++) {
            starts[a + 1] += starts[a];
        }
        // From here starts[a] moves to the end of a's rows, which is where a + 1 starts: undone by the shift below.
        for (int rank = 0; rank < size; rank++) {
            int row = order[rank];
            rows[starts[history.attribute(row)]++] = row;
        }
        for (int a = most + 1; a > 0; a--) {
            starts[a] = starts[a - 1];
        }
        starts[0] = 0;
    }

    /** Attributes have numbers below this; some may have no operation. */
    public int count() {
        return most + 1;
    }

    /** First place of the attribute's rows; the last is before {@code from(attribute + 1)}. */
    public int from(int attribute) {
        return starts[attribute];
    }

    public int row(int place) {
        return rows[place];
    }
}
