package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.NodeArmed;
import dev.midwrite.link.v1.NodeLifted;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DryRunReportTest {
    private final DryRunReport report = new DryRunReport(Duration.ofMillis(1_500));

    private String begin(Armed.Builder armed) {
        return report.begin(NodeArmed.newBuilder().setNode("n1").setArmed(armed).build());
    }

    private String end(Lifted.Cause cause) {
        return report.end(NodeLifted.newBuilder()
                .setNode("n1")
                .setLifted(Lifted.newBuilder()
                        .setCause(cause)
                        .setCounts(Applied.newBuilder().setMatched(340).setApplied(12)))
                .build());
    }

    @Test
    void saysWhereItCounts() {
        assertThat(begin(Armed.newBuilder().setCounting(true).addPoints("a").addPoints("b")))
                .isEqualTo("n1: injects nothing, counts for 1.5 s at a, b");
        assertThat(begin(Armed.newBuilder().setCounting(true).addImpossible("no")))
                .isEqualTo("n1: injects nothing, counts for 1.5 s at no point yet; impossible elsewhere: no");
    }

    @Test
    void saysWhyItDoesNot() {
        assertThat(begin(Armed.newBuilder().setRefusal("policy.properties:2: no")))
                .isEqualTo("n1: would be refused: policy.properties:2: no");
        assertThat(begin(Armed.newBuilder().addPoints("a")))
                .isEqualTo("n1: its agent is of an earlier version and cannot count");
    }

    @Test
    void saysWhatWouldHaveBeenHitAndHowLongItCounted() {
        assertThat(end(Lifted.Cause.COMMAND)).isEqualTo("n1: 12 of 340 matched passages would have been hit");
        assertThat(end(Lifted.Cause.LEASE)).endsWith("would have been hit, counted until the link broke");
        assertThat(end(Lifted.Cause.CAUSE_UNSPECIFIED)).endsWith(", counted until the node was gone");
    }
}
