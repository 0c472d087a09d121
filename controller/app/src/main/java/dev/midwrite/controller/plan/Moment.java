package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * When a step is due.
 *
 * @param at not earlier than this, since the timeline's start
 * @param when what it waits for from then on; empty for nothing
 * @param within for so long after {@code at} it waits
 * @param optional if that is over it is left out; otherwise the drill is not what its author meant
 * @param line in the drill file, for messages
 */
public record Moment(Duration at, Optional<Condition> when, Duration within, boolean optional, int line) {

    /** In the place of a line: nobody has written the step. */
    public static final int BY_HAND = 0;

    /** Where the step stands, to begin a sentence. */
    public String place() {
        return line == BY_HAND ? "By hand" : "Line " + line;
    }

    /** On time, whatever is up or down. */
    public static Moment at(Duration at, int line) {
        return new Moment(at, Optional.empty(), Duration.ZERO, false, line);
    }
}
