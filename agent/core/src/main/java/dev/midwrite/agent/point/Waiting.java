package dev.midwrite.agent.point;

/** What a wait at a point holds up. */
public enum Waiting {
    /** The caller alone. */
    CALLER,
    /** All sessions: it runs on an event loop, a selector or a partition's thread. */
    EVERYBODY
}
