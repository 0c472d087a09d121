package dev.midwrite.agent.scope;

import dev.midwrite.agent.point.Point;

/** One phase of a process's end, or one of its shutdown hooks. */
public final class Phase extends Passage {
    private final String name;

    /** @param name which of its point's it is, such as a bean's; empty if the point says it */
    public Phase(Point point, String name) {
        super(point);
        this.name = name;
    }

    /** A selector that names a command means it. */
    @Override
    public String command() {
        return name;
    }
}
