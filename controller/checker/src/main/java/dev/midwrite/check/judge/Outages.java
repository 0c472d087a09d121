package dev.midwrite.check.judge;

import dev.midwrite.check.Trial;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the drill itself kept from being answered: requests that a fault hit, and requests to a node, or to all if the store
 * was meant, from the end that the drill gave it until it first answered again, or a rollout was done with it: what it took out
 * may never come again. Not thread-safe.
 */
final class Outages {
    private static final String ROLLOUT = "rollout";
    private static final Set<String> ENDINGS = Set.of("crash", "tear", "kill", "stop", "restart", ROLLOUT);
    private static final int ALL = -1;

    private final List<Outage> outages = new ArrayList<>();
    private final Set<Long> hit = new HashSet<>();

    private static final class Outage {
        private final int node;
        private final long from;
        /** The drill was still at it. */
        private final long acting;

        private long until;

        Outage(int node, long from, long acting, long until) {
            this.node = node;
            this.from = from;
            this.acting = acting;
            this.until = until;
        }

        boolean covers(int asked, long at) {
            return (node == ALL || node == asked) && at >= from && at < until;
        }
    }

    Outages(Trial trial) {
        for (Trial.Fault fault : trial.faults()) {
            int node = trial.nodes().indexOf(fault.node());
            for (Trial.Happening happening : fault.happened()) {
                if (happening.request() != 0) {
                    hit.add(happening.request());
                }
                if (ENDINGS.contains(fault.name())) {
                    boolean action = fault.injection() == 0;
                    outages.add(new Outage(
                            node < 0 ? ALL : node,
                            happening.at(),
                            action ? fault.to() : happening.at(),
                            fault.name().equals(ROLLOUT) ? fault.to() : Long.MAX_VALUE));
                }
            }
        }
    }

    /** Whether any node was ended, so that it must be known when it was back. */
    boolean any() {
        return !outages.isEmpty();
    }

    /** Learns from an answer that its node was up; in any order. */
    void observe(UserOperation operation) {
        boolean up = operation.outcome() == Outcome.OK || operation.status() > 0;
        if (!up) {
            return;
        }
        for (Outage outage : outages) {
            if ((outage.node == ALL || outage.node == operation.node()) && operation.invoked() >= outage.acting) {
                outage.until = Math.min(outage.until, operation.invoked());
            }
        }
    }

    /** Whether no answer was to be expected. */
    boolean explain(UserOperation operation) {
        return hit.contains(operation.request()) || ended(operation.node(), operation.invoked());
    }

    private boolean ended(int node, long at) {
        for (Outage outage : outages) {
            if (outage.covers(node, at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any node was down by the drill's will. */
    boolean at(long time) {
        for (Outage outage : outages) {
            if (outage.covers(outage.node, time)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the drill ever ended this node. */
    boolean of(int node) {
        return outages.stream().anyMatch(outage -> outage.node == node || outage.node == ALL);
    }
}
