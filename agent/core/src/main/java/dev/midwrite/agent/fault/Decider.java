package dev.midwrite.agent.fault;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.Edge;

/** What is armed. Thread-safe; costs one volatile read while nothing is. */
public interface Decider {

    /** Whether anything is armed at all; asked before anything else is done. */
    boolean armed();

    /** Whether this injection still is; what it holds up must go on when it is not. */
    boolean armed(int injection);

    /**
     * Decides this passage and counts it as matched by all that select it. Whoever gets a decision says what became of
     * it: {@link #happened} or {@link #spared}.
     *
     * @param at the passage's own point, or the one of its operation
     * @param waits whether this thread may wait; if not, no delay is decided
     * @return null to proceed
     */
    Decision decide(Passage passage, Point at, Edge edge, boolean waits);

    /** The fault is in the journal and takes place: it counts as applied. */
    void happened(Decision decision);

    /** The fault does not take place after all: its turn is given back. */
    void spared(Passage passage, Decision decision);

    /** Says what a delay really took. */
    void achieved(Decision decision, long nanos);
}
