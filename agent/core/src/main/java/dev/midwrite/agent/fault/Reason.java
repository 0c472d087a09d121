package dev.midwrite.agent.fault;

/** What keeps an injection from an operation at its point. The words stand in journals. */
public enum Reason {
    EDGE("edge"),
    STEP("step"),
    COMMAND("command"),
    PEER("peer"),
    NEW("new"),
    DIRTY("dirty"),
    LABEL("sessions"),
    SHARE("share"),
    LEASE("lease"),
    AFTER("after"),
    EVERY("every"),
    PROBABILITY("probability"),
    AT_MOST("at-most"),
    /** The host's policy permits no more in this second or minute. */
    RATE("rate"),
    /** The host's policy spares sessions that have no label. */
    UNLABELLED("unlabelled"),
    /** Another injection has this operation, or the thread must not wait. */
    TAKEN("taken"),
    /** Decided, and then neither journaled nor done. */
    SPARED("spared");

    private final String word;

    Reason(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
