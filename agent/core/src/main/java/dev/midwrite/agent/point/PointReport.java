package dev.midwrite.agent.point;

import dev.midwrite.event.PointKind;
import java.util.List;

/**
 * What became of one point in this JVM.
 *
 * @param name stable, such as {@code spring.SessionRepository.save}
 * @param reason why it failed or is disabled; empty otherwise
 * @param classes that carry it
 */
public record PointReport(String name, PointKind kind, State state, String reason, List<String> classes) {

    /** Same meaning as Point.State of the link. */
    public enum State {
        WAITING,
        WOVEN,
        FAILED,
        DISABLED
    }
}
