package dev.midwrite.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static Violation violation(Anomaly anomaly, Severity severity, long session) {
        return new Violation(anomaly, severity, session, 1, List.of(), "It is so.", "It must not be.", 5, 0, false);
    }

    private static Tally one() {
        Tally tally = new Tally(2);
        tally.sessionSeen();
        tally.checked(Property.REGISTER, 10);
        tally.inconclusive(Property.REGISTER, 2, "b");
        tally.suppressed(Anomaly.STALE_READ, 3);
        tally.violated(violation(Anomaly.STALE_READ, Severity.SOFT, 1), 4);
        tally.sessionViolated(Set.of(Anomaly.STALE_READ));
        tally.compared(true);
        tally.compared(false);
        return tally;
    }

    private static Tally other() {
        Tally tally = new Tally(2);
        tally.sessionSeen();
        tally.sessionSeen();
        tally.checked(Property.REGISTER, 100);
        tally.inconclusive(Property.REGISTER, 20, "a");
        tally.suppressed(Anomaly.STALE_READ, 30);
        tally.violated(violation(Anomaly.STALE_READ, Severity.HARD, 2), 40);
        tally.violated(violation(Anomaly.GARBAGE, Severity.HARD, 3), 1);
        tally.sessionViolated(Set.of(Anomaly.STALE_READ));
        tally.sessionViolated(Set.of(Anomaly.GARBAGE));
        tally.compared(true);
        tally.invalid("Something broke.");
        return tally;
    }

    @Test
    void sessionsAreCountedOnceWhateverTheyShow() {
        Tally tally = one();

        assertThat(tally.sessions()).isEqualTo(1);
        assertThat(tally.unsound()).isEqualTo(1);
        assertThat(tally.of(Anomaly.STALE_READ).sessions()).isEqualTo(1);
        assertThat(tally.of(Anomaly.STALE_READ).count()).isEqualTo(4);
        assertThat(new Story().create().judged().sessions()).isEqualTo(1);
    }

    @Test
    void everythingIsAddedWhateverTheOrder() {
        Tally before = one();
        before.merge(other());
        Tally behind = other();
        behind.merge(one());

        for (Tally both : List.of(before, behind)) {
            assertThat(both.sessions()).isEqualTo(3);
            assertThat(both.unsound()).isEqualTo(3);
            assertThat(both.compared()).isEqualTo(3);
            assertThat(both.drifted()).isEqualTo(2);
            assertThat(both.of(Property.REGISTER).checked()).isEqualTo(110);
            assertThat(both.of(Property.REGISTER).inconclusive()).isEqualTo(22);
            assertThat(both.of(Property.REGISTER).suppressed()).isEqualTo(33);
            assertThat(both.of(Property.REGISTER).reason()).isEqualTo("a");
            assertThat(both.of(Anomaly.STALE_READ).count(Severity.SOFT)).isEqualTo(4);
            assertThat(both.of(Anomaly.STALE_READ).count(Severity.HARD)).isEqualTo(40);
            assertThat(both.of(Anomaly.STALE_READ).sessions()).isEqualTo(2);
            assertThat(both.of(Anomaly.GARBAGE).sessions()).isEqualTo(1);
            assertThat(both.violated(Property.REGISTER))
                    .isEqualTo(44 + (Anomaly.GARBAGE.property() == Property.REGISTER ? 1 : 0));
            assertThat(both.invalid()).containsExactly("Something broke.");
            assertThat(both.violations())
                    .extracting(Violation::severity)
                    .containsSequence(Severity.HARD, Severity.SOFT);
        }
    }

    @Test
    void theMostSevereAreKeptAndAllAreCounted() {
        Tally tally = new Tally(2);
        for (int session = 9; session > 0; session--) {
            tally.violated(violation(Anomaly.STALE_READ, session == 4 ? Severity.HARD : Severity.SOFT, session), 1);
        }

        assertThat(tally.violations()).extracting(Violation::session).containsExactly(4L, 1L);
        assertThat(tally.of(Anomaly.STALE_READ).count()).isEqualTo(9);
    }

    @Test
    void whatGoesByClocksIsTakenBackWithItsSessions() {
        Tally tally = other();
        tally.doubt(Property.REGISTER, Set.of(Anomaly.STALE_READ), "The clocks contradict themselves.");

        assertThat(tally.of(Property.REGISTER).checked()).isZero();
        assertThat(tally.of(Property.REGISTER).inconclusive()).isEqualTo(120);
        assertThat(tally.of(Anomaly.STALE_READ).count()).isZero();
        assertThat(tally.of(Anomaly.GARBAGE).count()).isEqualTo(1);
        assertThat(tally.unsound()).isEqualTo(1);
    }

    @Test
    void tenBrokenAssumptionsAreEnough() {
        Tally tally = new Tally(2);
        IntStream.range(10, 30).forEach(i -> tally.invalid("Broken " + i + "."));

        assertThat(tally.invalid()).hasSize(10).startsWith("Broken 10.").endsWith("Broken 19.");
    }
}
