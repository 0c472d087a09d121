package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.List;

/** One entry of a timeline. */
public sealed interface Step {

    Moment moment();

    /** Arm an injection on some nodes; it is lifted after {@code lasting}, or at the timeline's end. */
    record Inject(Moment moment, List<String> nodes, InjectionSpec injection, Duration lasting) implements Step {}

    /** Do something to a node's process. */
    record Node(Moment moment, String node, Action action) implements Step {}

    /**
     * Do something to the drill's own store.
     *
     * @param lasting for what lasts, and for a pause
     * @param share of what is stored, for an eviction, 0 to 1
     */
    record Store(Moment moment, StoreAction action, Duration lasting, double share) implements Step {}

    /**
     * Replace nodes on purpose, and put other ones in their places.
     *
     * @param times how often all is done, one after the other
     */
    record Rollout(Moment moment, RolloutSpec plan, int times) implements Step {}

    /**
     * Have a cluster replace all pods of a Deployment, as it says itself; what does not progress is taken back.
     *
     * @param rollBack then the run goes on, and is judged by what users saw; else it is invalid
     */
    record ClusterRollout(Moment moment, boolean rollBack) implements Step {}

    /** What can be done to a node. */
    enum Action {
        /** SIGTERM, then start again on the same port. */
        RESTART,
        /** SIGKILL. */
        KILL,
        /** SIGTERM. */
        STOP,
        /** Start a node that is down, on its port. If it is still up because a crash has not fired: nothing, and the report says so. */
        START;

        /** As a drill says it. */
        public String word() {
            return DrillFile.label(this);
        }
    }
}
