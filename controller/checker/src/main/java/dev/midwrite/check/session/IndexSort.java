package dev.midwrite.check.session;

/** Sorts row numbers by a column of longs: stable, without boxing; runs that are in order cost one pass. */
public final class IndexSort {
    private static final int RUN = 16;

    private IndexSort() {}

    /**
     * Sorts the first {@code size} of {@code rows} so that {@code key[rows[i]]} never falls.
     *
     * @param spare as long as {@code size}; is overwritten
     */
    public static void by(long[] key, int[] rows, int[] spare, int size) {
        boolean sorted = true;
        for (int i = 1; i < size && sorted; i++) {
            sorted = key[rows[i - 1]] <= key[rows[i]];
        }
        if (sorted) {
            return;
        }
        for (int from = 0; from < size; from += RUN) {
            insert(key, rows, from, Math.min(size, from + RUN));
        }
        int[] source = rows;
        int[] target = spare;
        for (int width = RUN; width < size; width *= 2) {
            for (int from = 0; from < size; from += 2 * width) {
                int middle = Math.min(size, from + width);
                merge(key, source, target, from, middle, Math.min(size, middle + width));
            }
            int[] swap = source;
            source = target;
            target = swap;
        }
        if (source != rows) {
            System.arraycopy(source, 0, rows, 0, size);
        }
    }

    private static void insert(long[] key, int[] rows, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int j = i;
            for (; j > from && key[rows[j - 1]] > key[row]; j--) {
                rows[j] = rows[j - 1];
            }
            rows[j] = row;
        }
    }

    private static void merge(long[] key, int[] source, int[] target, int from, int middle, int to) {
        if (middle >= to || key[source[middle - 1]] <= key[source[middle]]) {
            System.arraycopy(source, from, target, from, to - from);
            return;
        }
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = right >= to || (left < middle && key[source[left]] <= key[source[right]]);
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }
}
