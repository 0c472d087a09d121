package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.SessionHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What leaves a thread or a node, and what arrives: without the operation that it belongs to, under the same session. */
class HandOffTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final long AN_HOUR = 3_600_000_000_000L;

    private final Grid grid = new Grid();
    private final Catalogue catalogue = new Catalogue(List.of(grid));
    private final MemoryJournal journal = new MemoryJournal();
    private final Injections injections = new Injections();
    private final Gate gate = new OpenGate(catalogue, journal, injections, null, KEY, false, () -> {}, () -> {});

    /** Sends a session to other nodes, and applies what comes from them. */
    private static final class Grid extends Library {
        final Point save = point("Grid.save", PointKind.SESSION_SAVE, Role.OPERATION);
        final Point send = point("Grid.send", PointKind.REPLICA_SEND, Role.STEP).alone();
        final Point call = point("Grid.call", PointKind.STORE_COMMAND, Role.STEP);
        final Point apply = point("Grid.apply", PointKind.REPLICA_APPLY, Role.ADOPT);

        Grid() {
            super("test");
        }
    }

    @Test
    void withinAnOperationASendIsAStepOfIt() {
        Object save = gate.enter(grid.save.number(), this, "s1", null, null);
        Object send = gate.enter(grid.send.number(), this, "s1", "10.0.0.2:4000", null, "DELTA");
        gate.exit(send, null, null, null);
        gate.exit(save, null, null, null);
        assertThat(journal.records)
                .extracting(this::line)
                .containsExactly(
                        "test.Grid.save BEFORE 0",
                        "test.Grid.send BEFORE 1",
                        "test.Grid.save STEP 1",
                        "test.Grid.save AFTER 0");
    }

    @Test
    void outsideOfOneASendIsAnOperationOfItsOwnAndACommandIsNobodys() {
        assertThat(gate.enter(grid.call.number(), this, null, null, "GET")).isNull();
        Object send = gate.enter(grid.send.number(), this, "s1", "10.0.0.2:4000", null, "DELTA");
        gate.exit(send, null, null, null);
        assertThat(journal.records)
                .extracting(this::line)
                .containsExactly("test.Grid.send BEFORE 0", "test.Grid.send AFTER 0");
        assertThat(journal.records).extracting(EventRecord::session).containsOnly(new SessionHash(KEY).of("s1"));
    }

    @Test
    void whatArrivesHasAScopeOfItsOwnWhateverItArrivesIn() {
        Object save = gate.enter(grid.save.number(), this, "s1", null, null);
        Object apply = gate.enter(grid.apply.number(), this, "s2", "10.0.0.3:4000", null, null);
        gate.exit(apply, null, null, null);
        Object call = gate.enter(grid.call.number(), this, null, null, "GET");
        gate.exit(call, null, null, null);
        gate.exit(save, null, null, null);
        assertThat(journal.records.stream().map(EventRecord::scope).distinct()).hasSize(2);
        assertThat(journal.records)
                .extracting(this::line)
                .as("after it the save goes on")
                .contains("test.Grid.save STEP 1");
    }

    /** Both nodes of a run must know a change again, and nobody else may try out what it was. */
    @Test
    void theIdentityOfBytesIsTheSameUnderOneKeyOnly() {
        byte[] content = "a cart of twelve".getBytes(StandardCharsets.UTF_8);
        assertThat(identity(KEY, content)).isNotZero().isEqualTo(identity(KEY, content.clone()));
        assertThat(identity(new byte[] {9}, content)).isNotZero().isNotEqualTo(identity(KEY, content));
        assertThat(identity(KEY, Arrays.copyOf(content, content.length - 1))).isNotEqualTo(identity(KEY, content));
    }

    private long identity(byte[] key, byte[] content) {
        MemoryJournal own = new MemoryJournal();
        Gate other = new OpenGate(catalogue, own, injections, null, key, false, () -> {}, () -> {});
        other.exit(other.enter(grid.apply.number(), this, "s1", "10.0.0.3:4000", content, null), null, null, null);
        return own.records.get(0).digest();
    }

    @Test
    void aPeerCanBeCutOff() {
        injections.lease(AN_HOUR);
        injections.arm(drop("10.0.0.2:4000"), List.of(grid.send));
        Object other = gate.enter(grid.send.number(), this, "s1", "10.0.0.3:4000", null, "DELTA");
        assertThat(gate.skips(other)).isFalse();
        gate.exit(other, null, null, null);
        Object cut = gate.enter(grid.send.number(), this, "s1", "10.0.0.2:4000", null, "DELTA");
        assertThat(gate.skips(cut)).isTrue();
    }

    @Test
    void errorsOfOursAtOnePointLeaveTheOthersAlone() {
        injections.lease(AN_HOUR);
        injections.arm(drop(""), List.of(grid.send));
        gate.failed(new IllegalStateException("one"), grid.save.number());
        gate.failed(new IllegalStateException("two"), grid.save.number());
        assertThat(gate.skips(gate.enter(grid.send.number(), this, "s1", "", null, "DELTA")))
                .isTrue();
    }

    private static Injection drop(String peer) {
        return new Injection(
                1,
                FaultKind.DROP,
                "replica.send",
                Edge.BEFORE,
                0,
                "",
                peer.isEmpty() ? Set.of() : Set.of(peer),
                false,
                false,
                1,
                Set.of(),
                1,
                1,
                0,
                0,
                0,
                0,
                "",
                7,
                7,
                AN_HOUR);
    }

    private String line(EventRecord record) {
        return journal.pointOf(record) + " " + record.edge() + " " + record.step();
    }
}
