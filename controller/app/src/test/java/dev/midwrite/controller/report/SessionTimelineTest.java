package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Violation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionTimelineTest {

    private static String picture(NodeInstant... more) {
        ReportInput run = SampleRun.hostile();
        ReportInput with = new ChangedInput(run)
                .instants(
                        Stream.concat(run.instants().stream(), Stream.of(more)).toList())
                .build();
        Violation violation = run.judgement().cards().get(0).violation();
        return new SessionTimeline(with, violation, run.operations().apply(violation.session())).picture();
    }

    private static NodeInstant at(String node, NodeInstant.Kind kind) {
        return new NodeInstant(SampleRun.at(1), node, kind, 0, 0, "paused", "");
    }

    @Test
    void aNodeThatIsOnlyInTheJournalsHasALane() {
        assertThat(picture(at("pod-7", NodeInstant.Kind.UP)))
                .contains(">pod-7<")
                .isNotEqualTo(picture());
    }

    /** It is on the course, above all nodes. */
    @Test
    void whatConcernsNoNodeHasNone() {
        assertThat(picture(at("", NodeInstant.Kind.ROLLOUT))).isEqualTo(picture());
    }
}
