package dev.midwrite.controller.plan;

/** What can be done to the drill's own store. */
public enum StoreAction {
    /** Asked to end, which saves if it is configured to, and started again at the same place. */
    RESTART,
    /** SIGKILL; it stays down until {@link #START}. */
    KILL,
    /** Asked to end; it stays down until {@link #START}. */
    STOP,
    /** Started again; nothing if it runs. */
    START,
    /** The primary is killed, and a replica takes its place with what it has. */
    FAILOVER,
    /** Replicas are cut off from the primary, for a while or until a failover. */
    LAG,
    /** The primary is cut off from its replicas and from the sentinels, and from no client, for a while. */
    ISOLATE,
    /** No room is left: what needs more memory is rejected. */
    FILL,
    /** Memory is limited to less than what is used: the least recently used keys are evicted. */
    EVICT,
    /** All keys are deleted. */
    FLUSH,
    /** No command is answered for a while. */
    PAUSE;

    /** Whether it lasts until it is ended, by its time or with the timeline. */
    public boolean lasts() {
        return this == LAG || this == ISOLATE || this == FILL || this == EVICT;
    }

    /** Whether it takes something away only some time after it has ended: when a primary that was cut off is none any more. */
    public boolean lingers() {
        return this == ISOLATE;
    }
}
