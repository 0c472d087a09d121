package dev.midwrite.controller.sweep;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The drill of a sweep of pairs: one user, who does several things at a time, and one session after the other, so that
 * whatever is under way on two nodes is about the same session.
 */
final class PairCourse {
    /** How long the first operation is held up; the second begins meanwhile. */
    static final int FIRST_MILLIS = 2_000;
    /** And the second: it is to be there still when the first goes on, and has ended. */
    static final int SECOND_MILLIS = 2_500;

    /** So long an attempt may wait for the first operation, before the second is waited for. */
    private static final int HEAD_START_MILLIS = 500;

    /** How often a pair is tried: the second may end the session before it is held up, or come too late. */
    private static final int ATTEMPTS = 3;

    private static final int ATTEMPT_MILLIS = HEAD_START_MILLIS + FIRST_MILLIS + SECOND_MILLIS;

    /** They wait for as long as anything is held up: what is acknowledged in the end must hold. */
    private static final String USERS = """
            settle: 2s
            users:
              sessions: 1
              parallel: 2
              rate: 20/s
              workloads: [%s]
              routing: round-robin
              timeout: 10s
              retries: 0
              warmup: 3s
              duration: %ds
            """;

    private PairCourse() {}

    /** @throws Problem if the drill's sessions are on one node, or it has one node only */
    static void requireTwoNodes(Drill drill) {
        if (drill.scope() != Scope.CLUSTER || drill.nodes().knownNames().size() < 2) {
            throw new Problem("A sweep of pairs needs two nodes that serve the same sessions; " + drill.file()
                    + (drill.scope() == Scope.CLUSTER ? " has one." : " keeps each on one node (scope: node)."));
        }
    }

    /** Pair by pair; the first operation on one node, the second on any, as it must not end the session unseen elsewhere. */
    static Drill of(Drill drill, List<Pair> pairs) {
        List<String> nodes = drill.nodes().knownNames();
        String all = String.join(", ", nodes);
        StringBuilder timeline = new StringBuilder("timeline:\n");
        Set<String> workloads = new TreeSet<>();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            String first = nodes.get(i % nodes.size());
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int at = 1_000 + (i * ATTEMPTS + attempt) * ATTEMPT_MILLIS;
                timeline.append(held(pair.first(), FIRST_MILLIS, first + "], at-most: 1", at, FIRST_MILLIS))
                        .append(held(pair.second(), SECOND_MILLIS, all + "]", at + HEAD_START_MILLIS, FIRST_MILLIS));
            }
            workloads.add(workload(pair.first().operation()));
            workloads.add(workload(pair.second().operation()));
        }
        // Somebody must see what a change of id or a logout made of the attributes.
        workloads.add("register");
        return SweepCourse.over(
                drill,
                timeline
                        + USERS.formatted(
                                String.join(", ", workloads), pairs.size() * ATTEMPTS * ATTEMPT_MILLIS / 1_000 + 4));
    }

    /** The numbers of the injections that hold up the first operation of a pair. */
    static Set<Integer> firstOf(int pair) {
        return numbers(pair, 1);
    }

    /** And the second, of which each passage is held up: which of them is beside the first is known afterwards. */
    static Set<Integer> secondOf(int pair) {
        return numbers(pair, 2);
    }

    private static Set<Integer> numbers(int pair, int which) {
        return IntStream.range(0, ATTEMPTS)
                .mapToObj(attempt -> 2 * (pair * ATTEMPTS + attempt) + which)
                .collect(Collectors.toSet());
    }

    private static String held(Position position, int millis, String nodes, int at, int window) {
        return """
                  - {at: %dms, when: all-up, optional: true, inject: {fault: delay, delay: %dms, %s, nodes: [%s, for: %dms}}
                """.formatted(at, millis, position.place(), nodes, window);
    }

    private static String workload(SessionOperation operation) {
        return switch (operation) {
            case CREATE, DELETE -> "logout";
            case SAVE -> "register";
            case RENAME -> "rotate";
        };
    }
}
