package dev.midwrite.agent.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was matched and applied since the JVM started, whatever has become of the injection. */
class InjectionTotalsTest {
    private static final long MINUTE = 60_000_000_000L;

    private final Some some = new Some();

    @Test
    void countWhatIsArmed() {
        Injections injections = Some.armed(some.injection());
        fire(injections, 3);
        assertThat(injections.matched()).isEqualTo(3);
        assertThat(injections.applied()).isEqualTo(3);
    }

    @Test
    void keepWhatWasLifted() {
        Injections injections = Some.armed(some.injection());
        fire(injections, 3);
        injections.lift(1, Ending.COMMAND);
        assertThat(injections.armed()).isFalse();
        assertThat(injections.matched()).isEqualTo(3);
        assertThat(injections.applied()).isEqualTo(3);
    }

    @Test
    void keepWhatWasArmedAnew() {
        Injections injections = Some.armed(some.injection());
        fire(injections, 3);
        injections.arm(some.injection(), List.of(Some.SAVE));
        assertThat(injections.counts()).singleElement().matches(counts -> counts.matched() == 0);
        fire(injections, 2);
        assertThat(injections.matched()).isEqualTo(5);
        assertThat(injections.applied()).isEqualTo(5);
    }

    @Test
    void aLeaseHasAnAgeOnceThereIsOne() {
        Injections injections = new Injections();
        assertThat(injections.leaseAge()).isEqualTo(-1);
        injections.lease(MINUTE);
        assertThat(injections.leaseAge()).isBetween(0L, MINUTE);
        assertThat(injections.leaseLeft()).isBetween(1L, MINUTE);
        injections.lease(-MINUTE);
        assertThat(injections.leaseLeft()).isLessThanOrEqualTo(-MINUTE);
    }

    private static void fire(Injections injections, int times) {
        for (int i = 1; i <= times; i++) {
            assertThat(Some.fire(injections, Some.save(1, i))).isNotNull();
        }
    }
}
