package dev.midwrite.controller.storm;

/** What steps of a storm do, as profiles weigh it. */
enum StepKind {
    /** A node's process ends, and is started again. */
    END,
    /** Operations take longer. */
    SLOW,
    /** Operations fail. */
    ERROR,
    /** The store stops for a while, and keeps what it has. */
    STORE,
    /** Nodes are replaced on purpose. */
    ROLLOUT,
    /** Nothing passes between nodes. */
    CUT,
    /** Nodes, or the store, run out of memory. */
    MEMORY,
    /** The store makes room: it gives up what it has, by its own rule. */
    EVICTION,
    /** What loses or falsifies by itself, however good the service is. */
    LOSS
}
