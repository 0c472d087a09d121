package dev.midwrite.check.fleet;

import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.session.Tally;
import java.util.List;

/** Times in which the drill had broken the store itself: a server error then says nothing of the node that gave it. */
record StoreOutages(List<Outage> outages) {

    /** Nanoseconds on the users' clock. */
    record Outage(long from, long to) {}

    /** Errors come for as long as nodes wait for a store that is gone, which users are taken to wait for, too. */
    static StoreOutages of(Trial trial) {
        return new StoreOutages(trial.faults().stream()
                .filter(fault -> fault.node().equals(Trial.STORE))
                .map(fault -> new Outage(fault.from(), fault.to() + trial.timeoutNanos()))
                .toList());
    }

    /** Whether one of these may be why an attempt between these moments failed. */
    boolean may(long from, long to) {
        return outages.stream().anyMatch(outage -> to >= outage.from() && from <= outage.to());
    }

    /** @param when such as "node-1 was replaced" */
    void undecided(long count, String when, Tally tally) {
        if (count > 0) {
            tally.inconclusive(
                    Property.DRAIN,
                    count,
                    "When " + when + ", " + count + (count == 1 ? " request" : " requests")
                            + " met a server error while the store itself was broken: whether the rollout would have"
                            + " failed " + (count == 1 ? "it" : "them") + " without that, nobody knows.");
        }
    }
}
