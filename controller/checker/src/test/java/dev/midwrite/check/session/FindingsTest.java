package dev.midwrite.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.event.UserOperation;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private final Tally tally = new Tally(50);
    private final SessionHistory history =
            history(new Story().create().write(11).read(11).on(2).read(12).lostAnswer());
    private final Findings findings = new Findings(Terms.of(Story.trial(Profile.SESSION, false, 0)), tally);

    static SessionHistory history(Story story) {
        SessionHistory history = new SessionHistory();
        history.begin(1);
        story.operations().forEach(history::add);
        history.seal();
        return history;
    }

    private void stale(int attribute, boolean lasting, int... rows) {
        findings.add(Anomaly.STALE_READ, attribute, 0, lasting, () -> "It is old.", () -> "There is a newer.", rows);
    }

    private Violation only() {
        assertThat(findings.finish()).isTrue();
        assertThat(tally.violations()).hasSize(1);
        return tally.violations().get(0);
    }

    @Test
    void threeAreDescribedAndAllAreCounted() {
        findings.begin(history);
        for (int i = 0; i < 6; i++) {
            stale(1, false, 1, 3);
        }
        stale(2, false, 1, 3);
        findings.finish();

        assertThat(tally.of(Anomaly.STALE_READ).count()).isEqualTo(7);
        assertThat(tally.of(Anomaly.STALE_READ).sessions()).isEqualTo(1);
        assertThat(tally.unsound()).isEqualTo(1);
    }

    /** A lasting one is hard: it must not be counted among those that were there for a moment. */
    @Test
    void theHardOneBehindManySoftOnesIsFound() {
        findings.begin(history);
        for (int i = 0; i < 5; i++) {
            stale(1, false, 1, 3);
        }
        stale(1, true, 1, 3);
        stale(1, true, 1, 3);
        findings.finish();

        assertThat(tally.of(Anomaly.STALE_READ).count(Severity.INFO)).isEqualTo(5);
        assertThat(tally.of(Anomaly.STALE_READ).count(Severity.HARD)).isEqualTo(2);
    }

    @Test
    void onOneNodeNothingIsOnItsWay() {
        findings.begin(history);
        stale(1, false, 1, 2);

        assertThat(only().severity()).isEqualTo(Severity.HARD);
    }

    /** The first row counts as any other, none twice, and what is not known is left out. */
    @Test
    void aWitnessIsToldOnce() {
        findings.begin(history);
        stale(1, false, 0, 2, 0, -1);

        assertThat(only().witness()).containsExactly(history.operation(0), history.operation(2));
    }

    @Test
    void itIsVisibleWhenTheLastOperationHadEnded() {
        findings.begin(history);
        stale(1, false, 2, 0);

        assertThat(only().at()).isEqualTo(history.returned(2));
    }

    @Test
    void whatNeverEndedIsVisibleFromItsBegin() {
        assertThat(history.returned(3)).isEqualTo(UserOperation.NEVER);
        findings.begin(history);
        stale(1, false, 3, 0);

        assertThat(only().at()).isEqualTo(history.invoked(3));
    }

    @Test
    void operationsAreApartByWhatLiesBetween() {
        findings.begin(history);

        assertThat(findings.apart(2, 0))
                .isEqualTo(history.invoked(2) - history.returned(0))
                .isPositive();
        assertThat(findings.apart(0, 2)).isEqualTo(findings.apart(2, 0));
        assertThat(findings.apart(1, 1)).isZero();
    }

    @Test
    void aBrokenSessionDecidesNothingAndTheNextOneDoes() {
        findings.begin(history);
        findings.invalid("Its process overlaps itself.");
        stale(1, true, 1, 3);
        assertThat(findings.finish()).isFalse();
        assertThat(tally.of(Anomaly.STALE_READ).count()).isZero();
        assertThat(tally.of(Anomaly.STALE_READ.property()).reason()).isEqualTo("Its process overlaps itself.");

        findings.begin(history);
        stale(1, true, 1, 3);
        assertThat(findings.finish()).isTrue();
        assertThat(tally.of(Anomaly.STALE_READ).count()).isEqualTo(1);
    }

    @Test
    void aBrokenAttributeTakesItsOwnFindingsBack() {
        BitSet first = new BitSet();
        first.set(0);
        findings.begin(history);
        findings.invalid("A value was written twice.", first);
        stale(0, true, 1, 3);
        stale(1, true, 1, 3);

        assertThat(only().attribute()).isEqualTo(1);
        assertThat(tally.of(Property.REGISTER).inconclusive()).isEqualTo(1);
        assertThat(tally.invalid()).isEqualTo(List.of("A value was written twice."));
    }
}
