package dev.midwrite.controller.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.map.NodeMap.Commands;
import dev.midwrite.controller.map.NodeMap.Passages;
import dev.midwrite.controller.map.NodeMap.Traffic;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Incarnation;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeMapBuilderTest {
    private static final int SAVE = 1;
    private static final int READ = 2;
    private static final int COMMAND = 3;
    private static final int SEND = 4;
    private static final int HOOK = 5;
    private static final int EXIT = 6;
    private static final int HALT = 7;
    private static final int PEER = 9;

    private final NodeMapBuilder map = new NodeMapBuilder("node-1");
    private long seq;

    private void start() {
        take(EventType.HEADER, 0, Edge.NONE, 0, 0, 0, new Incarnation("node-1", 0xAB, 0, 0, 42).toPayload());
        name(SAVE, "spring.SessionRepository.save", PointKind.SESSION_SAVE);
        name(READ, "spring.SessionRepository.findById", PointKind.SESSION_READ);
        name(COMMAND, "lettuce.command", PointKind.STORE_COMMAND);
        name(SEND, "tomcat.Cluster.send", PointKind.REPLICA_SEND);
        name(HOOK, "jvm.addShutdownHook", PointKind.SHUTDOWN_HOOK);
        name(EXIT, "jvm.exit", PointKind.SHUTDOWN_PHASE);
        name(HALT, "jvm.halt", PointKind.SHUTDOWN_PHASE);
        name(PEER, "10.0.0.2:4000", PointKind.NONE);
    }

    private void name(int number, String name, PointKind kind) {
        take(EventType.NAME, number, Edge.NONE, kind.code(), 0, 0, name.getBytes(UTF_8));
    }

    private void take(EventType type, int point, Edge edge, int outcome, long scope, int peer, byte[] payload) {
        map.take(new EventRecord(type, seq++, 0, 0, scope, 0, 0, 0, point, edge, outcome, 0, 0, peer, payload));
    }

    private void passage(int point, Edge edge, long scope, String text) {
        int outcome = edge == Edge.AFTER ? Outcome.OK.code() : 0;
        take(EventType.OPERATION, point, edge, outcome, scope, 0, text.getBytes(UTF_8));
    }

    private void save(long scope, String... commands) {
        passage(SAVE, Edge.BEFORE, scope, "");
        for (String command : commands) {
            passage(SAVE, Edge.STEP, scope, command);
        }
        passage(SAVE, Edge.AFTER, scope, "");
    }

    @Test
    void countsWhichCommandsASaveTakes() {
        start();
        save(1, "HMSET", "PEXPIRE");
        save(2, "HMSET");
        save(3, "HMSET", "PEXPIRE");

        assertThat(map.build().operations())
                .containsExactly(
                        new Commands("spring.SessionRepository.save", List.of("HMSET", "PEXPIRE"), 2, 3),
                        new Commands("spring.SessionRepository.save", List.of("HMSET"), 1, 3));
        assertThat(map.build().passages())
                .containsExactly(new Passages("session.save", "spring.SessionRepository.save", 3));
    }

    @Test
    void anOperationInsideOfAnotherIsAPartOfIt() {
        start();
        passage(SAVE, Edge.BEFORE, 1, "");
        passage(READ, Edge.BEFORE, 1, "");
        passage(READ, Edge.STEP, 1, "HGETALL");
        passage(READ, Edge.AFTER, 1, "");
        passage(SAVE, Edge.STEP, 1, "HMSET");
        passage(SAVE, Edge.AFTER, 1, "");

        assertThat(map.build().operations())
                .containsExactly(new Commands("spring.SessionRepository.save", List.of("HGETALL", "HMSET"), 1, 1));
    }

    @Test
    void anOperationThatFailedOrNeverEndedSaysNothingOfItsCommands() {
        start();
        passage(SAVE, Edge.BEFORE, 1, "");
        take(EventType.OPERATION, SAVE, Edge.AFTER, Outcome.FAIL.code(), 1, 0, new byte[0]);
        passage(SAVE, Edge.BEFORE, 2, "");
        passage(SAVE, Edge.STEP, 2, "HMSET");

        assertThat(map.build().operations()).isEmpty();
    }

    @Test
    void scopesOfTwoStartsAreNotOne() {
        start();
        passage(SAVE, Edge.BEFORE, 1, "");
        passage(SAVE, Edge.STEP, 1, "HMSET");
        start();
        save(1, "PEXPIRE");

        assertThat(map.build().starts()).isEqualTo(2);
        assertThat(map.build().operations())
                .containsExactly(new Commands("spring.SessionRepository.save", List.of("PEXPIRE"), 1, 1));
    }

    @Test
    void saysWhereKeysGo() {
        start();
        byte[] place = "key=spring:session:{id}\naddress=10.0.0.9:6379\ndatabase=2".getBytes(UTF_8);
        take(EventType.LOCATION, 0, Edge.NONE, 0, 0, 0, place);
        take(EventType.LOCATION, 0, Edge.NONE, 0, 0, 0, place);

        assertThat(map.build().kept()).isEqualTo("In a store outside of this JVM.");
        assertThat(MapText.of(map.build())).contains("  keys         spring:session:{id} at 10.0.0.9:6379, database 2");
        assertThat(MapJson.of(map.build()).at("/keys/0/database").asInt()).isEqualTo(2);
    }

    @Test
    void namesOtherNodesAndWhatGoesThere() {
        start();
        for (int i = 0; i < 3; i++) {
            take(EventType.OPERATION, SEND, Edge.BEFORE, 0, 0, PEER, "DELTA\nchanges ack=none".getBytes(UTF_8));
        }

        assertThat(map.build().peers())
                .containsExactly(new Traffic("10.0.0.2:4000", true, "DELTA changes ack=none", 3));
        assertThat(map.build().kept()).isEqualTo("In the memory of this JVM and of other nodes.");
    }

    @Test
    void whatPassesNoStoreIsInMemoryAsFarAsPointsTell() {
        start();
        passage(READ, Edge.BEFORE, 1, "");
        passage(READ, Edge.AFTER, 1, "");

        assertThat(map.build().kept()).startsWith("In the memory of this JVM only");
    }

    @Test
    void nothingSeenIsNotCalledMemory() {
        start();

        assertThat(map.build().kept()).startsWith("Not known");
    }

    @Test
    void listsHooksAndPhasesInTheirOrder() {
        start();
        take(EventType.LIFECYCLE, HOOK, Edge.AFTER, 0, 0, 0, "a-hook".getBytes(UTF_8));
        take(EventType.LIFECYCLE, EXIT, Edge.BEFORE, 0, 0, 0, new byte[0]);
        take(EventType.LIFECYCLE, HALT, Edge.BEFORE, 0, 0, 0, new byte[0]);

        assertThat(map.build().hooks()).containsExactly("a-hook");
        assertThat(MapText.of(map.build())).contains("  shutdown     jvm.exit, then jvm.halt");
    }

    @Test
    void rareSequencesAreCountedTogether() {
        start();
        save(1, "A");
        save(2, "B");
        save(3, "C");
        save(4, "D");
        save(5, "A");

        assertThat(MapText.of(map.build()))
                .contains("  commands     spring.SessionRepository.save  A  2 of 5")
                .anyMatch(line -> line.endsWith("spring.SessionRepository.save  others  1"));
    }
}
