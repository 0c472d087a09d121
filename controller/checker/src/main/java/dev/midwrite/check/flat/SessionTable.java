package dev.midwrite.check.flat;

import java.util.Arrays;

/** Numbers session labels in the order in which they come, and counts their operations. Not thread-safe. */
public final class SessionTable {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long[] label = new long[1024];
    private int[] count = new int[1024];
    private int[] slots = new int[4096];
    private int shift = 64 - 12;
    private int size;

    /**
     * Counts one operation.
     *
     * @return the session's number, from 0
     */
    public int count(long session) {
        int number = number(session);
        count[number]++;
        return number;
    }

    /** Counts one operation of the session with this number. */
    public void countOf(int number) {
        count[number]++;
    }

    /** The session's number; it gets one if it has none. */
    public int number(long session) {
        int slot = (int) ((session * GOLDEN) >>> shift);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (label[number] == session) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (size == label.length) {
            grow();
            return number(session);
        }
        slots[slot] = size + 1;
        label[size] = session;
        return size++;
    }

    private void grow() {
        label = Arrays.copyOf(label, size * 2);
        count = Arrays.copyOf(count, size * 2);
        slots = new int[slots.length * 2];
        shift--;
        for (int number = 0; number < size; number++) {
            int slot = (int) ((label[number] * GOLDEN) >>> shift);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number + 1;
        }
    }

    public int size() {
        return size;
    }

    public long label(int number) {
        return label[number];
    }

    public int operations(int number) {
        return count[number];
    }

    /** Memory that it holds. */
    public long bytes() {
        return (long) label.length * Long.BYTES + (long) (count.length + slots.length) * Integer.BYTES;
    }
}
