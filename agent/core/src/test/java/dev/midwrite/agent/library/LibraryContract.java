package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.effect.OpenGate;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * What every point owes its host. A library's test says for each of its points how to call it; which of the properties
 * hold is read from the point's role and from what it says it cannot do.
 */
public abstract class LibraryContract {
    /** Of the header that requests of users carry. */
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final long A_MINUTE_IN_NANOS = 60_000_000_000L;
    /** They have a begin that is journaled and a body that can be kept from running. */
    private static final Set<Role> CALLS =
            EnumSet.of(Role.OPERATION, Role.CHANGE, Role.STEP, Role.ADOPT, Role.REQUEST, Role.COMMIT, Role.PHASE);

    /** The library under test. */
    abstract Library library();

    /** Those that the points need beside the ones that the agent knows; made anew at each call. */
    List<Library> more() {
        return List.of();
    }

    /** A way to call each of its points, by the point's name. */
    abstract Map<String, Supplier<Subject>> subjects();

    @TestFactory
    final Stream<DynamicNode> points() {
        Map<String, Supplier<Subject>> subjects = subjects();
        List<String> names = library().points().stream()
                .filter(point -> point.role() != Role.NODE && point.role() != Role.HOOK) // Nothing calls there.
                .map(Point::name)
                .toList();
        assertThat(subjects.keySet()).as("a subject for each point").containsExactlyInAnyOrderElementsOf(names);
        return names.stream().map(name -> new Contract(name, subjects.get(name), this::more).tests());
    }

    /** All properties of one point. */
    private record Contract(String name, Supplier<Subject> subject, Supplier<List<Library>> more) {

        DynamicContainer tests() {
            List<DynamicTest> tests = new ArrayList<>();
            Point point = new Rig(name, subject.get(), more.get()).point;
            add(tests, "dormant it is transparent", Contract::dormant);
            add(tests, "a mistake of ours is counted and does not reach the host", Contract::mistake);
            if (CALLS.contains(point.role()) && subject.get().isCalled()) {
                add(tests, "recording says before and after", Contract::recording);
                add(tests, "recording it is transparent", Contract::transparent);
                for (FaultKind fault : FaultKind.values()) {
                    addFault(tests, point, fault);
                }
                add(tests, "an agent that keeps failing injects nothing", Contract::keepsFailing);
            }
            return DynamicContainer.dynamicContainer(name, tests);
        }

        private void addFault(List<DynamicTest> tests, Point point, FaultKind fault) {
            if (fault == FaultKind.NONE || fault.isInside() || fault == FaultKind.STALE) {
                return; // What happens to bytes and replies is the libraries' own tests'.
            }
            for (Edge edge : new Edge[] {Edge.BEFORE, Edge.AFTER}) {
                String test = fault.label() + " " + edge.name().toLowerCase(java.util.Locale.ROOT);
                if (point.reason(fault, edge).isPresent()) {
                    add(tests, test + " is refused with its reason", rig -> refused(rig, fault, edge));
                } else {
                    add(tests, test + " is announced and happens", rig -> happens(rig, fault, edge));
                }
            }
            if (fault == FaultKind.DELAY && point.reason(fault, Edge.BEFORE).isEmpty()) {
                add(tests, "a delay ends with its injection while another is armed", Contract::lifted);
            }
            if (fault == FaultKind.ERROR && point.reason(fault, Edge.BEFORE).isEmpty()) {
                add(tests, "without a record there is no fault", Contract::unrecorded);
                add(tests, "the usual exception is one that the host has", Contract::usualError);
            }
        }

        private void add(List<DynamicTest> tests, String what, ThrowingConsumer<Rig> property) {
            tests.add(DynamicTest.dynamicTest(what, () -> {
                try (Rig rig = new Rig(name, subject.get(), more.get())) {
                    rig.prepare();
                    property.accept(rig);
                }
            }));
        }

        private static void dormant(Rig rig) throws Exception {
            rig.call();
            assertThat(rig.subject.bodyRan()).isTrue();
            assertThat(rig.journal.records).isEmpty();
        }

        private static void transparent(Rig rig) throws Exception {
            rig.open();
            rig.call();
            assertThat(rig.subject.bodyRan()).isTrue();
            assertThat(rig.faults()).isEmpty();
            Gate.open = null;
            rig.prepare();
            rig.call();
            assertThat(rig.subject.bodyRan()).as("and dormant again").isTrue();
        }

        private static void recording(Rig rig) throws Exception {
            rig.open();
            rig.call();
            List<EventRecord> records = rig.records();
            if (rig.point.role() == Role.STEP) {
                assertThat(records).extracting(EventRecord::edge).containsExactly(Edge.BEFORE);
                assertThat(records).extracting(EventRecord::step).containsExactly(1);
                assertThat(rig.journal.records)
                        .filteredOn(record -> record.edge() == Edge.STEP)
                        .as("a step is written once at the most: its reply may be another point's")
                        .hasSizeLessThanOrEqualTo(1);
                return;
            }
            assertThat(records).extracting(EventRecord::edge).containsExactly(Edge.BEFORE, Edge.AFTER);
            assertThat(records)
                    .extracting(EventRecord::scope)
                    .containsOnly(records.get(0).scope());
            if (rig.point.role() == Role.REQUEST) {
                assertThat(records.get(0).payload())
                        .as("the trace that the request's header names")
                        .isEqualTo(TRACE.getBytes(StandardCharsets.US_ASCII));
                assertThat(records.get(1).payload()).isEmpty();
            }
        }

        private static void happens(Rig rig, FaultKind fault, Edge edge) throws Exception {
            if (edge == Edge.AFTER && !endsWithItsCall(rig)) {
                return;
            }
            if (fault.isHeld()) {
                held(rig, fault);
                return;
            }
            rig.lifted = fault == FaultKind.HANG; // Else it would be for ever.
            if (fault == FaultKind.THROTTLE) {
                rig.inject(fault, edge, "", Rig.RATE);
            } else {
                rig.inject(fault, edge, fault == FaultKind.ERROR ? UnsupportedOperationException.class.getName() : "");
            }
            boolean before = edge == Edge.BEFORE;
            switch (fault) {
                case ERROR -> {
                    rig.subject.failsWith(UnsupportedOperationException.class, rig::call);
                    assertThat(rig.subject.bodyRan()).isEqualTo(!before);
                }
                case DROP, PARTITION -> {
                    assertThatCode(rig::call).doesNotThrowAnyException();
                    assertThat(rig.subject.bodyRan()).isFalse();
                }
                case DELAY -> {
                    rig.call();
                    assertThat(rig.subject.bodyRan()).isTrue();
                    assertThat(rig.achieved).isGreaterThanOrEqualTo(Rig.DELAY_NANOS);
                    assertThat(rig.journal.records)
                            .extracting(EventRecord::type)
                            .containsSubsequence(EventType.FAULT, EventType.FAULT_DONE);
                }
                case THROTTLE -> {
                    rig.call();
                    assertThat(rig.subject.bodyRan()).isTrue();
                    assertThat(rig.faults().get(0).digest()).as("bytes").isPositive();
                    assertThat(rig.achieved)
                            .isGreaterThanOrEqualTo(rig.faults().get(0).digest() * Rig.NANOS_PER_BYTE);
                }
                case HANG -> {
                    rig.call();
                    assertThat(rig.subject.bodyRan()).isTrue();
                    assertThat(rig.journal.records)
                            .extracting(EventRecord::type)
                            .containsSubsequence(EventType.FAULT, EventType.FAULT_DONE);
                }
                default -> {
                    rig.call();
                    int announced = rig.journal.records.indexOf(rig.faults().get(0));
                    assertThat(rig.heldAtItsEnd).as("announced, then ended").isEqualTo(announced + 1);
                }
            }
            assertThat(rig.faults()).hasSize(1);
            assertThat(rig.faults().get(0).edge()).isEqualTo(edge);
            assertThat(rig.happened).isEqualTo(1);
        }

        /** Acknowledged and made when the injection ends, or made twice; each time it is in the journal. */
        private static void held(Rig rig, FaultKind fault) throws Exception {
            rig.inject(fault, Edge.BEFORE, "", A_MINUTE_IN_NANOS);
            assertThatCode(rig::call).doesNotThrowAnyException();
            assertThat(rig.subject.bodyRan()).isEqualTo(fault == FaultKind.DUPLICATE);
            assertThat(rig.faults()).hasSize(1);
            assertThat(rig.happened).isEqualTo(1);
            rig.lifted = true;
            await().atMost(Duration.ofSeconds(60)).until(() -> rig.ends() == 2);
            assertThat(rig.subject.bodyRan()).isTrue();
            if (fault != FaultKind.DUPLICATE) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(rig.journal.records)
                                .extracting(EventRecord::type)
                                .containsSubsequence(EventType.FAULT, EventType.FAULT_DONE));
            }
        }

        /** The end of a step that another thread answers is another point's. */
        private static boolean endsWithItsCall(Rig rig) throws Exception {
            if (rig.point.role() != Role.STEP) {
                return true;
            }
            rig.open();
            rig.call();
            boolean ends = rig.journal.records.stream().anyMatch(record -> record.edge() == Edge.STEP);
            Gate.open = null;
            rig.journal.records.clear();
            rig.prepare();
            return ends;
        }

        private static void refused(Rig rig, FaultKind fault, Edge edge) throws Exception {
            assertThat(rig.point.reason(fault, edge).orElseThrow())
                    .startsWith(fault.label() + " at ")
                    .contains(" is impossible: ");
            rig.inject(fault, edge, ""); // A decider that is wrong: it must not even be announced.
            assertThatCode(rig::call).doesNotThrowAnyException();
            assertThat(rig.subject.bodyRan()).isTrue();
            assertThat(rig.faults()).isEmpty();
            assertThat(rig.happened).isZero();
        }

        private static void lifted(Rig rig) throws Exception {
            rig.lifted = true;
            rig.inject(FaultKind.DELAY, Edge.BEFORE, "", A_MINUTE_IN_NANOS);
            rig.call();
            assertThat(rig.subject.bodyRan()).isTrue();
            assertThat(rig.achieved).isLessThan(A_MINUTE_IN_NANOS);
        }

        private static void unrecorded(Rig rig) throws Exception {
            rig.inject(FaultKind.ERROR, Edge.BEFORE, "");
            rig.journal.full = true;
            assertThatCode(rig::call).doesNotThrowAnyException();
            assertThat(rig.subject.bodyRan()).isTrue();
            assertThat(rig.happened)
                    .as("a fault that was not made does not count")
                    .isZero();
            assertThat(rig.spared).isEqualTo(1);
        }

        private static void usualError(Rig rig) throws Exception {
            rig.inject(FaultKind.ERROR, Edge.BEFORE, "");
            rig.subject.failsWith(Throwable.class, rig::call);
            assertThat(rig.subject.failure)
                    .hasMessageContaining("injected by Midwrite at " + rig.point.name())
                    .hasMessageNotContaining("cannot make");
        }

        private static void mistake(Rig rig) throws Exception {
            rig.open();
            rig.broken = true;
            long before = OpenGate.suppressedErrors();
            assertThatCode(rig::call).doesNotThrowAnyException();
            assertThat(rig.subject.bodyRan()).isTrue();
            if (CALLS.contains(rig.point.role()) && rig.subject.isCalled()) {
                assertThat(OpenGate.suppressedErrors()).isGreaterThan(before);
                rig.broken = false;
                rig.prepare();
                rig.subject.opened();
                rig.call();
                assertThat(rig.records()).as("the next call is recorded again").isNotEmpty();
            }
        }

        private static void keepsFailing(Rig rig) throws Exception {
            FaultKind fault =
                    rig.point.reason(FaultKind.ERROR, Edge.BEFORE).isEmpty() ? FaultKind.ERROR : FaultKind.DELAY;
            rig.inject(fault, Edge.BEFORE, "");
            Gate.open.failed(new IllegalStateException("one"), rig.point.number());
            Gate.open.failed(new IllegalStateException("two"), rig.point.number());
            assertThatCode(rig::call).doesNotThrowAnyException();
            assertThat(rig.subject.bodyRan()).isTrue();
            assertThat(rig.faults()).isEmpty();
        }
    }
}
