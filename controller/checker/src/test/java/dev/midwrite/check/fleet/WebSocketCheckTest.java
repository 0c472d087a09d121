package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.WebSocketCheck.Close;
import dev.midwrite.check.fleet.WebSocketCheck.Delivery;
import dev.midwrite.check.fleet.WebSocketCheck.Stream;
import dev.midwrite.check.session.Tally;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketCheckTest {
    private static final long NEVER = WebSocketCheck.NEVER;
    private static final long RESUME_BY = 100;
    private static final long ERROR = 5;
    private final Tally tally = new Tally(20);

    private List<Anomaly> found() {
        return tally.violations().stream().map(Violation::anomaly).toList();
    }

    private long inconclusive() {
        return tally.of(Property.WEBSOCKET).inconclusive();
    }

    /** Messages delivered at time 50. */
    private long atOnce(long sent, long confirmed, Long... numbers) {
        return stream(
                sent,
                confirmed,
                RESUME_BY,
                1000,
                Arrays.stream(numbers).map(number -> new Delivery(number, 50)).toArray(Delivery[]::new));
    }

    private long stream(long sent, long confirmed, long resumeBy, long observedUntil, Delivery... delivered) {
        return WebSocketCheck.stream(
                new Stream(1, sent, confirmed, resumeBy, observedUntil, List.of(delivered)),
                ERROR,
                Profile.STRONG,
                tally);
    }

    private void close(int code, long at, boolean draining) {
        WebSocketCheck.close(
                new Close(1, code, WebSocketCheck.GOING_AWAY, at, draining, 100), ERROR, Profile.STRONG, tally);
    }

    @Test
    void inOrderAndOnce() {
        assertThat(atOnce(4, 3, 1L, 2L, 3L, 4L)).isZero();
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isZero();
        assertThat(tally.of(Property.WEBSOCKET).checked()).isEqualTo(4);
    }

    @Test
    void theTailThatNobodyConfirmedMayBeLost() {
        assertThat(atOnce(7, 2, 1L, 2L, 3L)).isEqualTo(4);
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isZero();
    }

    @Test
    void confirmedAndNotDelivered() {
        assertThat(atOnce(9, 6, 1L, 3L)).isEqualTo(3);
        assertThat(found()).containsExactlyInAnyOrder(Anomaly.WS_LOST, Anomaly.WS_LOST);
        assertThat(tally.violations())
                .extracting(Violation::what)
                .containsExactlyInAnyOrder(
                        "Message 2 was confirmed and never delivered.",
                        "Messages 4 to 6 were confirmed and never delivered.");
    }

    @Test
    void aResumeThatBringsItTooLate() {
        stream(1, 1, RESUME_BY, 1000, new Delivery(1, RESUME_BY));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isZero();
        stream(1, 1, RESUME_BY, 1000, new Delivery(1, RESUME_BY + ERROR));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(1);
        stream(1, 1, RESUME_BY, 1000, new Delivery(1, RESUME_BY + ERROR + 1));
        assertThat(found()).containsExactly(Anomaly.WS_LOST);
    }

    @Test
    void whoeverStopsListeningBeforeTheDeadlineKnowsNothingOfTheRest() {
        stream(3, 3, RESUME_BY, RESUME_BY - 1, new Delivery(1, 50));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(2);
        stream(3, 3, RESUME_BY, RESUME_BY, new Delivery(1, 50));
        assertThat(found()).containsExactly(Anomaly.WS_LOST);
    }

    @Test
    void aConversationThatWasNeverResumed() {
        stream(3, 3, NEVER, 1000, new Delivery(1, 50), new Delivery(2, 5000));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(1);
    }

    @Test
    void aReceiverThatSaidNothing() {
        assertThat(atOnce(3, 0)).isEqualTo(3);
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(1);
        assertThat(atOnce(0, 0)).isZero();
        assertThat(inconclusive()).isEqualTo(1);
    }

    @Test
    void gapsDuplicatesAndReorder() {
        atOnce(5, 0, 1L, 5L);
        assertThat(found()).containsExactly(Anomaly.WS_GAP);
        assertThat(tally.violations().get(0).what())
                .isEqualTo("Messages 2 to 4 were never delivered, although later ones came.");
        atOnce(2, 0, 1L, 1L);
        atOnce(2, 0, 2L, 1L);
        assertThat(found()).containsExactlyInAnyOrder(Anomaly.WS_GAP, Anomaly.WS_DUP, Anomaly.WS_REORDER);
        assertThat(tally.of(Anomaly.WS_REORDER).count()).isEqualTo(1);
    }

    @Test
    void aMessageThatNobodySentMakesTheRunInvalid() {
        atOnce(2, 0, 1L, 3L);
        assertThat(tally.invalid()).containsExactly("A WebSocket receiver got message 3 of 2.");
        assertThat(found()).isEmpty();
    }

    @Test
    void goingAwayInTime() {
        close(1001, 100, true);
        close(1006, 500, false);
        assertThat(found()).isEmpty();
        assertThat(tally.of(Property.WEBSOCKET).checked()).isEqualTo(1);
    }

    @Test
    void anyOtherCodeWhileDraining() {
        close(1006, 90, true);
        assertThat(found()).containsExactly(Anomaly.WRONG_CLOSE_CODE);
    }

    @Test
    void aCloseAfterTheDeadline() {
        close(1001, 105, true);
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(1);
        close(1001, 106, true);
        assertThat(found()).containsExactly(Anomaly.LATE_CLOSE);
    }

    @Test
    void aConnectionThatIsNeverClosed() {
        close(0, NEVER, true);
        assertThat(found()).containsExactly(Anomaly.LATE_CLOSE);
        assertThat(tally.violations().get(0).what()).contains("never closed");
    }

    @Test
    void everyMessageThatIsOwedIsChecked() {
        atOnce(9, 6, 1L, 3L);
        assertThat(tally.of(Property.WEBSOCKET).checked()).isEqualTo(6);
    }

    @Test
    void aCloseIsLateByMoreThanTheClockError() {
        close(1001, 100, true);
        assertThat(inconclusive()).isZero();
        close(1001, 100 + ERROR, true);
        assertThat(inconclusive()).isEqualTo(1);
        assertThat(found()).isEmpty();
        close(1001, 101 + ERROR, true);
        assertThat(tally.violations()).singleElement().satisfies(late -> {
            assertThat(late.anomaly()).isEqualTo(Anomaly.LATE_CLOSE);
            assertThat(late.at()).isEqualTo(101 + ERROR);
            assertThat(late.gapNanos()).isEqualTo(1 + ERROR);
        });
    }

    @Test
    void aCloseThatNeverCameIsLateFromTheDeadlineOn() {
        close(1001, NEVER, true);
        assertThat(tally.violations())
                .singleElement()
                .satisfies(late -> assertThat(late.at()).isEqualTo(100));
    }
}
