package dev.midwrite.controller.sweep;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.OtherCourse;
import java.time.Duration;
import java.util.List;

/**
 * The two drills of a sweep, over the store, the nodes and the logins of another: one that only looks, and one in which nodes
 * in turn meet a fault at one position after the other while users go on. One drill for all positions starts the nodes once; each
 * position hits one request of one session, which its row is about.
 */
public final class SweepCourse {
    private static final int RECORDING_SECONDS = 6;
    /** So long a position may wait for an operation that passes it. */
    private static final int WINDOW_SECONDS = 4;

    /** After which a delayed call is over. */
    private static final int DELAY_SECONDS = 3;

    /** No retries: what a request that was sent again has done is not what the crash left. */
    private static final String USERS = """
            settle: 2s
            users:
              sessions: 20
              arrivals: 1/s
              rate: 2/s
              workloads: [register, list, rotate, logout]
              routing: %s
              timeout: 2s
              retries: 0
              warmup: 3s
              duration: %ds
            """;

    private SweepCourse() {}

    /** Everything that is swept is done, and nothing is broken. */
    public static Drill recording(Drill drill) {
        return over(drill, "timeline: []\n", RECORDING_SECONDS);
    }

    /**
     * The fault at each position, on nodes in turn; the next comes when all nodes are up.
     *
     * @param start how long a node took to start
     */
    public static Drill sweep(Drill drill, SweptFault fault, List<Position> positions, Duration start) {
        List<String> nodes = drill.nodes().knownNames();
        int period = WINDOW_SECONDS + 1 + (fault.ends() ? (int) start.toSeconds() : DELAY_SECONDS);
        StringBuilder timeline = new StringBuilder("timeline:\n");
        for (int i = 0; i < positions.size(); i++) {
            int at = 1 + i * period;
            String node = nodes.get(i % nodes.size());
            timeline.append("""
                  - {at: %ds, when: all-up, optional: true, inject: {%s, nodes: [%s], at-most: 1, for: %ds}}
                """.formatted(at, positions.get(i).injection(fault), node, period - 1));
            if (fault.ends()) {
                timeline.append("""
                      - {at: %1$ds, when: {%2$s: down}, optional: true, node: %2$s, action: start}
                    """.formatted(at, node));
            }
        }
        return over(drill, timeline.toString(), positions.size() * period + 2 * WINDOW_SECONDS);
    }

    private static Drill over(Drill drill, String timeline, int seconds) {
        String routing = drill.scope() == Scope.CLUSTER ? "round-robin" : "sticky";
        return over(drill, timeline + USERS.formatted(routing, seconds));
    }

    /** @param course timeline, users and settling in place of the drill's, of whose users what they must know is kept */
    static Drill over(Drill drill, String course) {
        return DrillFile.parse(drill.file(), OtherCourse.over(drill, course)).withSeed(drill.seed());
    }
}
