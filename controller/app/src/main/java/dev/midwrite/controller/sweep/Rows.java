package dev.midwrite.controller.sweep;

import dev.midwrite.controller.run.BrokenRun;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is to be swept, by the numbers of its rows, which count from 1. */
final class Rows {
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
}
