package dev.midwrite.agent.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock of its own, which overflows while the tests go on. */
class LeaseTest {
    private static final long MILLI = 1_000_000;
    private static final long LEASE = 2_000 * MILLI;

    private final Some some = new Some();
    private final List<Ending> endings = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1_000 * MILLI;
    private long scopes;
    private Injections injections;

    @BeforeEach
    void begin() {
        injections = new Injections(() -> now, Rate.UNLIMITED);
        injections.onEnd((counts, ending) -> endings.add(ending));
    }

    private void pass(long millis) {
        now += millis * MILLI;
    }

    private boolean fires() {
        return Some.fire(injections, Some.save(1, ++scopes)) != null;
    }

    private void arm() {
        injections.arm(some.injection(), List.of(Some.SAVE));
    }

    @Test
    void countsFromWhatItAnswersAndNotFromItsArrival() {
        injections.lease(now - 1_500 * MILLI, LEASE);
        arm();
        assertThat(fires()).isTrue();
        pass(499);
        assertThat(fires()).isTrue();
        pass(1);
        assertThat(fires()).isFalse();
    }

    @Test
    void oneThatWasOnItsWayForLongerThanItLastsIsOverWhenItArrives() {
        arm();
        injections.lease(now - 3_000 * MILLI, LEASE);
        assertThat(fires()).isFalse();
        assertThat(injections.leaseLeft()).isEqualTo(-1_000 * MILLI);
        assertThat(injections.leaseAge()).isZero();
    }

    @Test
    void leasesThatArriveLateAndAllAtOnceProlongNothing() {
        arm();
        injections.lease(now, LEASE);
        long began = now;
        pass(4_000);
        for (int sent = 500; sent <= 2_000; sent += 500) {
            injections.lease(began + sent * MILLI, LEASE);
            assertThat(fires()).isFalse();
        }
        assertThat(endings).containsExactly(Ending.LEASE);
    }

    @Test
    void anAnswerToWhatHasNotBeenSaidYetCountsFromNow() {
        arm();
        injections.lease(now + 60_000 * MILLI, LEASE);
        pass(1_999);
        assertThat(fires()).isTrue();
        pass(1);
        assertThat(fires()).isFalse();
    }

    @Test
    void whatIsUnderWayEndsWithTheLeaseThoughNobodySweeps() {
        injections.lease(LEASE);
        arm();
        pass(1_999);
        assertThat(injections.armed(some.id)).isTrue();
        pass(1);
        assertThat(injections.armed(some.id)).isFalse();
    }

    @Test
    void whatWasArmedUnderALeaseThatHasEndedDoesNotComeBackWithTheNext() {
        injections.lease(LEASE);
        arm();
        pass(2_000);
        injections.lease(LEASE);
        assertThat(injections.armed(some.id)).isFalse();
        assertThat(endings).containsExactly(Ending.LEASE);
        arm();
        assertThat(fires()).as("armed again as soon as there is a lease").isTrue();
    }

    @Test
    void whatIsArmedBetweenTwoLeasesWaitsForTheNext() {
        injections.lease(LEASE);
        pass(5_000); // The host stood still.
        arm();
        injections.sweep();
        assertThat(fires()).isFalse();
        pass(1_999);
        injections.sweep();
        injections.lease(LEASE);
        assertThat(fires()).isTrue();
        assertThat(endings).isEmpty();
    }

    @Test
    void whatIsForbiddenNeitherFiresNorLastsThoughNobodyLifts() {
        injections.lease(LEASE);
        arm();
        injections.forbid(true);
        assertThat(injections.armed(some.id)).isFalse();
        assertThat(fires()).isFalse();
        injections.forbid(false);
        assertThat(fires()).isTrue();
    }

    @Test
    void butNotForEver() {
        pass(5_000);
        arm();
        pass(2_000);
        injections.sweep();
        assertThat(injections.armed()).isFalse();
        assertThat(endings).containsExactly(Ending.LEASE);
    }
}
