package dev.midwrite.check.search;

import dev.midwrite.check.Validity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What counting alone proves about a register, however many operations are open: before somebody can see a value, it must
 * have been put there once more than compare-and-sets have taken it away. Sound, incomplete, O(n log n).
 */
final class Balance {
    private final Object initial;
    /** By value: when operations that may have put it there were invoked. */
    private final Map<Object, long[]> puts;
    /** By value: compare-and-sets that took it away, in the order of their returns. */
    private final Map<Object, List<Operation>> takes = new HashMap<>();

    private Balance(List<Operation> operations, Object initial) {
        this.initial = initial;
        Map<Object, List<Long>> invoked = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.call() instanceof Call.Write write) {
                invoked.computeIfAbsent(write.value(), value -> new ArrayList<>())
                        .add(operation.invoked());
            } else if (operation.call() instanceof Call.CompareAndSet cas
                    && !Objects.equals(cas.expected(), cas.next())) {
                invoked.computeIfAbsent(cas.next(), value -> new ArrayList<>()).add(operation.invoked());
                if (!operation.indeterminate()) {
                    takes.computeIfAbsent(cas.expected(), value -> new ArrayList<>())
                            .add(operation);
                }
            }
        }
        takes.values().forEach(each -> each.sort(Comparator.comparingLong(Operation::returned)));
        puts = new HashMap<>();
        invoked.forEach((value, times) -> puts.put(
                value, times.stream().mapToLong(Long::longValue).sorted().toArray()));
    }

    /** The first observation, by the time of its return, for which the count does not add up. */
    static Optional<SearchResult> refute(List<Operation> operations, Object initial) {
        Balance balance = new Balance(operations, initial);
        return operations.stream()
                .filter(operation -> !operation.indeterminate() && observes(operation))
                .sorted(Comparator.comparingLong(Operation::returned))
                .flatMap(operation -> balance.refute(operation, operations))
                .findFirst();
    }

    private static boolean observes(Operation operation) {
        return operation.call() instanceof Call.Read || operation.call() instanceof Call.CompareAndSet;
    }

    private Stream<SearchResult> refute(Operation observation, List<Operation> operations) {
        Object value = observation.call() instanceof Call.Read read
                ? read.value()
                : ((Call.CompareAndSet) observation.call()).expected();
        // Equal times are concurrent: a put may still come before, a take need not have.
        long there = upTo(puts.getOrDefault(value, new long[0]), observation.returned())
                + (Objects.equals(value, initial) ? 1 : 0);
        List<Operation> taken = takes.getOrDefault(value, List.of()).stream()
                .takeWhile(take -> take.returned() < observation.invoked())
                .toList();
        if (there > taken.size()) {
            return Stream.empty();
        }
        List<Operation> witness = new ArrayList<>(taken.subList(Math.max(0, taken.size() - 3), taken.size()));
        witness.add(observation);
        int placed = (int) operations.stream()
                .filter(operation -> operation.returned() < observation.returned())
                .count();
        return Stream.of(new SearchResult(
                Validity.FALSE, List.copyOf(witness), List.of(), sentence(observation, value, there, taken), placed));
    }

    private static long upTo(long[] sorted, long time) {
        int at = Arrays.binarySearch(sorted, time);
        int count = at < 0 ? -at - 1 : at;
        while (count < sorted.length && sorted[count] == time) {
            count++;
        }
        return count;
    }

    private static String sentence(Operation observation, Object value, long there, List<Operation> taken) {
        String text = "no place for " + observation.describe() + "; ";
        String name = Operation.text(value);
        if (there == 0) {
            return text + "nothing that began before it ended could have put " + name + " there";
        }
        return text + "compare-and-sets had replaced " + name + " " + taken.size()
                + " times before it began, and it can" + " have been there " + there + " times only";
    }
}
