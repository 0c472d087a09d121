package dev.midwrite.controller.sweep;

import dev.midwrite.controller.run.BrokenRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is to be swept, by the numbers of its rows, which count from 1. */
final class Rows {
    /** An interruption costs the rows of one run at most; more runs than this would start the nodes more often than is worth it. */
    private static final int OF_A_RUN = 8;

    private Rows() {}

    /**
     * Those that are wanted.
     *
     * @param only their numbers; all if empty
     * @throws BrokenRun if there are none, or none of such a number
     */
    static <T> SortedMap<Integer, T> chosen(List<T> all, Set<Integer> only) {
        if (all.isEmpty()) {
            throw new BrokenRun(
                    "There is no position to sweep: the nodes' journals name none of these operations.", null);
        }
        for (int number : only) {
            if (number < 1 || number > all.size()) {
                throw new BrokenRun("There is no row " + number + "; rows are 1 to " + all.size() + ".", null);
            }
        }
        SortedMap<Integer, T> chosen = new TreeMap<>();
        for (int number = 1; number <= all.size(); number++) {
            if (only.isEmpty() || only.contains(number)) {
                chosen.put(number, all.get(number - 1));
            }
        }
        return chosen;
    }

    /** The same in as few runs of as equal length as can be, in their order. */
    static <T> List<SortedMap<Integer, T>> runs(SortedMap<Integer, T> rows) {
        List<Integer> numbers = List.copyOf(rows.keySet());
        int runs = (numbers.size() + OF_A_RUN - 1) / OF_A_RUN;
        List<SortedMap<Integer, T>> split = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            SortedMap<Integer, T> some = new TreeMap<>();
            numbers.subList(run * numbers.size() / runs, (run + 1) * numbers.size() / runs)
                    .forEach(number -> some.put(number, rows.get(number)));
            split.add(some);
        }
        return split;
    }

    /** What the run of these rows is called, such as "rows-1-to-8"; other rows have other names. */
    static String name(SortedMap<Integer, ?> rows) {
        boolean whole = rows.size() > 2 && rows.lastKey() - rows.firstKey() < rows.size();
        return (rows.size() == 1 ? "row-" : "rows-")
                + (whole
                        ? rows.firstKey() + "-to-" + rows.lastKey()
                        : rows.keySet().stream().map(String::valueOf).collect(Collectors.joining("-")));
    }
}
