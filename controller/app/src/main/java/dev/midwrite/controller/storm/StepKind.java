package dev.midwrite.controller.storm;

import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.event.FaultKind;

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
    LOSS;

    /** What loses or falsifies by itself comes before whatever else it does. */
    static StepKind of(FaultKind fault) {
        if (Capabilities.LOSING.contains(fault)) {
            return LOSS;
        }
        return switch (fault) {
            case DELAY, HANG, THROTTLE -> SLOW;
            case CRASH, TEAR -> END;
            case PARTITION -> CUT;
            case PRESSURE -> MEMORY;
            default -> ERROR;
        };
    }

    static StepKind of(StoreAction action) {
        if (Capabilities.GIVING_UP.contains(action)) {
            return LOSS;
        }
        return switch (action) {
            case PAUSE, RESTART, KILL, STOP -> STORE;
            case EVICT -> EVICTION;
            default -> MEMORY;
        };
    }
}
