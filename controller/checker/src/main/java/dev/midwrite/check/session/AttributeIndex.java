package dev.midwrite.check.session;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;

/** Which operations concern which attribute; a counting sort, so that it costs two passes. Not thread-safe. */
public final class AttributeIndex {
    private int[] starts = new int[8];
    /** One bit for each kind of operation that concerns the attribute. */
    private int[] kinds = new int[8];
    /** Place of the first final read. */
    private int[] finals = new int[8];

    private int[] rows = new int[64];
    private int most = -1;

    void build(SessionHistory history, int size) {
        Arrays.fill(starts, 0, most + 2, 0);
        Arrays.fill(kinds, 0, most + 1, 0);
        most = -1;
        for (int i = 0; i < size; i++) {
            int attribute = history.attribute(i);
            if (attribute > most) {
                most = attribute;
                reserve(attribute + 2);
            }
            starts[attribute + 1]++;
            kinds[attribute] |= 1 << history.kind(i).ordinal();
        }
        for (int a = 0; a <= most; a++) {
            starts[a + 1] += starts[a];
            finals[a] = starts[a + 1];
        }
        if (rows.length < size) {
            rows = new int[history.capacity()];
        }
        // From here starts[a] moves to the end of a's rows, which is where a + 1 starts: undone by the shift below.
        for (int rank = 0; rank < size; rank++) {
            int row = history.at(rank);
            int attribute = history.attribute(row);
            int place = starts[attribute]++;
            rows[place] = row;
            if (history.is(row, UserOperation.FINAL)) {
                finals[attribute] = Math.min(finals[attribute], place);
            }
        }
        System.arraycopy(starts, 0, starts, 1, most + 1);
        starts[0] = 0;
    }

    private void reserve(int attributes) {
        if (starts.length < attributes) {
            starts = Arrays.copyOf(starts, 2 * attributes);
            kinds = Arrays.copyOf(kinds, 2 * attributes);
            finals = Arrays.copyOf(finals, 2 * attributes);
        }
    }

    /** Attributes have numbers below this; some may have no operation. */
    public int count() {
        return most + 1;
    }

    /** First place of the attribute's rows; the last is before {@code from(attribute + 1)}. */
    public int from(int attribute) {
        return starts[attribute];
    }

    /** The first place, from {@link #from} on, that holds a final operation; {@code from(attribute + 1)} if none does. */
    public int firstFinal(int attribute) {
        return finals[attribute];
    }

    /** Whether some operation of the attribute is of this kind. */
    public boolean has(int attribute, OperationKind kind) {
        return (kinds[attribute] & 1 << kind.ordinal()) != 0;
    }

    public int row(int place) {
        return rows[place];
    }
}
