package dev.midwrite.event;

/** What a user did to one session. The comments name the fields of {@link UserOperation} that carry meaning. */
public enum OperationKind implements Code {
    NONE,
    /** A new session: {@code incarnation} is the nonce that the application stored in it. */
    CREATE,
    /** A register was read: {@code value} is the write id seen, 0 for none. */
    READ,
    /** A register was written: {@code value} is the write id. */
    WRITE,
    /** An id was appended to the session's list: {@code request} is the id; the reply is as for READ_LIST. */
    APPEND,
    /** The list was read: {@code length}, {@code second} its prefix hash, the payload its last ids or all of them. */
    READ_LIST,
    /** The counter was incremented by one for the logical request {@code request}; {@code value} the reply. */
    INCREMENT,
    /** The counter was read: {@code value}. */
    READ_COUNTER,
    /** All attributes of a group were set to the stamp {@code value}. */
    WRITE_GROUP,
    /** The group was read in one request: the payload holds one stamp per attribute, 0 for none. */
    READ_GROUP,
    /** The document was changed from version {@code second} to version {@code value}. */
    UPDATE,
    /** The document was read: {@code value} is its version, {@code second} its parent version. */
    READ_DOCUMENT,
    /** An attribute was removed. */
    REMOVE,
    /** The user logged out. */
    INVALIDATE,
    /** The session got a new id and kept its content. */
    ROTATE_ID,
    /** Is the session alive? Nothing else is read. */
    PROBE,
    /** The session was used under an id that {@link #ROTATE_ID} or {@link #INVALIDATE} had ended. */
    PROBE_OLD_ID,
    /**
     * The session was ended and another one made in the same request: {@code second} is the other's nonce. What becomes of
     * the other is told under a label of its own, which begins with a CREATE.
     */
    RELOGIN,
    /**
     * A value that the session gave out was changed in place, and not set again: {@code value} is the write id. Where
     * nothing was stored it was set.
     */
    MUTATE,
    /** What {@link #MUTATE} changes was read: {@code value} is the write id seen, 0 for none. */
    READ_MUTATED,
    /**
     * A step of a flow, which the drill describes: {@code attribute} names it, {@code value} is the HTTP status of the
     * answer. ABSENT: the answer was a demand to log in. Of a load of others it is any request, {@code attribute} its method, and
     * {@code second} is 1 if the answer gave another session cookie in the place of the one that came, or took that away.
     */
    STEP,
    /** The session's user logged in by a name: {@code value} is the name's number. */
    LOG_IN,
    /**
     * The sessions of this session's principal were listed: {@code value} is the number of the name, 0 for none; the payload
     * their nonces, 0 for a session without one. With the flag WHOLE only; without it the application lists none.
     */
    LIST_SESSIONS,
    /**
     * All of these sessions but this one were ended: as LIST_SESSIONS, of those that were. Of each that users know there is
     * an INVALIDATE of its own, with the same times and the same request.
     */
    END_OTHERS,
    /**
     * The user logged out as the application has it: a request of its own. Whether the session itself is gone then is the
     * application's affair, but nobody may be logged in by it.
     */
    LOG_OUT,
    /**
     * A page of the application's own for whoever is logged in was asked for with the cookies of before a {@link #LOG_OUT}:
     * {@code attribute} names the page, as that of the step that was shown it before. ABSENT: it was not shown.
     */
    PROBE_LOGGED_OUT;

    private static final OperationKind[] VALUES = values();

    /** Whether it ends the session for good, or what the user was in it. */
    public boolean ends() {
        return this == INVALIDATE || this == RELOGIN || this == LOG_OUT;
    }

    /** Whether it came with an id that its user has no more: what it found is not about the user's own session. */
    public boolean triesOldId() {
        return this == PROBE_OLD_ID || this == PROBE_LOGGED_OUT;
    }

    /**
     * Whether it says something of content: it writes or reads a value that can be told apart from all others, or deals
     * with a session that can be.
     */
    public boolean tellsApart() {
        return switch (this) {
            case NONE, CREATE, PROBE, STEP, LOG_OUT, PROBE_LOGGED_OUT -> false;
            default -> true;
        };
    }

    /** Whether it changes nothing. */
    public boolean reads() {
        return switch (this) {
            case READ,
                    READ_LIST,
                    READ_COUNTER,
                    READ_GROUP,
                    READ_DOCUMENT,
                    READ_MUTATED,
                    LIST_SESSIONS,
                    PROBE,
                    PROBE_OLD_ID,
                    PROBE_LOGGED_OUT -> true;
            default -> false;
        };
    }

    /** Whether its answer gives the user a session's id, and nothing else in {@code second}. */
    public boolean givesId() {
        return this == CREATE || this == ROTATE_ID;
    }

    @Override
    public int code() {
        return ordinal();
    }

    public static OperationKind of(int code) {
        return Code.of(VALUES, code);
    }
}
