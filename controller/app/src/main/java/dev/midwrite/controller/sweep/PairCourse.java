package dev.midwrite.controller.sweep;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The drill of a sweep of pairs: one user, who does several things at a time, and one session after the other, so that
 * whatever is under way on two nodes is about the same session.
 */
final class PairCourse {
    /** How long the first operation is held up; the second begins meanwhile. */
    static final int FIRST_SECONDS = 3;
    /** And the second: it is to be there still when the first goes on, and has ended. */
    static final int SECOND_SECONDS = 4;

    /** So long a pair may wait for the first operation to pass its position. */
    private static final int WINDOW_SECONDS = 4;

    private static final int PERIOD_SECONDS = WINDOW_SECONDS + FIRST_SECONDS + SECOND_SECONDS;

    /** They wait for as long as anything is held up: what is acknowledged in the end must hold. */
    private static final String USERS = """
            settle: 2s
            users:
              sessions: 1
              parallel: 4
              rate: 40/s
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

    /** Pair by pair; the first operation on one node, the second on the next. */
    static Drill of(Drill drill, List<Pair> pairs) {
        List<String> nodes = drill.nodes().knownNames();
        StringBuilder timeline = new StringBuilder("timeline:\n");
        Set<String> workloads = new TreeSet<>();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            int at = 1 + i * PERIOD_SECONDS;
            timeline.append(held(pair.first(), FIRST_SECONDS, nodes.get(0), at, WINDOW_SECONDS))
                    .append(held(pair.second(), SECOND_SECONDS, nodes.get(1), at, WINDOW_SECONDS + FIRST_SECONDS));
            workloads.add(workload(pair.first().operation()));
            workloads.add(workload(pair.second().operation()));
        }
        // Somebody must see what a change of id or a logout made of the attributes.
        workloads.add("register");
        return SweepCourse.over(
                drill, timeline + USERS.formatted(String.join(", ", workloads), pairs.size() * PERIOD_SECONDS + 4));
    }

    /**
     * Two injections of one pair have numbers that follow each other. Of the second each passage is held up: which of them
     * is beside the first, is known afterwards.
     */
    private static String held(Position position, int seconds, String node, int at, int window) {
        String atMost = seconds == FIRST_SECONDS ? ", at-most: 1" : "";
        return """
                  - {at: %ds, when: all-up, optional: true, inject: {fault: delay, delay: %ds, %s, nodes: [%s]%s, for: %ds}}
                """.formatted(at, seconds, position.place(), node, atMost, window);
    }

    private static String workload(SessionOperation operation) {
        return switch (operation) {
            case CREATE, DELETE -> "logout";
            case SAVE -> "register";
            case RENAME -> "rotate";
        };
    }
}
