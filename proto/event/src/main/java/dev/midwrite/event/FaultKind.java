package dev.midwrite.event;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What happens to an operation that an injection selects. */
public enum FaultKind implements Code {
    NONE,
    /** The operation starts, or ends, later. Amount: nanoseconds. */
    DELAY,
    /** The caller gets an exception. Amount: none. */
    ERROR,
    /** The operation is acknowledged and not applied. Amount: none. */
    DROP,
    /** The process halts: no shutdown hook, no flush. Amount: none. */
    CRASH,
    /** A part of a command's bytes leaves the process, then the process halts. Amount: bytes. */
    TEAR,
    /**
     * The operation is acknowledged now and applied later, in order per session; what is held when the process ends is
     * lost. Amount: nanoseconds.
     */
    LAG,
    /** The operation is applied once more when it is over. Amount: none. */
    DUPLICATE,
    /** The operation is acknowledged now and applied after the session's next. Amount: none. */
    REORDER,
    /** Nothing passes between two nodes: neither what is sent nor what arrives. Amount: none. */
    PARTITION,
    /** The operation does not return before its injection ends. Amount: none. */
    HANG,
    /** One byte of a command is changed on its way out, and all goes on. Amount: which byte, from 0. */
    CORRUPT,
    /** The node's heap is filled to a share. Amount: bytes that are to be in use. */
    PRESSURE,
    /** The session layer's clock goes ahead or behind. Amount: nanoseconds ahead, negative for behind. */
    CLOCK,
    /** A read gives what the same read gave before. Amount: none. */
    STALE,
    /** What is sent leaves at a rate, each connection's one after the other. Amount: bytes that leave. */
    THROTTLE;

    /** With which a process ends that a fault halts: as a shell shows one that SIGKILL ended. */
    public static final int HALT_STATUS = 137;

    /** The largest share for pressure: the JVM needs the rest to collect garbage at all. */
    public static final double MOST_PRESSURE = 0.95;

    /** The farthest that a clock is shifted: beyond it nothing else would happen, and its nanoseconds still fit a record. */
    public static final Duration MOST_OFFSET = Duration.ofDays(3650);

    private static final FaultKind[] VALUES = values();

    @Override
    public int code() {
        return ordinal();
    }

    /** Whether the process ends by it. */
    public boolean halts() {
        return this == CRASH || this == TEAR;
    }

    /** Whether it concerns the bytes of one command, and nothing before or after it. */
    public boolean isInside() {
        return this == TEAR || this == CORRUPT;
    }

    /** Whether the call itself is kept, to be made at another time than its caller made it. */
    public boolean isHeld() {
        return this == LAG || this == REORDER || this == DUPLICATE;
    }

    /** Whether its thread waits. */
    public boolean waits() {
        return this == DELAY || this == HANG || this == THROTTLE;
    }

    /** Whether whoever is hit waits or is told, and once it is lifted nothing is left of it. */
    public boolean passes() {
        return waits() || this == ERROR;
    }

    /** Whether it befalls the node, from when it is armed until it is not, whatever operations pass. */
    public boolean isOfNode() {
        return this == PRESSURE || this == CLOCK;
    }

    /** Whether its amount is a time. */
    public boolean isTimed() {
        return this == DELAY || this == LAG;
    }

    /** The name in drills and documents. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a code of a later version. */
    public static Optional<FaultKind> known(int code) {
        return code >= 0 && code < VALUES.length ? Optional.of(VALUES[code]) : Optional.empty();
    }

    public static FaultKind of(int code) {
        return Code.of(VALUES, code);
    }
}
