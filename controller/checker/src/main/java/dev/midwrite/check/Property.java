package dev.midwrite.check;

/** What a check decides; the label is the name in drills, reports and documents ({@code docs/checks/<label>.md}). */
public enum Property {
    REGISTER("register", "Reads of an attribute fit one order of its writes"),
    DOCUMENT("document", "No update of the session document is overwritten unseen"),
    LIST("list", "No acknowledged append is lost, and all readers agree on the order"),
    LAST_WRITE("last-write", "The last acknowledged write of an attribute is there in the end"),
    GROUP("group", "Attributes written together are seen together"),
    GUARANTEES("guarantees", "A user sees their own writes, and never goes back in time"),
    IN_PLACE("in-place", "A value that is changed in place stays changed, although nobody sets it again"),
    PRINCIPAL("principal", "The list of a user's sessions names those that live, and no others"),
    LIFECYCLE("lifecycle", "A live session stays, an ended one stays away"),
    AVAILABILITY("availability", "A node that runs serves every live session in the end"),
    LOGIN("login", "Who has logged in stays so until the session ends"),
    LOGOUT("logout", "Who has logged out is not logged in by the cookie of before"),
    COOKIE("cookie", "A browser sends back the cookies that hold a session"),
    DUPLICATES("duplicates", "A retried request applies at most once"),
    SPLIT_BRAIN("split-brain", "No two nodes own one session at a time"),
    CONVERGENCE("convergence", "All replicas agree after quiescence"),
    REPLICATION("replication", "How long an acknowledged write is on one node only"),
    BACKPRESSURE("backpressure", "A store that cannot replicate says so"),
    WEBSOCKET("websocket", "Messages survive a close and resume, and closes carry the right code"),
    AUDIT_TRAIL("audit-trail", "Every acknowledged write is in a journal, once and in order"),
    SAVED_BEFORE_ACK("saved-before-ack", "A session is saved before the answer to its write begins"),
    NODES("nodes", "A node runs until it is asked to end"),
    DRAIN("drain", "Nobody notices that a rollout replaces a node"),
    STORE_AUDIT("store-audit", "What lies in the store after quiescence is whole and will expire in time");

    private final String label;
    private final String promise;

    Property(String label, String promise) {
        this.label = label;
        this.promise = promise;
    }

    public String label() {
        return label;
    }

    /** What holds if this property is true, in one sentence. */
    public String promise() {
        return promise;
    }
}
