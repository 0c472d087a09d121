package dev.midwrite.check.session;

import java.util.Arrays;

/** From ids to small numbers, without boxes; 0 is an id like any other. Not thread-safe. */
public final class LongIntMap {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[32];
    /** Value + 1; 0 for an empty place. */
    private int[] values = new int[32];

    private int mask = 31;
    private int size;

    /** Forgets all, and makes room for so many. */
    public void clear(int expected) {
        int places = Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4);
        if (keys.length < places) {
            keys = new long[places];
            values = new int[places];
        }
        Arrays.fill(values, 0, places, 0);
        mask = places - 1;
        size = 0;
    }

    /** The number of this id; -1 if there is none. */
    public int get(long key) {
        int place = place(key);
        return values[place] - 1;
    }

    /** Sets the number of this id, from 0. */
    public void put(long key, int value) {
        int place = place(key);
        if (values[place] == 0) {
            if (++size * 4L > (mask + 1) * 3L) {
                grow();
                place = place(key);
            }
            keys[place] = key;
        }
        values[place] = value + 1;
    }

    public int size() {
        return size;
    }

    private int place(long key) {
        int place = (int) ((key * GOLDEN) >>> 32) & mask;
        while (values[place] != 0 && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        int old = mask + 1;
        keys = new long[old * 2];
        values = new int[old * 2];
        mask = old * 2 - 1;
        for (int i = 0; i < old; i++) {
            if (oldValues[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
