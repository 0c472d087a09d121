package dev.midwrite.agent.fault;

/** Why an injection ended; the same words as Lifted.Cause of the link. */
public enum Ending {
    COMMAND,
    TTL,
    LEASE,
    AGENT_ERROR,
    KILL_SWITCH,
    EXHAUSTED
}
