package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injection;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.library.MemoryJournal;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is acknowledged and made later: when, in which order, and what the journal says of it. */
class HeldCallsTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final long A_MILLISECOND = 1_000_000;
    private static final long AN_HOUR = 3_600_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store = new Store();
    private final Catalogue catalogue = new Catalogue(List.of(store));
    private final MemoryJournal journal = new MemoryJournal();
    private final Injections injections = new Injections();
    private final Gate gate = new OpenGate(catalogue, journal, injections, null, KEY, false, () -> {}, () -> {});
    /** The calls that were made, in their order. */
    private final List<String> made = new CopyOnWriteArrayList<>();

    private volatile ClassLoader seenLoader;

    /** Saves, deletes and sends what its caller does not wait for. */
    private static final class Store extends Library {
        final Point save =
                point("Store.save", PointKind.SESSION_SAVE, Role.OPERATION).holds();
        final Point delete =
                point("Store.delete", PointKind.SESSION_DELETE, Role.OPERATION).holds();
        final Point set = point("Session.set", PointKind.SESSION_SET, Role.CHANGE);
        final Point send =
                point("Store.send", PointKind.REPLICA_SEND, Role.STEP).alone().holds();

        Store() {
            super("test");
        }
    }

    @AfterEach
    void nothingStaysHeld() {
        injections.lift(0, Ending.COMMAND);
    }

    @Test
    void whatLagsIsAcknowledgedAndMadeLater() {
        arm(1, FaultKind.LAG, "session.save", A_MILLISECOND);
        save("s1", this, "one");
        await().atMost(PATIENCE).until(() -> records(EventType.FAULT_DONE).size() == 1);
        assertThat(made).containsExactly("one");
        // After a lag so short the call may be made before its caller's thread goes on.
        assertThat(edges("test.Store.save"))
                .containsExactlyInAnyOrder("BEFORE NONE", "AFTER INFO", "BEFORE NONE", "AFTER OK");
        assertThat(journal.records).extracting(EventRecord::scope).containsOnly(scope());
        assertThat(records(EventType.FAULT_DONE).get(0).digest()).isGreaterThanOrEqualTo(A_MILLISECOND);
    }

    @Test
    void untilThenNothingIsMade() {
        arm(1, FaultKind.LAG, "session.save", AN_HOUR);
        save("s1", this, "one");
        assertThat(made).isEmpty();
        assertThat(records(EventType.FAULT_DONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenItsInjectionOrTheLeaseEndsAllIsMadeInOrder(boolean lease) {
        arm(1, FaultKind.LAG, "session.save", AN_HOUR);
        List<String> names = IntStream.range(0, 200).mapToObj(i -> "save " + i).toList();
        names.forEach(name -> save("s1", new Object(), name));
        assertThat(made).isEmpty();
        if (lease) {
            injections.lease(0);
            injections.sweep();
        } else {
            injections.lift(1, Ending.COMMAND);
        }
        await().atMost(PATIENCE).until(() -> records(EventType.FAULT_DONE).size() == names.size());
        assertThat(made).containsExactlyElementsOf(names);
    }

    @Test
    void whatFollowsInTheSessionIsHeldBehindItAndCountsOnce() {
        arm(1, FaultKind.LAG, "session.save", AN_HOUR);
        save("s1", this, "save");
        call(store.delete, "s1", "", null, "delete");
        call(store.delete, "s2", "", null, "delete of another");
        assertThat(made).containsExactly("delete of another");
        assertThat(records(EventType.FAULT)).as("whatever is held is announced").hasSize(2);
        assertThat(injections.applied()).isEqualTo(1);
        injections.lift(1, Ending.COMMAND);
        await().atMost(PATIENCE).until(() -> made.size() == 3);
        assertThat(made).containsExactly("delete of another", "save", "delete");
    }

    @Test
    void aSessionThatChangesIsSavedBefore() {
        arm(1, FaultKind.LAG, "session.save", AN_HOUR);
        Object session = new Object();
        save("s1", session, "as it was saved");
        Object set = gate.enter(store.set.number(), session, "s1", "name", "value");
        assertThat(made).containsExactly("as it was saved");
        gate.exit(set, null, null, null);
        assertThat(edges("test.Session.set")).containsExactly("BEFORE NONE", "AFTER OK");
    }

    @Test
    void peersAreHeldApart() {
        arm(1, FaultKind.LAG, "replica.send", AN_HOUR, "10.0.0.2:4000");
        call(store.send, "s1", "10.0.0.2:4000", null, "to the second");
        call(store.send, "s1", "10.0.0.3:4000", null, "to the third");
        assertThat(made).containsExactly("to the third");
        assertThat(journal.peerOf(records(EventType.FAULT).get(0))).isEqualTo("10.0.0.2:4000");
    }

    @Test
    void aStepThatIsHeldIsMadeOutsideOfItsOperation() {
        arm(1, FaultKind.LAG, "replica.send", A_MILLISECOND);
        Object save = gate.enter(store.save.number(), this, "s1", null, null);
        call(store.send, "s1", "10.0.0.2:4000", null, "sent");
        gate.exit(save, null, null, null);
        await().atMost(PATIENCE).until(() -> records(EventType.FAULT_DONE).size() == 1);
        assertThat(edges("test.Store.send")).containsExactly("BEFORE NONE", "BEFORE NONE", "AFTER OK");
        assertThat(records(EventType.FAULT_DONE).get(0).step()).isEqualTo(1);
    }

    @Test
    void whatIsReorderedIsMadeAfterTheSessionsNext() {
        arm(1, FaultKind.REORDER, "session.save", 0);
        for (String name : new String[] {"one", "two", "three", "four"}) {
            save("s1", new Object(), name);
            int so = Integer.parseInt(name.equals("two") ? "2" : name.equals("four") ? "4" : "0");
            await().atMost(PATIENCE).until(() -> so == 0 || made.size() == so);
        }
        assertThat(made).containsExactly("two", "one", "four", "three");
        assertThat(injections.applied()).isEqualTo(2);
    }

    @Test
    void whatWaitsForANextThatNeverComesIsMadeWhenItsInjectionEnds() {
        arm(1, FaultKind.REORDER, "session.save", 0);
        save("s1", this, "one");
        save("s2", this, "of another session");
        assertThat(made).isEmpty();
        injections.lift(1, Ending.COMMAND);
        await().atMost(PATIENCE).until(() -> made.size() == 2);
    }

    @Test
    void aDuplicateIsMadeAgainByItsCallerWhenItIsOver() {
        arm(1, FaultKind.DUPLICATE, "session.delete", 0);
        call(store.delete, "s1", "", null, "delete");
        assertThat(made).containsExactly("delete", "delete");
        assertThat(edges("test.Store.delete")).containsExactly("BEFORE NONE", "AFTER OK", "BEFORE NONE", "AFTER OK");
        assertThat(injections.applied()).isEqualTo(1);
    }

    /** The end of a step looks for a reply to exchange, and must leave a call that is to be repeated. */
    @Test
    void aStepOfAnOperationIsMadeAgain() {
        arm(1, FaultKind.DUPLICATE, "replica.send", 0);
        Object save = gate.enter(store.save.number(), this, "s1", null, null);
        call(store.send, null, "127.0.0.1:1", null, "send");
        gate.exit(save, null, null, null);
        assertThat(made).containsExactly("send", "send");
        assertThat(injections.applied()).isEqualTo(1);
    }

    @Test
    void whatFailedIsNotRepeated() {
        arm(1, FaultKind.DUPLICATE, "session.delete", 0);
        Object token = gate.enter(store.delete.number(), this, "s1", null, null);
        assertThat(gate.holds(token)).isTrue();
        gate.hold(token, handle(store.delete, "s1", "", null, "delete"));
        gate.exit(token, null, null, new IllegalStateException("the store is gone"));
        assertThat(made).isEmpty();
        assertThat(records(EventType.FAULT)).isEmpty();
        assertThat(injections.applied()).isZero();
    }

    @Test
    void whenTooManyAreHeldACallIsMadeAtOnceAndInOrder() {
        arm(1, FaultKind.LAG, "session.save", AN_HOUR);
        for (int i = 0; i < HeldCalls.MOST; i++) {
            save("s" + i, new Object(), "save " + i);
        }
        save("s0", new Object(), "one too many");
        assertThat(made).containsExactly("save 0", "one too many");
        assertThat(injections.applied()).isEqualTo(HeldCalls.MOST);
        injections.lift(0, Ending.COMMAND);
        await().atMost(PATIENCE).until(() -> made.size() == HeldCalls.MOST + 1);
    }

    @Test
    void withoutARecordNothingIsHeld() {
        arm(1, FaultKind.LAG, "session.save", AN_HOUR);
        journal.full = true;
        save("s1", this, "one");
        assertThat(made).containsExactly("one");
        assertThat(injections.applied()).isZero();
    }

    @Test
    void itIsMadeWithTheContextClassLoaderOfItsCaller() {
        arm(1, FaultKind.LAG, "session.save", A_MILLISECOND);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader own = new ClassLoader(before) {};
        Thread.currentThread().setContextClassLoader(own);
        try {
            save("s1", this, "one");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        await().atMost(PATIENCE).until(() -> made.size() == 1);
        assertThat(seenLoader).isSameAs(own);
    }

    private void save(String id, Object session, String name) {
        call(store.save, id, "", session, name);
    }

    /** As woven code does it. */
    private void call(Point point, String id, String peer, Object session, String name) {
        Object token = gate.enter(point.number(), this, id, peer, session == this ? null : session, null);
        if (token != null && gate.holds(token)) {
            gate.hold(token, handle(point, id, peer, session, name));
        }
        if (token != null && gate.skips(token)) {
            gate.exit(token, null, null, null);
            return;
        }
        seenLoader = Thread.currentThread().getContextClassLoader();
        made.add(name);
        if (token != null) {
            gate.exit(token, null, null, null);
        }
    }

    private MethodHandle handle(Point point, String id, String peer, Object session, String name) {
        MethodType type =
                MethodType.methodType(void.class, Point.class, String.class, String.class, Object.class, String.class);
        try {
            return MethodHandles.insertArguments(
                    MethodHandles.lookup().bind(this, "call", type), 0, point, id, peer, session, name);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private void arm(int id, FaultKind fault, String point, long amount, String... peers) {
        injections.lease(AN_HOUR);
        Injection injection = new Injection(
                id,
                fault,
                point,
                Edge.BEFORE,
                0,
                "",
                Set.of(peers),
                false,
                false,
                1,
                Set.of(),
                1,
                1,
                0,
                0,
                amount,
                0,
                "",
                7,
                7,
                AN_HOUR);
        injections.arm(
                injection, catalogue.all().stream().filter(injection::selects).toList());
    }

    private List<EventRecord> records(EventType type) {
        return journal.records.stream().filter(record -> record.type() == type).toList();
    }

    private long scope() {
        return journal.records.get(0).scope();
    }

    private List<String> edges(String point) {
        return records(EventType.OPERATION).stream()
                .filter(record -> journal.pointOf(record).equals(point))
                .map(record -> record.edge() + " " + Outcome.of(record.outcome()))
                .toList();
    }
}
