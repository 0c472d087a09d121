package dev.midwrite.agent.point;

import dev.midwrite.event.PointKind;
import java.util.List;

/**
 * What became of one point in this JVM.
 *
 * @param reason why it failed, is disabled, or, of a user's, still waits; empty otherwise
 * @param classes that carry it
 */
public record PointReport(Point point, State state, String reason, List<String> classes) {

    /** Same meaning as Point.State of the link. */
    public enum State {
        WAITING,
        WOVEN,
        FAILED,
        DISABLED
    }

    /** Stable, such as {@code spring.SessionRepository.save}. */
    public String name() {
        return point.name();
    }

    /** Its class is there, and does not carry it. */
    public boolean isNowhere() {
        return state == State.FAILED && classes.isEmpty();
    }

    public PointKind kind() {
        return point.kind();
    }
}
