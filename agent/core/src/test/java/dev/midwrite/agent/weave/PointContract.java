package dev.midwrite.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.fault.Passage;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.OpenGate;
import dev.midwrite.agent.point.Place;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PossibleFaults;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every point owes its host. A point's test says how to call it and how to see that its body ran. */
abstract class PointContract {
    private static final byte[] KEY = {1, 2, 3};
    private static final long DELAY_NANOS = 5_000_000;
    private static final long A_MINUTE_IN_NANOS = 60_000_000_000L;

    private final MemoryJournal journal = new MemoryJournal();
    private Decision decision;
    private Edge edge = Edge.NONE;
    private long achieved;
    private boolean lifted;
    private int happened;
    private int spared;

    /** The point under test. */
    abstract Place place();

    /** Calls the woven method once. */
    abstract void call();

    /** Whether the last call had its effect. */
    abstract boolean bodyRan();

    /** Prepares one call while the gate is closed. */
    abstract void prepare() throws ReflectiveOperationException;

    /** The gate has been opened: what must be handed out by a woven repository is fetched now. */
    void opened() {}

    @AfterEach
    void close() {
        Gate.open = null;
    }

    @Test
    void dormantItIsTransparent() throws ReflectiveOperationException {
        prepare();
        call();
        assertThat(bodyRan()).isTrue();
        assertThat(journal.records).isEmpty();
    }

    @Test
    void recordingSaysBeforeAndAfter() throws ReflectiveOperationException {
        prepare();
        open();
        call();
        assertThat(bodyRan()).isTrue();
        assertThat(records()).extracting(EventRecord::edge).containsExactly(Edge.BEFORE, Edge.AFTER);
        assertThat(records())
                .extracting(EventRecord::scope)
                .containsOnly(records().get(0).scope());
    }

    @Test
    void anErrorBeforeReachesTheCallerAndTheBodyDoesNotRun() throws ReflectiveOperationException {
        prepare();
        inject(FaultKind.ERROR, Edge.BEFORE, UnsupportedOperationException.class.getName());
        assertThatThrownBy(this::call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(place().pointName());
        assertThat(bodyRan()).isFalse();
    }

    @Test
    void anErrorAfterReachesTheCallerAndTheBodyHasRun() throws ReflectiveOperationException {
        prepare();
        inject(FaultKind.ERROR, Edge.AFTER, "");
        assertThatThrownBy(this::call).hasMessageContaining("injected by Midwrite");
        assertThat(bodyRan()).isTrue();
    }

    /** Or, where nobody could acknowledge in the body's place, does not happen at all. */
    @Test
    void aDropIsAcknowledgedAndNotApplied() throws ReflectiveOperationException {
        boolean possible = PossibleFaults.reason(FaultKind.DROP, place().kind(), Edge.BEFORE)
                .isEmpty();
        prepare();
        inject(FaultKind.DROP, Edge.BEFORE, "");
        assertThatCode(this::call).doesNotThrowAnyException();
        assertThat(bodyRan()).isEqualTo(!possible);
        assertThat(journal.records)
                .filteredOn(record -> record.type() == EventType.FAULT)
                .hasSize(possible ? 1 : 0);
        assertThat(happened).isEqualTo(possible ? 1 : 0);
    }

    @Test
    void aDelayIsAnnouncedAndItsLengthIsSaid() throws ReflectiveOperationException {
        prepare();
        inject(FaultKind.DELAY, Edge.BEFORE, "");
        call();
        assertThat(bodyRan()).isTrue();
        assertThat(achieved).isGreaterThanOrEqualTo(DELAY_NANOS);
        assertThat(journal.records)
                .extracting(EventRecord::type)
                .containsSubsequence(EventType.FAULT, EventType.FAULT_DONE);
    }

    @Test
    void aDelayEndsWithItsInjectionWhileAnotherIsArmed() throws ReflectiveOperationException {
        prepare();
        lifted = true;
        decision = new Decision(7, FaultKind.DELAY, A_MINUTE_IN_NANOS, 0, "", false);
        edge = Edge.BEFORE;
        open();
        call();
        assertThat(bodyRan()).isTrue();
        assertThat(achieved).isLessThan(A_MINUTE_IN_NANOS);
    }

    @Test
    void withoutARecordThereIsNoFault() throws ReflectiveOperationException {
        prepare();
        inject(FaultKind.ERROR, Edge.BEFORE, "");
        journal.full = true;
        assertThatCode(this::call).doesNotThrowAnyException();
        assertThat(bodyRan()).isTrue();
        assertThat(happened).as("a fault that was not made does not count").isZero();
        assertThat(spared).isEqualTo(1);
    }

    @Test
    void aMistakeOfOursIsCountedAndDoesNotReachTheHost() throws ReflectiveOperationException {
        prepare();
        open();
        journal.broken = true;
        long before = OpenGate.suppressedErrors();
        assertThatCode(this::call).doesNotThrowAnyException();
        assertThat(bodyRan()).isTrue();
        assertThat(OpenGate.suppressedErrors()).isGreaterThan(before);

        journal.broken = false;
        prepare();
        call();
        assertThat(records()).as("the next call is recorded again").isNotEmpty();
    }

    @Test
    void anAgentThatKeepsFailingInjectsNothing() throws ReflectiveOperationException {
        prepare();
        inject(FaultKind.ERROR, Edge.BEFORE, "");
        journal.broken = true;
        call();
        call();
        journal.broken = false;
        prepare();
        assertThatCode(this::call).doesNotThrowAnyException();
        assertThat(bodyRan()).isTrue();
    }

    /** What the point under test has journaled. */
    final List<EventRecord> records() {
        return journal.records.stream()
                .filter(record -> journal.pointOf(record).equals(place().pointName()))
                .toList();
    }

    private void inject(FaultKind fault, Edge at, String error) {
        decision = new Decision(7, fault, fault == FaultKind.DELAY ? DELAY_NANOS : 0, 0, error, false);
        edge = at;
        open();
    }

    /** Opens the gate. */
    final void open() {
        Gate.open = new OpenGate(journal, new OneDecision(), KEY, () -> {});
        opened();
    }

    private final class OneDecision implements Decider {
        @Override
        public boolean armed() {
            return decision != null;
        }

        @Override
        public boolean armed(int injection) {
            return !lifted;
        }

        @Override
        public void happened(Decision done) {
            happened++;
        }

        @Override
        public void spared(Passage passage, Decision not) {
            spared++;
        }

        @Override
        public Decision decide(Passage passage) {
            return passage.pointName.equals(place().pointName()) && passage.edge == edge ? decision : null;
        }

        @Override
        public void achieved(Decision done, long nanos) {
            achieved = nanos;
        }
    }
}
