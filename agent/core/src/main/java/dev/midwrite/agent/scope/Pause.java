package dev.midwrite.agent.scope;

/** A wait that is under way, on whichever thread or on none. Used by one thread at a time. */
public interface Pause {

    /** Nanoseconds until it must be asked again; not above 0 once the wait is over, and then it is written down. */
    long left();
}
