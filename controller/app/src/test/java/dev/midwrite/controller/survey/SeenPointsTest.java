package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import org.junit.jupiter.api.Test;

class SeenPointsTest {
    private final SeenPoints seen = new SeenPoints();

    @Test
    void aPointThatIsNamedAloneWasNotPassed() {
        stored(EventType.NAME, "spring.SessionRepository.save");
        stored(EventType.OPERATION, "undertow.Connectors.executeRootHandler");

        assertThat(seen.any("spring.SessionRepository.")).isFalse();
        assertThat(seen.any("undertow.Connectors.")).isTrue();
    }

    private void stored(EventType type, String point) {
        seen.stored(
                "service", 1, new EventRecord(type, 0, 0, 0, 0, 0, 0, 0, 1, Edge.BEFORE, 0, 0, 0, new byte[0]), point);
    }
}
