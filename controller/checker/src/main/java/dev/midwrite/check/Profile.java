package dev.midwrite.check;

/** What the store under test promises. */
public enum Profile {
    /** Synchronous or consensus replication: an acknowledged write is everywhere. */
    STRONG,
    /** Sticky users over asynchronous replication: a user sees their own writes. */
    SESSION,
    /** Replicas agree some time after the last write. */
    EVENTUAL
}
