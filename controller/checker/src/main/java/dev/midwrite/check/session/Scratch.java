package dev.midwrite.check.session;

/**
 * Memory that checks use one after the other, so that a session of a million operations costs the room of the check that
 * needs most and not of all together. What is in it is what the last user left. Not thread-safe.
 */
public final class Scratch {
    /** A session of a million operations must not cost the room of one of a million and a half. */
    private static final int MOST_SPARE = 1 << 16;

    private final int[][] ints = new int[6][0];
    private final long[][] longs = new long[1][0];
    private final boolean[][] flags = new boolean[3][0];
    private int[] spare = {};

    Scratch() {}

    /** Column {@code number}, from 0 to 5, with room for so many. */
    public int[] ints(int number, int size) {
        if (ints[number].length < size) {
            ints[number] = new int[roomy(size)];
        }
        return ints[number];
    }

    /** Column {@code number}, only 0, with room for so many. */
    public long[] longs(int number, int size) {
        if (longs[number].length < size) {
            longs[number] = new long[roomy(size)];
        }
        return longs[number];
    }

    /** Column {@code number}, from 0 to 2, with room for so many. */
    public boolean[] flags(int number, int size) {
        if (flags[number].length < size) {
            flags[number] = new boolean[roomy(size)];
        }
        return flags[number];
    }

    /** Sorts the first {@code size} of {@code rows} so that {@code key[rows[i]]} never falls. */
    public void sort(int[] rows, int size, long[] key) {
        if (spare.length < size) {
            spare = new int[roomy(size)];
        }
        IndexSort.by(key, rows, spare, size);
    }

    private static int roomy(int size) {
        return size + Math.min(size >> 1, MOST_SPARE);
    }
}
