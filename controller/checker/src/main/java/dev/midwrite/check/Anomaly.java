package dev.midwrite.check;

/** What can be wrong, most telling first: the first of two that explain the same operations suppresses the other. */
public enum Anomaly {
    NODE_ENDED(Property.NODES, "Node ended by itself"),
    NODE_OUT_OF_MEMORY(Property.NODES, "Node ran out of memory and went on"),
    NO_EXTERNAL_STORE(Property.NODES, "Node keeps sessions in its own memory only"),
    GARBAGE(Property.REGISTER, "Garbage read"),
    THIN_AIR(Property.REGISTER, "Value out of thin air"),
    ABORTED_READ(Property.REGISTER, "Rejected write visible"),
    FUTURE_READ(Property.REGISTER, "Value read before it was written"),
    RESURRECTION(Property.LIFECYCLE, "Ended session came back"),
    OLD_ID_ALIVE(Property.LIFECYCLE, "Old session id still works"),
    STILL_LOGGED_IN(Property.LOGOUT, "Logged out, and still logged in by the old cookie"),
    COOKIE_NOT_RETURNED(Property.COOKIE, "Cookie that a browser does not send back"),
    ID_IN_URL(Property.COOKIE, "Session id in a URL"),
    SESSION_LOST(Property.LIFECYCLE, "Live session lost"),
    SESSION_REPLACED(Property.LIFECYCLE, "Session replaced by a new one"),
    LOGGED_OUT(Property.LOGIN, "User sent back to the login"),
    PREMATURE_EXPIRY(Property.LIFECYCLE, "Session expired too early"),
    FOREIGN_SESSION_LISTED(Property.PRINCIPAL, "Somebody else's session in the list of a user's sessions"),
    ENDED_SESSION_LISTED(Property.PRINCIPAL, "Ended session in the list of a user's sessions"),
    SESSION_NOT_LISTED(Property.PRINCIPAL, "Live session missing in the list of its user's sessions"),
    UNAVAILABLE(Property.AVAILABILITY, "Session unavailable"),
    OVERSTAY(Property.LIFECYCLE, "Session outlived its time"),
    ID_REUSE(Property.LIFECYCLE, "Ended id accepted for a fresh session"),
    FORK_JOINED(Property.SPLIT_BRAIN, "Two nodes took the session different ways, and one way is lost"),
    FORK(Property.SPLIT_BRAIN, "Two nodes took the session different ways"),
    DUAL_OWNER(Property.SPLIT_BRAIN, "Two owners at a time"),
    EPOCH_REUSE(Property.SPLIT_BRAIN, "Ownership epoch used twice"),
    LOST_UPDATE(Property.DOCUMENT, "Lost update"),
    VERSION_CYCLE(Property.DOCUMENT, "Document versions form no chain"),
    TORN(Property.GROUP, "Torn write"),
    PARTIAL_ROLLBACK(Property.GROUP, "Part of a write rolled back"),
    LOST_ACKED_WRITE(Property.LIST, "Acknowledged write lost"),
    LOST_LAST_WRITE(Property.LAST_WRITE, "Last acknowledged write lost"),
    LOST_INCREMENT(Property.DUPLICATES, "Acknowledged increment lost"),
    APPEND_RACE(Property.LIST, "Append lost to the application's own race"),
    INCREMENT_RACE(Property.DUPLICATES, "Increment lost to the application's own race"),
    UPDATE_RACE(Property.DOCUMENT, "Update lost to the application's own race"),
    DUP_APPLY(Property.DUPLICATES, "Request applied twice"),
    DUP_INCREMENT(Property.DUPLICATES, "Increment applied twice"),
    DIVERGENT_ORDER(Property.LIST, "Readers disagree on the order"),
    STALE_READ(Property.REGISTER, "Stale read"),
    OSCILLATION(Property.REGISTER, "Value went back and forth"),
    LOST_OR_MASKED(Property.REGISTER, "Acknowledged write not seen"),
    CHANGE_IN_PLACE_LOST(Property.IN_PLACE, "Change in place not kept"),
    READ_YOUR_WRITES(Property.GUARANTEES, "User does not see own write"),
    MONOTONIC_READS(Property.GUARANTEES, "User went back in time"),
    MONOTONIC_WRITES(Property.GUARANTEES, "User's writes out of order"),
    WRITES_FOLLOW_READS(Property.GUARANTEES, "Write before what it followed"),
    NON_CONVERGENT(Property.CONVERGENCE, "Replicas disagree after quiescence"),
    SILENT_DIVERGENCE(Property.BACKPRESSURE, "Acknowledged without replication and without a sign"),
    WRONG_CLOSE_CODE(Property.WEBSOCKET, "Wrong close code"),
    LATE_CLOSE(Property.WEBSOCKET, "Closed after the drain deadline"),
    WS_LOST(Property.WEBSOCKET, "Message lost over a resume"),
    WS_GAP(Property.WEBSOCKET, "Gap in messages"),
    WS_DUP(Property.WEBSOCKET, "Message delivered twice"),
    WS_REORDER(Property.WEBSOCKET, "Messages out of order"),
    AUDIT_MISSING(Property.AUDIT_TRAIL, "Acknowledged write in no journal"),
    AUDIT_DUP(Property.AUDIT_TRAIL, "Write journaled twice"),
    AUDIT_DIVERGENT(Property.AUDIT_TRAIL, "Journals disagree"),
    AUDIT_ORDER(Property.AUDIT_TRAIL, "Journal order contradicts versions"),
    AUDIT_CLOCK(Property.AUDIT_TRAIL, "Node's clock stepped"),
    ACKED_BEFORE_SAVED(Property.SAVED_BEFORE_ACK, "Acknowledged before saved"),
    IMMORTAL_SESSION(Property.STORE_AUDIT, "Stored session that never expires"),
    MISSING_FIELDS(Property.STORE_AUDIT, "Stored session without mandatory fields"),
    WRONG_TTL(Property.STORE_AUDIT, "Stored session ends at another time than promised"),
    NOT_RENEWED(Property.STORE_AUDIT, "Stored session not renewed when it was used"),
    DANGLING_INDEX(Property.STORE_AUDIT, "Index names a session that is gone"),
    REQUEST_CUT(Property.DRAIN, "Request cut off by a rollout"),
    REQUEST_REJECTED(Property.DRAIN, "Request rejected during a rollout"),
    REPLICATION_LAG(Property.REPLICATION, "Replication slower than allowed");

    private final Property property;
    private final String title;

    Anomaly(Property property, String title) {
        this.property = property;
        this.title = title;
    }

    public Property property() {
        return property;
    }

    /** For people: the headline of a card. */
    public String title() {
        return title;
    }
}
