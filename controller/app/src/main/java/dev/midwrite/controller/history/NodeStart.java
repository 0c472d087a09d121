package dev.midwrite.controller.history;

import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * A node that served again after its process had ended, or that a rollout added, as users met it in its first seconds: cold
 * caches, classes that were never loaded, and every session anew.
 *
 * @param at when users sent it the first request that it answered, nanoseconds on their clock
 * @param firsts the first attempt of each session there, in the order in which they were sent
 * @param others of the same {@link #WINDOW_NANOS}, in the same order
 */
public record NodeStart(String node, long at, List<UserOperation> firsts, List<UserOperation> others) {
    /** How long a start is looked at. */
    public static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The end of a process that there was not: before anybody was sent anywhere. */
    private static final long NEVER_BEFORE = -1;

    /** Nodes that are there from the beginning have users after less than that. */
    private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);

    public NodeStart {
        firsts = List.copyOf(firsts);
        others = List.copyOf(others);
    }

    /**
     * All of them, by node and then by time. An attempt that was never taken, or was rejected, is none: the node was not there yet.
     *
     * @param nodes names by number
     * @param runs of nodes' processes
     * @param probes sessions of those who are no users
     */
    static List<NodeStart> of(List<UserOperation> operations, List<String> nodes, NodeRuns runs, Set<Long> probes) {
        if (runs.exits().isEmpty()) {
            return List.of(); // Most runs have millions of operations and no end of a node.
        }
        List<NodeStart> starts = new ArrayList<>();
        for (int number = 1; number < nodes.size(); number++) {
            String node = nodes.get(number);
            int of = number;
            LongStream own = runs.exits().stream()
                    .filter(exit -> exit.node().equals(node))
                    .mapToLong(ExitFacts::at);
            long[] ends = (added(node, number, operations) ? LongStream.concat(LongStream.of(NEVER_BEFORE), own) : own)
                    .sorted()
                    .toArray();
            if (ends.length > 0) {
                List<UserOperation> there = operations.stream()
                        .filter(operation -> operation.node() == of && counts(operation, probes))
                        .sorted(Comparator.comparingLong(UserOperation::invoked))
                        .toList();
                int from = 0;
                for (int i = 0; i < ends.length; i++) {
                    from = place(there, from, ends[i] + 1);
                    int to = i + 1 < ends.length ? place(there, from, ends[i + 1]) : there.size();
                    first(node, there.subList(from, to)).ifPresent(starts::add);
                }
            }
        }
        return List.copyOf(starts);
    }

    /** It has such a name, and users were at work for a while before one was sent there: somebody may call his own nodes so. */
    private static boolean added(String node, int number, List<UserOperation> operations) {
        if (!node.startsWith(Drill.SPARE)) {
            return false;
        }
        long early = LATER_NANOS
                + operations.stream().mapToLong(UserOperation::invoked).min().orElse(0);
        return operations.stream().noneMatch(operation -> operation.node() == number && operation.invoked() < early);
    }

    private static boolean counts(UserOperation operation, Set<Long> probes) {
        return !operation.is(UserOperation.JOURNALED)
                && !operation.is(UserOperation.FINAL)
                && (operation.outcome() != Outcome.FAIL || operation.is(UserOperation.ABSENT))
                && !probes.contains(operation.session());
    }

    /** Where the first stands, from there on, that was sent at this moment or later. */
    private static int place(List<UserOperation> sorted, int from, long moment) {
        int place = from;
        while (place < sorted.size() && sorted.get(place).invoked() < moment) {
            place++;
        }
        return place;
    }

    /** @param since what the node was sent from one end to the next, in order of time */
    private static Optional<NodeStart> first(String node, List<UserOperation> since) {
        int begin = 0;
        while (begin < since.size() && since.get(begin).outcome() == Outcome.INFO) {
            begin++;
        }
        if (begin == since.size()) {
            return Optional.empty();
        }
        long at = since.get(begin).invoked();
        List<UserOperation> firsts = new ArrayList<>();
        List<UserOperation> others = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        since.subList(begin, place(since, begin, at + WINDOW_NANOS))
                .forEach(operation -> (seen.add(operation.session()) ? firsts : others).add(operation));
        return Optional.of(new NodeStart(node, at, firsts, others));
    }
}
