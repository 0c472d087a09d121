package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.effect.OpenGate;
import dev.midwrite.agent.fault.Counts;
import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injection;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What befalls the node begins when it is armed, once, and ends with its injection. */
class NodeFaultsTest {
    private static final long AN_HOUR = 3_600_000_000_000L;

    private final Catalogue catalogue = new Catalogue(Libraries.all());
    private final MemoryJournal journal = new MemoryJournal();
    private final Injections injections = new Injections();
    private final OpenGate gate =
            new OpenGate(catalogue, journal, injections, null, new byte[] {1, 2, 3}, false, () -> {}, () -> {});

    @AfterEach
    void end() {
        injections.lift(0, Ending.COMMAND);
    }

    @Test
    void beginsOnceAndEndsWhenLifted() {
        injections.lease(AN_HOUR);
        arm(0.01, AN_HOUR);
        gate.node(point -> true);
        gate.node(point -> true);
        assertThat(journal.records).extracting(EventRecord::type).containsExactly(EventType.FAULT);
        assertThat(journal.pointOf(journal.records.get(0))).isEqualTo("jvm.Heap");
        assertThat(journal.records.get(0).digest())
                .as("bytes that are to be in use")
                .isEqualTo((long) (0.01 * Runtime.getRuntime().maxMemory()));
        assertThat(injections.counts()).extracting(Counts::matched).containsExactly(1L);
        assertThat(injections.counts()).extracting(Counts::applied).containsExactly(1L);
        injections.lift(7, Ending.COMMAND);
        awaitEnds(1);
    }

    @Test
    void endsWhenItsTimeOrTheLeaseIsOverThoughNobodySweeps() {
        injections.lease(AN_HOUR);
        arm(0.01, 50_000_000);
        gate.node(point -> true);
        awaitEnds(1);
        arm(0.01, AN_HOUR);
        gate.node(point -> true);
        injections.lease(0);
        awaitEnds(2);
    }

    @Test
    void waitsForALeaseAndForItsPoint() {
        arm(0.01, AN_HOUR);
        gate.node(point -> true);
        injections.lease(AN_HOUR);
        gate.node(point -> false);
        assertThat(journal.records).isEmpty();
        gate.node(point -> true);
        assertThat(journal.records).extracting(EventRecord::type).containsExactly(EventType.FAULT);
    }

    @Test
    void aClockIsShiftedAtThePointThatIsThereAndGoesRightAgain() {
        Point there = catalogue.all().stream()
                .filter(point -> point.name().equals("spring.Session.clock"))
                .findFirst()
                .orElseThrow();
        injections.lease(AN_HOUR);
        arm(FaultKind.CLOCK, "session.clock", 0, -AN_HOUR, AN_HOUR);
        gate.node(point -> point == there);
        assertThat(journal.records).singleElement().satisfies(record -> {
            assertThat(journal.pointOf(record)).isEqualTo("spring.Session.clock");
            assertThat(record.digest()).isEqualTo(-AN_HOUR);
        });
        await().until(() -> behind(there) > 3_500_000);
        injections.lift(7, Ending.COMMAND);
        awaitEnds(1);
        assertThat(behind(there)).isLessThan(60_000);
    }

    @Test
    void eachPointBeginsOnceHoweverManyThereAre() {
        injections.lease(AN_HOUR);
        arm(FaultKind.CLOCK, "session.clock", 0, AN_HOUR, AN_HOUR);
        for (int time = 0; time < 3; time++) {
            gate.node(point -> true);
        }
        assertThat(journal.records)
                .filteredOn(record -> record.type() == EventType.FAULT)
                .extracting(journal::pointOf)
                .doesNotHaveDuplicates()
                .hasSize(5);
        assertThat(injections.counts()).extracting(Counts::applied).containsExactly(5L);
    }

    private static long behind(Point point) {
        return System.currentTimeMillis() - Gate.millis(point.number());
    }

    @Test
    void withoutARecordThereIsNoFault() {
        injections.lease(AN_HOUR);
        journal.full = true;
        arm(0.01, AN_HOUR);
        gate.node(point -> true);
        assertThat(journal.records).isEmpty();
        assertThat(injections.counts()).extracting(Counts::applied).containsExactly(0L);
    }

    private void awaitEnds(int ends) {
        await().until(() -> journal.records.stream()
                        .filter(record -> record.type() == EventType.FAULT_DONE)
                        .count()
                == ends);
    }

    private void arm(double share, long ttl) {
        arm(FaultKind.PRESSURE, "node", share, 0, ttl);
    }

    private void arm(FaultKind fault, String at, double share, long amount, long ttl) {
        Injection injection = new Injection(
                7,
                fault,
                at,
                Edge.BEFORE,
                0,
                "",
                Set.of(),
                false,
                false,
                1,
                Set.of(),
                1,
                1,
                0,
                0,
                amount,
                share,
                "",
                42,
                42,
                ttl);
        List<Point> selected =
                catalogue.all().stream().filter(injection::selects).toList();
        injections.arm(injection, selected);
    }
}
