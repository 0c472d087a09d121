package dev.midwrite.event;

/**
 * How an operation ended, with Jepsen's meaning: ok must have taken effect, fail must not have, info may have.
 *
 * <p>In a journal record: ok returned, fail threw, info was skipped or is not known.
 */
public enum Outcome implements Code {
    NONE,
    OK,
    FAIL,
    INFO;

    private static final Outcome[] VALUES = values();

    @Override
    public int code() {
        return ordinal();
    }

    public static Outcome of(int code) {
        return Code.of(VALUES, code);
    }
}
