package dev.midwrite.controller.sweep;

import dev.midwrite.event.Edge;
import java.util.Locale;

/** What happens at each position of a sweep. */
public enum SweptFault {
    /** The node dies, and is started again. */
    CRASH("crash", "the node died"),
    /** The call stays there for longer than its user waits, and goes on. */
    DELAY("delay, delay: 3s", "the call was held up"),
    /** The call fails. */
    ERROR("error", "the call failed"),
    /** The call returns as if it had been made. */
    DROP("drop", "the call was left out");

    private final String keys;
    private final String head;

    SweptFault(String keys, String head) {
        this.keys = keys;
        this.head = head;
    }

    /** As on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a table's column of positions. */
    String head() {
        return head;
    }

    /** The keys of an injection, for a timeline. */
    String keys() {
        return "fault: " + keys;
    }

    boolean ends() {
        return this == CRASH;
    }

    /** Whether it can happen there: what has begun cannot be left out. */
    boolean happensAt(Position position) {
        return this != DROP || position.edge() == Edge.BEFORE;
    }
}
