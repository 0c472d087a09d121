package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.users.UserClock;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProgressFileTest {
    private final ProgressFile file =
            new ProgressFile(DrillFile.parse(Path.of("some.yaml"), """
                            version: 1
                            store: {kind: redis}
                            nodes: {command: "{java} -jar shop.jar"}
                            users: {sessions: 1, workloads: [list], duration: 1s}
                            """), RunClock.of(UserClock.start()));

    private void happens(FaultKind fault) {
        file.stored(
                "node-1",
                1,
                new EventRecord(EventType.FAULT, 0, 0, 0, 0, 0, 0, 0, 1, Edge.BEFORE, fault.code(), 0, 1, new byte[0]),
                "spring.SessionRepository.save");
    }

    @Test
    void faultsThatHappenedAreToldByKind() {
        assertThat(file.words()).isEmpty();
        happens(FaultKind.DROP);
        happens(FaultKind.DELAY);
        happens(FaultKind.DROP);
        assertThat(file.words()).isEqualTo(", faults applied: delay 1, drop 2");
    }
}
