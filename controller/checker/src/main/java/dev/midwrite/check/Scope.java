package dev.midwrite.check;

/** Where a session may be read, which only the service's authors know. */
public enum Scope {
    /** On the node that keeps it: its absence from another node is by design, and says nothing. */
    NODE,
    /** On every node. */
    CLUSTER
}
