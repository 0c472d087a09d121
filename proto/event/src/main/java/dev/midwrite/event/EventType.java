package dev.midwrite.event;

/** What a node's journal record says. */
public enum EventType implements Code {
    /** Record 0 of an incarnation: node, incarnation and clocks in the payload. See {@link Incarnation}. */
    HEADER,
    /**
     * A name written once per incarnation: {@code point} is the number that later records use, {@code outcome} the
     * {@link PointKind} of the point with this name, the payload is UTF-8.
     */
    NAME,
    /**
     * An edge of an operation at a point. The payload of one that failed is the class names of the exception and its
     * causes, one a line; that of a save's begin the name of a thread that serves no request, or another one.
     */
    OPERATION,
    /** A fault that is about to happen: {@code outcome} is the {@link FaultKind}, {@code digest} the requested amount. */
    FAULT,
    /** A fault that ended while the process lived: {@code digest} is the achieved amount (for a delay: nanoseconds). */
    FAULT_DONE,
    /** Recording started or stopped, or the JVM entered a phase of its shutdown: {@code point} names the phase. */
    LIFECYCLE,
    /**
     * Where this application keeps its sessions: the payload is UTF-8 lines, {@code key=} with {@code {id}} in the place
     * of a session's id, {@code address=host:port} and, where it is known, {@code database=}. Written once for each.
     */
    LOCATION,
    /**
     * An injection has ended, and something kept it from operations at its point: the payload is UTF-8 lines, each a
     * word and a count, {@code probability=15}.
     */
    HELD_BACK,
    /**
     * What of a session a command takes to its store ({@link Edge#BEFORE}), or has brought from there ({@link Edge#AFTER}):
     * the payload is of each attribute two longs, little-endian, the keyed hash of its name and the keyed digest of its
     * bytes, {@link #EMPTY} for none. Written only for a controller that asks for it.
     */
    CONTENT;

    /** The digest of no bytes. */
    public static final long EMPTY = 0;

    private static final EventType[] VALUES = values();

    @Override
    public int code() {
        return ordinal();
    }

    public static EventType of(int code) {
        return Code.of(VALUES, code);
    }
}
