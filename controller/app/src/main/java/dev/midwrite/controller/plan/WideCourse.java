package dev.midwrite.controller.plan;

import dev.midwrite.check.Scope;
import java.util.List;
import java.util.Set;

/**
 * What a service that nobody knows yet is put through, for one minute: everything that users do, two requests of a session at a
 * time, on all nodes in turn, while new ones arrive; some saves are slow, a few slower than users wait, one node is deployed anew
 * and another dies. Two workloads are left out: {@code dispatch} needs a mounted probe, and what {@code mutate} finds is no more
 * than the rule by which the store saves. Logins meet no other request: many stores cannot bear that, and
 * what is lost so would hide all else.
 */
public final class WideCourse {
    /** Of the users, what the course decides whatever a drill says. */
    private static final Set<String> USERS = Set.of("sessions", "arrivals", "rate", "warmup", "duration");

    private static final String USERS_TEXT = """
            users:
              sessions: 40
              arrivals: 2/s
              rate: 1/s
              workloads: [register, list, counter, group, document, large, principal, rotate, relogin, logout]
              parallel: 2
              logins-alone: true
              routing: %s
              timeout: 2s
              retries: 1
              warmup: 3s
              duration: 57s
            """;

    private static final String SLOW_SAVES = """
              - at: 1s
                inject: {fault: delay, point: session.save, delay: 300ms, probability: 5%}
              - at: 1s
                inject: {fault: delay, point: session.save, delay: 3s, probability: 1%}
            """;

    private static final String NODES = """
              - at: 4s
                node: $first
                action: restart
              - at: 12s
                when: all-up
                node: $last
                action: kill
              - when: {$last: down}
                node: $last
                action: start
            """;

    private WideCourse() {}

    /**
     * The blocks {@code users}, {@code timeline} and {@code settle}; more may follow.
     *
     * @param cluster whether all nodes may be asked for a session
     * @param saves whether saves of sessions are seen, so that some can be slow
     */
    public static String text(List<String> nodes, boolean cluster, boolean saves) {
        return timeline(nodes, saves) + "\nsettle: 2s\n\n" + users(cluster);
    }

    private static String users(boolean cluster) {
        return USERS_TEXT.formatted(cluster ? "round-robin" : "sticky");
    }

    private static String timeline(List<String> nodes, boolean saves) {
        return "timeline:\n" + (saves ? SLOW_SAVES : "")
                + NODES.replace("$first", nodes.get(0)).replace("$last", nodes.get(nodes.size() - 1));
    }

    /** Text of a drill with this course in the place of its own: store, nodes and what is said of the users besides stay. */
    public static String over(Drill drill) {
        // Sessions that live on one node are not saved anywhere, so there is no save that could be slow.
        boolean cluster = drill.scope() == Scope.CLUSTER;
        return OtherCourse.over(drill, text(drill.nodes().knownNames(), cluster, cluster), USERS::contains);
    }
}
