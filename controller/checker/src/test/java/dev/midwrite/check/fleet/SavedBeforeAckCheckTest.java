package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.WriteSave.Order;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One finding for all that is alike, with how many, how far and on which thread; silence for what was saved first. */
class SavedBeforeAckCheckTest {
    private long requests;

    private WriteSave save(String node, Order order, boolean late, double gapMillis, String thread) {
        requests++;
        UserOperation operation = new UserOperation(
                OperationKind.WRITE,
                requests,
                100 + requests % 2,
                7,
                requests * 1000,
                requests * 1000 + 500,
                requests,
                0,
                requests,
                1,
                1,
                1,
                0,
                1,
                Outcome.OK,
                0,
                new long[0]);
        return new WriteSave(operation, node, order, late, (long) (gapMillis * 1e6), thread);
    }

    private static Tally check(Profile profile, WriteSave... writes) {
        Tally tally = new Tally(50);
        SavedBeforeAckCheck.check(List.of(writes), profile, tally);
        return tally;
    }

    @Test
    void whatWasSavedFirstIsChecked() {
        Tally tally = check(
                Profile.STRONG,
                save("node-1", Order.SAVED_FIRST, false, 0, ""),
                save("node-2", Order.SAVED_FIRST, false, 0, ""));
        assertThat(tally.of(Property.SAVED_BEFORE_ACK).checked()).isEqualTo(2);
        assertThat(tally.violations()).isEmpty();
    }

    @Test
    void manyOfOneKindAreOneFindingWithTheLargestGap() {
        Tally tally = check(
                Profile.SESSION,
                save("node-1", Order.ANSWERED_FIRST, false, 1.5, "saver-1"),
                save("node-1", Order.SAVED_FIRST, false, 0, ""),
                save("node-1", Order.ANSWERED_FIRST, false, 12.34, "saver-2"),
                save("node-1", Order.ANSWERED_FIRST, false, 3, "saver-3"));
        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.gapNanos()).isEqualTo(12_340_000);
            assertThat(violation.what())
                    .isEqualTo(
                            "node-1 began the answer of 3 of 4 acknowledged writes before the session was saved, up to"
                                    + " 12.3 ms too early; the save ended later, on thread 'saver-2'.");
        });
        assertThat(tally.violated(Property.SAVED_BEFORE_ACK)).isEqualTo(3);
        assertThat(tally.unsound()).isEqualTo(2);
    }

    @Test
    void writesAfterTheAnswerAndWritesNeverSavedAreFindingsOfTheirOwn() {
        Tally tally = check(
                Profile.STRONG,
                save("node-1", Order.ANSWERED_FIRST, true, 2, ""),
                save("node-1", Order.NEVER_SAVED, false, 0, ""),
                save("node-2", Order.NEVER_SAVED, true, 0, ""));
        assertThat(tally.violations())
                .extracting(Violation::what)
                .containsExactlyInAnyOrder(
                        "node-1 began the answer of 1 of 2 acknowledged writes before the session was even changed, and"
                                + " saved it up to 2.0 ms later.",
                        "node-1 never saved 1 of 2 acknowledged writes.",
                        "node-2 never saved 1 of 1 acknowledged writes, made after their answers had begun.");
    }

    @Test
    void aJournalWithGapsDecidesNothing() {
        Tally tally = check(Profile.STRONG, save("node-1", Order.UNKNOWN, false, 0, ""));
        assertThat(tally.of(Property.SAVED_BEFORE_ACK).checked()).isZero();
        assertThat(tally.of(Property.SAVED_BEFORE_ACK).inconclusive()).isOne();
    }

    @Test
    void aStoreThatPromisesLittleIsNotFailedForIt() {
        Tally tally = check(Profile.EVENTUAL, save("node-1", Order.ANSWERED_FIRST, false, 1, "saver"));
        assertThat(tally.violations()).extracting(Violation::severity).containsExactly(Severity.SOFT);
    }
}
