package dev.midwrite.controller.storm;

import java.time.Duration;
import java.util.List;

/**
 * One thing that a storm does, and what belongs to it: whatever ends a node or the store starts it again, so that each step can be
 * left out alone. Immutable.
 */
sealed interface StormStep permits FaultStep, NodeStep, StoreStep, RolloutStep {
    /** What can be made shorter never gets shorter than this, so that something passes meanwhile. */
    Duration LEAST = Duration.ofSeconds(1);

    /** A condition of a drill. */
    String ALL_UP = "all-up";

    /** From the timeline's start. */
    Duration at();

    /** How long after {@link #at} it does something of its own accord; starts of nodes come on top. */
    Duration lasting();

    /** The same at another moment. */
    StormStep at(Duration other);

    /** As entries of a timeline, each a block in one line. */
    List<String> entries();

    /** The same with less to it, each in one respect; what is most worth a trial first. */
    List<StormStep> simpler();

    /** Whether a node is started again by it. */
    boolean startsNodes();

    /** What it does, a few words without its moment. */
    String words();

    /** As a drill says it. */
    static String written(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** The entry that starts a node again if it goes down, as long as it is waited for. */
    static String start(Duration at, String node, Duration within) {
        return "{at: %1$s, when: {%2$s: down}, within: %3$s, optional: true, node: %2$s, action: start}"
                .formatted(written(at), node, written(within));
    }
}
