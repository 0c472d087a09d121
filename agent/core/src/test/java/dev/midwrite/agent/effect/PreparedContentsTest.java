package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.library.MemoryJournal;
import dev.midwrite.agent.point.AttributePlace;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is given to statements and read from rows piece by piece is told as a whole, or said not to be known. */
class PreparedContentsTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final Map<Long, Long> UNREAD = Map.of(ContentDigest.UNREAD, 0L);

    private final Store store = new Store();
    private final MemoryJournal journal = new MemoryJournal();
    private final ContentDigest digest = new ContentDigest(KEY);
    private final Gate gate =
            new OpenGate(new Catalogue(List.of(store)), journal, new Injections(), null, KEY, true, () -> {}, () -> {});
    private final Object statement = new Object();
    private final Object rows = new Object();

    /** Its statements have a name and a value, in this order. */
    private static final class Store extends Library {
        final Point save = point("Store.save", PointKind.SESSION_SAVE, Role.OPERATION);
        final Point read = point("Store.read", PointKind.SESSION_READ, Role.OPERATION);
        final Point call = point("Store.call", PointKind.STORE_COMMAND, Role.STEP);

        Store() {
            super("test");
        }

        @Override
        public AttributePlace attributes(String text) {
            return switch (text) {
                case "PUT" -> new AttributePlace.Parameters(1, 2);
                case "REMOVE" -> new AttributePlace.Parameters(1, 0);
                case "GET" -> new AttributePlace.Columns("NAME", "VALUE");
                case "CLEAR" -> new AttributePlace.Unknown();
                default -> null;
            };
        }

        @Override
        public int column(Object rows, String label) {
            return label.equals("VALUE") ? 7 : 0;
        }
    }

    private void give(String name, String value) {
        gate.given(statement, 1, name);
        gate.given(statement, 2, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void execute(Point around, Object result) {
        Object operation = gate.enter(around.number(), this, "an id", null, null);
        Object step = gate.enter(store.call.number(), statement, null, null, null);
        gate.exit(step, result, null, null);
        read.run();
        gate.exit(operation, null, null, null);
    }

    private Runnable read = () -> {};

    private void executeSave() {
        execute(store.save, null);
    }

    private List<Map<Long, Long>> told(Edge edge) {
        return journal.records.stream()
                .filter(record -> record.type() == EventType.CONTENT && record.edge() == edge)
                .map(EventRecord::payload)
                .map(ContentDigest::read)
                .toList();
    }

    private long name(String attribute) {
        return digest.name(attribute);
    }

    private long value(String attribute, String value) {
        return digest.value(name(attribute), ByteBuffer.wrap(bytes(value)));
    }

    @Test
    void eachRowOfABatchIsAnAttribute() {
        gate.prepared(store.call.number(), statement, "PUT");
        give("cart", "thing");
        give("user", "somebody");
        executeSave();
        assertThat(told(Edge.BEFORE))
                .containsExactly(Map.of(name("cart"), value("cart", "thing"), name("user"), value("user", "somebody")));
    }

    @Test
    void theOrderDoesNotMatterAndAStatementCanBeUsedAgain() {
        gate.prepared(store.call.number(), statement, "PUT");
        for (String value : List.of("one", "two")) {
            gate.given(statement, 2, bytes(value));
            gate.given(statement, 9, "an id");
            gate.given(statement, 1, "cart");
            executeSave();
        }
        assertThat(told(Edge.BEFORE))
                .containsExactly(
                        Map.of(name("cart"), value("cart", "one")), Map.of(name("cart"), value("cart", "two")));
    }

    @Test
    void whatAnOverriddenMethodPassesOnCountsOnce() {
        gate.prepared(store.call.number(), statement, "PUT");
        byte[] thing = bytes("thing");
        gate.given(statement, 1, "cart");
        gate.given(statement, 1, "cart");
        gate.given(statement, 2, thing);
        gate.given(statement, 2, thing);
        executeSave();
        assertThat(told(Edge.BEFORE)).containsExactly(Map.of(name("cart"), value("cart", "thing")));
    }

    @Test
    void eachNameOfARemovalHasNothing() {
        gate.prepared(store.call.number(), statement, "REMOVE");
        gate.given(statement, 1, "cart");
        gate.given(statement, 1, "user");
        executeSave();
        assertThat(told(Edge.BEFORE))
                .containsExactly(Map.of(name("cart"), EventType.EMPTY, name("user"), EventType.EMPTY));
    }

    @Test
    void aValueThatIsGivenInAnotherWayIsNotRead() {
        gate.prepared(store.call.number(), statement, "PUT");
        gate.given(statement, 1, "cart");
        executeSave();
        give("user", "somebody");
        gate.given(statement, 1, "cart");
        executeSave();
        assertThat(told(Edge.BEFORE)).containsExactly(UNREAD, UNREAD);
    }

    @Test
    void aStatementThatIsNotUnderstoodIsNotRead() {
        gate.prepared(store.call.number(), statement, "CLEAR");
        executeSave();
        assertThat(told(Edge.BEFORE)).containsExactly(UNREAD);
    }

    @Test
    void aStatementThatWasPreparedBeforeIsNotReadUnlessItOnlyLooks() {
        executeSave();
        execute(store.read, null);
        assertThat(told(Edge.BEFORE)).containsExactly(UNREAD);
    }

    @Test
    void whatStatementsOfOthersCarryIsNobodysSession() {
        gate.prepared(store.call.number(), statement, "PUT");
        give("cart", "thing");
        assertThat(gate.enter(store.call.number(), statement, null, null, null)).isNull();
        give("user", "somebody");
        executeSave();
        assertThat(told(Edge.BEFORE)).containsExactly(Map.of(name("user"), value("user", "somebody")));
    }

    @Test
    void whatAllRowsBringIsTold() {
        gate.prepared(store.call.number(), statement, "GET");
        read = () -> {
            gate.next(rows, true);
            gate.taken(rows, "name", "cart");
            gate.taken(rows, 7, bytes("thing"));
            gate.next(rows, true);
            gate.taken(rows, "NAME", "user");
            gate.taken(rows, "value", bytes("somebody"));
            gate.taken(rows, 8, bytes("of another column"));
            assertThat(told(Edge.AFTER)).isEmpty();
            gate.next(rows, false);
        };
        execute(store.read, rows);
        assertThat(told(Edge.AFTER))
                .containsExactly(Map.of(name("cart"), value("cart", "thing"), name("user"), value("user", "somebody")));
    }

    @Test
    void aSessionWithoutAttributesHasNone() {
        gate.prepared(store.call.number(), statement, "GET");
        read = () -> {
            gate.next(rows, true);
            gate.taken(rows, "name", null);
            gate.next(rows, false);
        };
        execute(store.read, rows);
        assertThat(told(Edge.AFTER)).containsExactly(Map.of());
    }

    @Test
    void ofRowsThatAreNotReadWholeNothingIsSaid() {
        gate.prepared(store.call.number(), statement, "GET");
        read = () -> {
            gate.next(rows, true);
            gate.taken(rows, "name", "cart");
            gate.next(rows, true);
            gate.taken(rows, "name", "user");
            gate.taken(rows, 7, bytes("somebody"));
            gate.next(rows, false);
        };
        execute(store.read, rows);
        read = () -> gate.next(rows, false);
        execute(store.read, rows);
        assertThat(told(Edge.AFTER)).isEmpty();
    }
}
