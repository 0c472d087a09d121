package dev.midwrite.event;

/** Where in an operation an event or a fault lies. */
public enum Edge implements Code {
    NONE,
    /** Before the operation. */
    BEFORE,
    /** After step k of the operation: the store has answered the step's command. */
    STEP,
    /** Inside step k: some of the command's bytes have left the process. */
    INSIDE,
    /** After the operation's effect, before its caller knows. */
    AFTER;

    private static final Edge[] VALUES = values();

    @Override
    public int code() {
        return ordinal();
    }

    public static Edge of(int code) {
        return Code.of(VALUES, code);
    }
}
