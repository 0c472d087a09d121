package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.library.MemoryJournal;
import dev.midwrite.agent.point.AttributeSink;
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
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a session holds leaves the process as digests, and only for who asks for it. */
class ContentsTest {
    private static final byte[] KEY = {1, 2, 3};

    private final Store store = new Store();
    private final Catalogue catalogue = new Catalogue(List.of(store));
    private final MemoryJournal journal = new MemoryJournal();
    private final ContentDigest digest = new ContentDigest(KEY);

    /** Each command carries one attribute of the name "cart", or as many as its text has words. */
    private static final class Store extends Library {
        final Point save = point("Store.save", PointKind.SESSION_SAVE, Role.OPERATION);
        final Point read = point("Store.read", PointKind.SESSION_READ, Role.OPERATION);
        final Point set = point("Session.set", PointKind.SESSION_SET, Role.CHANGE);
        final Point call = point("Store.call", PointKind.STORE_COMMAND, Role.STEP);

        Store() {
            super("test");
        }

        @Override
        public boolean sends(String command) {
            return command.equals("PUT");
        }

        @Override
        public void sent(String command, Object arguments, AttributeSink to) {
            to.take("cart", (ByteBuffer) arguments);
        }

        @Override
        public boolean brought(String command, Object result, AttributeSink to) {
            for (String word : ((String) result).split(" ")) {
                to.take(word, bytes(word));
            }
            return true;
        }
    }

    private Gate gate(boolean contents) {
        return new OpenGate(catalogue, journal, new Injections(), null, KEY, contents, () -> {}, () -> {});
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<EventRecord> contents() {
        return journal.records.stream()
                .filter(record -> record.type() == EventType.CONTENT)
                .toList();
    }

    private static long[] pairs(EventRecord record) {
        LongBuffer pairs =
                ByteBuffer.wrap(record.payload()).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        return LongStream.generate(pairs::get).limit(pairs.limit()).toArray();
    }

    @Test
    void whatASaveTakesToTheStoreIsJournaledWithinItsScope() {
        Gate gate = gate(true);
        Object save = gate.enter(store.save.number(), this, "s1", null, null);
        Object call = gate.enter(store.call.number(), this, null, null, "PUT");
        assertThat(gate.tellsContent(call)).isTrue();
        gate.content(call, bytes("thing"));
        gate.exit(call, null, null, null);
        gate.exit(save, null, null, null);
        assertThat(contents()).singleElement().satisfies(record -> {
            assertThat(record.edge()).isEqualTo(Edge.BEFORE);
            assertThat(record.scope()).isEqualTo(journal.records.get(0).scope());
            assertThat(record.session()).isEqualTo(journal.records.get(0).session());
            long name = digest.name("cart");
            assertThat(pairs(record)).containsExactly(name, digest.value(name, bytes("thing")));
        });
    }

    @Test
    void whatALoadBringsIsJournaledBeforeItsStepEnds() {
        Gate gate = gate(true);
        Object read = gate.enter(store.read.number(), this, "s1", null, null);
        Object call = gate.enter(store.call.number(), this, null, null, "GET");
        assertThat(gate.tellsContent(call)).isFalse();
        gate.exit(call, "a b c d e f g h i j", null, null);
        gate.exit(read, null, null, null);
        assertThat(journal.records)
                .extracting(EventRecord::type)
                .containsExactly(
                        EventType.OPERATION,
                        EventType.OPERATION,
                        EventType.CONTENT,
                        EventType.OPERATION,
                        EventType.OPERATION);
        long last = digest.name("j");
        assertThat(pairs(contents().get(0))).hasSize(20).endsWith(last, digest.value(last, bytes("j")));
    }

    @Test
    void whatCannotBeReadKeepsNoStepFromItsEnd() {
        Gate gate = gate(true);
        Object read = gate.enter(store.read.number(), this, "s1", null, null);
        Object call = gate.enter(store.call.number(), this, null, null, "GET");
        assertThat(gate.exit(call, new Object(), null, null)).isNull();
        gate.exit(read, null, null, null);
        assertThat(contents()).isEmpty();
        assertThat(journal.records).extracting(EventRecord::edge).contains(Edge.STEP);
    }

    @Test
    void aChangeNamesItsAttributeAsTheCommandsDo() {
        Gate gate = gate(true);
        Object session = new Object();
        gate.exit(gate.enter(store.read.number(), this, "s1", null, null), session, "s1", null);
        gate.exit(gate.enter(store.set.number(), session, "s1", "cart", "thing"), null, null, null);
        assertThat(journal.records.stream()
                        .filter(record -> record.edge() == Edge.BEFORE
                                && new String(record.payload(), StandardCharsets.UTF_8).equals("cart")))
                .extracting(EventRecord::digest)
                .containsExactly(digest.name("cart"));
    }

    @Test
    void whoDoesNotAskGetsNothing() {
        Gate gate = gate(false);
        Object save = gate.enter(store.save.number(), this, "s1", null, null);
        Object call = gate.enter(store.call.number(), this, null, null, "PUT");
        assertThat(gate.tellsContent(call)).isFalse();
        gate.exit(call, "a b", null, null);
        gate.exit(save, null, null, null);
        assertThat(contents()).isEmpty();
    }
}
