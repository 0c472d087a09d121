package dev.midwrite.agent.fault;

/** What is armed. Thread-safe; costs one volatile read while nothing is. */
public interface Decider {

    /** Whether anything is armed at all; asked before a {@link Passage} is filled. */
    boolean armed();

    /**
     * Decides this passage and counts it as matched and, if the answer is not null, as applied.
     *
     * @return null to proceed
     */
    Decision decide(Passage passage);

    /** Says what a delay really took. */
    void achieved(Decision decision, long nanos);
}
