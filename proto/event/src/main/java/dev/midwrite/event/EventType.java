package dev.midwrite.event;

/** What a node's journal record says. */
public enum EventType implements Code {
    /** Record 0 of an incarnation: node, incarnation and clocks in the payload. See {@link Incarnation}. */
    HEADER,
    /** A name written once per incarnation: {@code point} is the number that later records use, the payload is UTF-8. */
    NAME,
    /** An edge of an operation at a point. */
    OPERATION,
    /** A fault that is about to happen: {@code outcome} is the {@link FaultKind}, {@code digest} the requested amount. */
    FAULT,
    /** A fault that ended while the process lived: {@code digest} is the achieved amount (for a delay: nanoseconds). */
    FAULT_DONE,
    /** Recording started or stopped, or the JVM entered a phase of its shutdown: {@code point} names the phase. */
    LIFECYCLE;

    private static final EventType[] VALUES = values();

    @Override
    public int code() {
        return ordinal();
    }

    public static EventType of(int code) {
        return Code.of(VALUES, code);
    }
}
