package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.event.FaultKind;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final long SECOND = 1_000_000_000;

    private final Lines lines = new Lines();
    private final Object connection = new Object();

    @Test
    void whatLeavesByOneConnectionLeavesOneAfterTheOther() {
        assertThat(lines.put(connection, "", throttle(1, 1000), 500, at(0))).isEqualTo(SECOND / 2);
        assertThat(lines.put(connection, "", throttle(1, 1000), 1000, at(0))).isEqualTo(3 * SECOND / 2);
        assertThat(lines.put(connection, "", throttle(1, 1000), 1000, at(SECOND)))
                .as("half a second of it is over by then")
                .isEqualTo(3 * SECOND / 2);
    }

    @Test
    void aLineThatWasIdleOwesNothingAndSavesNothing() {
        lines.put(connection, "", throttle(1, 1000), 500, at(0));
        assertThat(lines.put(connection, "", throttle(1, 1000), 500, at(10 * SECOND)))
                .isEqualTo(SECOND / 2);
    }

    @Test
    void otherConnectionsAndOtherNodesHaveLinesOfTheirOwn() {
        lines.put(connection, "", throttle(1, 1000), 5000, at(0));
        assertThat(lines.put(new Object(), "", throttle(1, 1000), 500, at(0))).isEqualTo(SECOND / 2);
        lines.put(null, "10.0.0.1:4000", throttle(1, 1000), 5000, at(0));
        assertThat(lines.put(null, "10.0.0.2:4000", throttle(1, 1000), 500, at(0)))
                .isEqualTo(SECOND / 2);
        assertThat(lines.put(null, new String("10.0.0.1:4000"), throttle(1, 1000), 500, at(0)))
                .as("a node is the same by whatever object its name comes")
                .isEqualTo(11 * SECOND / 2);
    }

    @Test
    void whatWaitedForAnInjectionThatIsOverHoldsUpNoLaterOne() {
        lines.put(connection, "", throttle(1, 1), 3600, at(0));
        assertThat(lines.put(connection, "", throttle(2, 1000), 500, at(0))).isEqualTo(SECOND / 2);
    }

    @Test
    void theLargestCommandAtTheLowestRateIsNoOverflow() {
        assertThat(lines.put(connection, "", throttle(1, 1), Integer.MAX_VALUE, 0))
                .isEqualTo(Integer.MAX_VALUE * SECOND);
    }

    /** The monotonic clock may be anywhere, and pass its end. */
    private static long at(long nanos) {
        return Long.MAX_VALUE - SECOND + nanos;
    }

    private static Decision throttle(int injection, long rate) {
        return new Decision(injection, FaultKind.THROTTLE, rate, 0, "", false);
    }
}
