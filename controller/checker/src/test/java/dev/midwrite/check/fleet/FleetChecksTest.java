package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.fleet.AuditTrailCheck.Entry;
import dev.midwrite.check.fleet.AuditTrailCheck.Trail;
import dev.midwrite.check.fleet.BackpressureCheck.Treatment;
import dev.midwrite.check.fleet.OwnershipCheck.Hold;
import dev.midwrite.check.fleet.ReplicationCheck.Mode;
import dev.midwrite.check.fleet.ReplicationCheck.Replicated;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FleetChecksTest {
    private static final long NEVER = Long.MAX_VALUE;
    private final Tally tally = new Tally(10);

    private List<Anomaly> found() {
        return tally.violations().stream().map(violation -> violation.anomaly()).toList();
    }

    @Nested
    class Ownership {

        private void check(Hold... holds) {
            OwnershipCheck.check(1, List.of(holds), 5, Profile.SESSION, tally);
        }

        @Test
        void oneAfterTheOther() {
            check(new Hold("a", 1, 0, 100, List.of(50L)), new Hold("b", 2, 100, 200, List.of(150L)));
            assertThat(found()).isEmpty();
            assertThat(tally.of(Property.SPLIT_BRAIN).checked()).isEqualTo(2);
        }

        @Test
        void twoThatBothWrite() {
            check(new Hold("a", 1, 0, 100, List.of(90L)), new Hold("b", 2, 50, 200, List.of(60L)));
            assertThat(found()).containsExactly(Anomaly.DUAL_OWNER);
        }

        @Test
        void twoOfWhichOneIsQuiet() {
            check(new Hold("a", 1, 0, 100, List.of(10L)), new Hold("b", 2, 50, 200, List.of(60L)));
            assertThat(found()).isEmpty();
        }

        @Test
        void withinTheClockErrorNobodyKnows() {
            check(new Hold("a", 1, 0, 100, List.of(95L)), new Hold("b", 2, 92, 200, List.of(96L)));
            assertThat(found()).isEmpty();
            assertThat(tally.of(Property.SPLIT_BRAIN).inconclusive()).isEqualTo(1);
        }

        @Test
        void oneEpochForTwo() {
            check(new Hold("a", 7, 0, 10, List.of()), new Hold("b", 7, 20, 30, List.of()));
            assertThat(found()).containsExactly(Anomaly.EPOCH_REUSE);
        }
    }

    @Nested
    class Replication {

        private Mode mode(int confirmed, int unconfirmed) {
            List<Replicated> writes =
                    new ArrayList<>(Collections.nCopies(confirmed, new Replicated(1, "steady", "b", 10, 5, true)));
            writes.addAll(Collections.nCopies(unconfirmed, new Replicated(1, "steady", "b", 10, 50, false)));
            return ReplicationCheck.modes(writes).get(0).mode();
        }

        @Test
        void modes() {
            assertThat(mode(299, 0)).isEqualTo(Mode.SYNC);
            assertThat(mode(298, 0)).isEqualTo(Mode.UNDECIDED);
            assertThat(mode(0, 300)).isEqualTo(Mode.ASYNC);
            assertThat(mode(200, 100)).isEqualTo(Mode.MIXED);
        }

        @Test
        void budget() {
            List<Replicated> writes = List.of(
                    new Replicated(1, "steady", "b", 100, 150, false),
                    new Replicated(2, "steady", "b", 100, 203, false),
                    new Replicated(3, "steady", "b", 100, 300, false),
                    new Replicated(4, "steady", "b", 100, NEVER, false),
                    new Replicated(5, "steady", "b", 100, 300, true));
            ReplicationCheck.check(writes, OptionalLong.of(100), 5, Profile.STRONG, tally);
            assertThat(tally.of(Anomaly.REPLICATION_LAG).count()).isEqualTo(2);
            assertThat(tally.of(Property.REPLICATION).inconclusive()).isEqualTo(1);
        }

        @Test
        void withoutABudgetLagIsOnlyMeasured() {
            ReplicationCheck.check(
                    List.of(new Replicated(1, "steady", "b", 0, NEVER, false)),
                    OptionalLong.empty(),
                    5,
                    Profile.STRONG,
                    tally);
            assertThat(found()).isEmpty();
        }
    }

    @Nested
    class Backpressure {

        private BackpressureCheck.Write write(
                Outcome outcome, long took, boolean replicated, boolean signalled, long applied) {
            return new BackpressureCheck.Write(1, 0, took, outcome, replicated, signalled, applied);
        }

        @Test
        void treatments() {
            var counts = BackpressureCheck.check(
                    List.of(
                            write(Outcome.OK, 10, true, false, 5),
                            write(Outcome.OK, 100, true, false, 90),
                            write(Outcome.FAIL, 10, false, false, NEVER),
                            write(Outcome.INFO, 10, false, false, NEVER),
                            write(Outcome.OK, 10, false, true, 500),
                            write(Outcome.OK, 10, false, false, 500)),
                    20,
                    Profile.STRONG,
                    tally);
            assertThat(counts)
                    .hasSize(Treatment.values().length)
                    .allSatisfy((kind, count) -> assertThat(count).isEqualTo(1));
            assertThat(tally.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.anomaly()).isEqualTo(Anomaly.SILENT_DIVERGENCE);
                assertThat(violation.severity()).isEqualTo(Severity.HARD);
            });
        }

        @Test
        void exposureCurve() {
            var exposure = BackpressureCheck.exposure(List.of(
                    write(Outcome.OK, 10, false, false, 30),
                    write(Outcome.OK, 20, false, false, 40),
                    write(Outcome.OK, 30, false, false, NEVER),
                    write(Outcome.OK, 10, true, false, 5)));
            assertThat(exposure.most()).isEqualTo(2);
            assertThat(exposure.writeNanos()).isEqualTo(40);
            assertThat(exposure.never()).isEqualTo(1);
        }
    }

    @Nested
    class WebSocket {

        private void stream(long confirmed, Long... delivered) {
            WebSocketCheck.stream(new WebSocketCheck.Stream(1, confirmed, List.of(delivered)), Profile.STRONG, tally);
        }

        private void close(int code, long at, boolean draining) {
            WebSocketCheck.close(new WebSocketCheck.Close(1, code, at, draining, 100), Profile.STRONG, tally);
        }

        @Test
        void inOrderAndOnce() {
            stream(3, 1L, 2L, 3L, 4L);
            close(1001, 90, true);
            close(1006, 500, false);
            assertThat(found()).isEmpty();
        }

        @Test
        void everyWayToGoWrong() {
            stream(2, 1L, 3L);
            assertThat(found()).containsExactly(Anomaly.WS_LOST);
            stream(0, 1L, 3L);
            stream(0, 1L, 1L);
            stream(0, 2L, 1L);
            close(1006, 90, true);
            close(1001, 101, true);
            assertThat(found())
                    .containsExactlyInAnyOrder(
                            Anomaly.WS_LOST,
                            Anomaly.WS_GAP,
                            Anomaly.WS_DUP,
                            Anomaly.WS_REORDER,
                            Anomaly.WRONG_CLOSE_CODE,
                            Anomaly.LATE_CLOSE);
        }
    }

    @Nested
    class AuditTrail {

        private Trail trail(String node, boolean complete, Entry... entries) {
            return new Trail(node, complete, List.of(entries));
        }

        private void check(List<Long> acknowledged, Trail... trails) {
            AuditTrailCheck.check(1, acknowledged, List.of(trails), true, 5, Profile.STRONG, tally);
        }

        @Test
        void allThere() {
            check(
                    List.of(1L, 2L),
                    trail("a", true, new Entry(1, 10, 10), new Entry(2, 20, 20)),
                    trail("b", true, new Entry(1, 11, 5), new Entry(2, 21, 15)));
            assertThat(found()).isEmpty();
        }

        @Test
        void missingOnlyIfTrailsAreComplete() {
            check(List.of(1L), trail("a", false));
            assertThat(found()).isEmpty();
            assertThat(tally.of(Property.AUDIT_TRAIL).inconclusive()).isEqualTo(1);
            check(List.of(1L), trail("a", true));
            assertThat(found()).containsExactly(Anomaly.AUDIT_MISSING);
        }

        @Test
        void twiceOutOfOrderSetClockAndDivergent() {
            check(List.of(1L), trail("a", true, new Entry(1, 10, 10), new Entry(1, 11, 11)));
            check(List.of(1L, 2L), trail("a", true, new Entry(2, 10, 10), new Entry(1, 20, 20)));
            check(List.of(1L, 2L), trail("a", true, new Entry(1, 10, 10), new Entry(2, 100_000_000, 20)));
            check(List.of(1L), trail("a", true, new Entry(1, 10, 10)), trail("b", true));
            assertThat(found())
                    .containsExactlyInAnyOrder(
                            Anomaly.AUDIT_DUP, Anomaly.AUDIT_ORDER, Anomaly.AUDIT_CLOCK, Anomaly.AUDIT_DIVERGENT);
        }
    }
}
