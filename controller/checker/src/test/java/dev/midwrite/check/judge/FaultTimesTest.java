package dev.midwrite.check.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Story;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When something went wrong is told from the fault, and the time it struck, that came last before it. */
class FaultTimesTest {

    private static Trial.Fault fault(String name, long from, long to, long... struck) {
        return new Trial.Fault(
                1,
                name,
                "session.save",
                "node-1",
                Story.millis(from),
                Story.millis(to),
                struck.length,
                struck.length,
                LongStream.of(struck)
                        .mapToObj(at -> new Trial.Happening("node-1", 3, Story.millis(at), 0, 0, 0, ""))
                        .toList());
    }

    private static String when(long at, Trial.Fault... faults) {
        Trial trial = Trial.of(Profile.STRONG).faults(List.of(faults)).build();
        return new FaultTimes(trial)
                .when(new Violation(
                        Anomaly.STALE_READ, Severity.HARD, 1, 0, List.of(), "", "", Story.millis(at), 0, false));
    }

    @Test
    void theLastOfSeveralCounts() {
        Trial.Fault drop = fault("drop", 100, 900, 200, 400, 600);
        assertThat(when(450, drop)).isEqualTo("50.0 ms into drop at session.save on node-1.");
        assertThat(when(700, drop)).isEqualTo("100.0 ms into drop at session.save on node-1.");
        assertThat(when(950, drop)).isEqualTo("350.0 ms after drop at session.save on node-1.");
        Trial.Fault delay = fault("delay", 500, 550, 500);
        assertThat(when(520, drop, delay)).isEqualTo("20.0 ms into delay at session.save on node-1.");
        assertThat(when(560, drop, delay)).isEqualTo("60.0 ms after delay at session.save on node-1.");
        assertThat(when(700, drop, delay)).isEqualTo("100.0 ms into drop at session.save on node-1.");
    }

    @Test
    void whatCameLaterExplainsNothing() {
        Trial.Fault drop = fault("drop", 100, 900, 200);
        assertThat(when(50, drop)).isEqualTo("Before any fault had an effect.");
        assertThat(when(150, drop)).isEqualTo("50.0 ms into drop at session.save on node-1.");
        assertThat(when(150, fault("drop", 100, 900))).isEqualTo("Before any fault had an effect.");
        assertThat(when(150)).isEqualTo("No fault was injected.");
    }
}
