package dev.midwrite.check.search;

import java.util.Arrays;

/** A short list of numbers, without boxing. */
final class IntList {
    private int[] items = new int[4];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return items[index];
    }

    void add(int item) {
        insert(size, item);
    }

    void insert(int index, int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        System.arraycopy(items, index, items, index + 1, size - index);
        items[index] = item;
        size++;
    }

    /** Removes the first occurrence; it is there. */
    void remove(int item) {
        int index = 0;
        while (items[index] != item) {
            index++;
        }
        System.arraycopy(items, index + 1, items, index, size - index - 1);
        size--;
    }
}
