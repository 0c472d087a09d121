package dev.midwrite.check.session;

import java.util.Arrays;

/**
 * What registers, which are most of a large history, do not have: a second value, a length and a payload. Takes no memory
 * until an operation has one of them. Not thread-safe.
 */
final class PayloadColumns {
    private static final long[] NOTHING = {};

    private boolean used;
    private int rows;
    private long[] second = NOTHING;
    private int[] length = {};
    /** Where a row's items begin; they end where the next row's begin. */
    private int[] from = {};

    private long[] items = NOTHING;
    private int count;

    void clear() {
        used = false;
        rows = 0;
        count = 0;
    }

    /** Whether a row with these must be {@link #add added}. */
    boolean wants(long other, int size, int payload) {
        return used || other != 0 || size != 0 || payload != 0;
    }

    /** Sets what the row has; rows that were left out before it have nothing. */
    void add(int row, int capacity, long other, int size, long[] payload, int at, int payloadSize) {
        reserve(capacity);
        if (!used) {
            used = true;
            Arrays.fill(second, 0, row, 0);
            Arrays.fill(length, 0, row, 0);
            Arrays.fill(from, 0, row, 0);
        }
        second[row] = other;
        length[row] = size;
        from[row] = count;
        rows = row + 1;
        if (items.length - count < payloadSize) {
            items = Arrays.copyOf(items, count + payloadSize + (count >> 1) + 64);
        }
        System.arraycopy(payload, at, items, count, payloadSize);
        count += payloadSize;
    }

    private void reserve(int capacity) {
        if (second.length < capacity) {
            second = Arrays.copyOf(second, capacity);
            length = Arrays.copyOf(length, capacity);
            from = Arrays.copyOf(from, capacity);
        }
    }

    long second(int row) {
        return used ? second[row] : 0;
    }

    int length(int row) {
        return used ? length[row] : 0;
    }

    int size(int row) {
        return used ? to(row) - from[row] : 0;
    }

    long item(int row, int item) {
        return items[from[row] + item];
    }

    long[] copy(int row) {
        return size(row) == 0 ? NOTHING : Arrays.copyOfRange(items, from[row], to(row));
    }

    private int to(int row) {
        return row + 1 < rows ? from[row + 1] : count;
    }
}
