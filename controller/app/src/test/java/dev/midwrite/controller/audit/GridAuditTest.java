package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.audit.NodeMaps.Answer;
import dev.midwrite.link.v1.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of the answers of nodes; that agents give them, the tests of the agent show. */
class GridAuditTest {
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    private GridAudit audit(String map, boolean fresh) {
        return new GridAudit(
                name -> {
                    asked.add(name);
                    return List.copyOf(answers);
                },
                Optional.of(map).filter(name -> !name.isEmpty()),
                fresh);
    }

    private static Kept.Builder kept(String map, boolean familiar, long... idsAndLeft) {
        Kept.Builder kept = Kept.newBuilder().setMap(map).setFamiliar(familiar);
        for (int i = 0; i < idsAndLeft.length; i += 2) {
            kept.addSessions(idsAndLeft[i]).addLeftMillis(idsAndLeft[i + 1]);
        }
        return kept;
    }

    private void answer(String node, Kept.Builder... kept) {
        answers.add(
                new Answer(node, List.of(kept).stream().map(Kept.Builder::build).toList(), ""));
    }

    private static StoreContents read(GridAudit audit) {
        StoreContents contents = audit.read(List.of(), () -> 7);
        assertThat(contents.audited()).isTrue();
        assertThat(contents.readAt()).isEqualTo(7);
        return contents;
    }

    private static List<Long> ids(StoreContents contents) {
        return contents.sessions().stream().map(StoredSession::idHash).toList();
    }

    @Test
    void whatNodesHoldTogetherIsWhatTheGridHolds() {
        answer("node-1", kept("sessions", true, 30, 600_000, 10, 500), kept("sessions", true, 20, Lifetime.NONE));
        answer("node-2", kept("sessions", false, 10, 900, 20, 5));
        GridAudit audit = audit("", true);
        audit.begin();
        audit.nodesAreUp();
        StoreContents contents = read(audit);
        assertThat(asked).as("nothing lies there before").containsExactly("");
        assertThat(contents.doubt()).isEmpty();
        assertThat(contents.places()).containsExactly("entries of map sessions at node-1, node-2");
        assertThat(ids(contents)).containsExactly(10L, 20L, 30L);
        assertThat(contents.sessions())
                .extracting(session -> session.lifetime().ttlMillis())
                .as("of two copies the one that lives longer")
                .containsExactly(900L, Lifetime.NONE, 600_000L);
        assertThat(contents.sessions()).allMatch(session -> session.layout() == Layout.OTHER);
    }

    @Test
    void aMapCountsIfAnyNodeSawOneOfItsSessions() {
        answer("node-1", kept("carts", false, 1, -1), kept("sessions", false, 2, 5));
        answer("node-2", kept("sessions", true, 3, 5));
        StoreContents contents = read(audit("", true));
        assertThat(ids(contents)).containsExactly(2L, 3L);
        assertThat(contents.places()).containsExactly("entries of map sessions at node-1, node-2");
    }

    @Test
    void aMapThatTheDrillNamesCountsWhoeverSawIt() {
        answer("node-1", kept("sessions", false, 2, 5));
        StoreContents contents = read(audit("sessions", true));
        assertThat(asked).containsExactly("sessions");
        assertThat(contents.doubt()).isEmpty();
        assertThat(ids(contents)).containsExactly(2L);
    }

    @Test
    void whereNothingIsFoundNothingIsKnown() {
        assertThat(read(audit("", true)).doubt())
                .isEqualTo("The store audit has no node to ask: no agent is connected.");
        answer("node-1", kept("carts", false, 1, 5));
        assertThat(read(audit("", true)).doubt())
                .isEqualTo(
                        "The store audit found no map of a data grid in which sessions lie that nodes saw; name it in"
                                + " store.namespace.");
        answers.clear();
        answer("node-1");
        assertThat(read(audit("sessions", true)).doubt())
                .isEqualTo("The store audit found no map sessions at any node.");
        answer("node-2", kept("sessions", false));
        assertThat(read(audit("sessions", true)).doubt())
                .isEqualTo("The audit found no session; it looked for entries of map sessions at node-2.");
    }

    @Test
    void aNodeThatTellsNothingLeavesDoubtAndTheOthersAreRead() {
        answer("node-1", kept("sessions", true, 2, 5));
        answers.add(new Answer("node-2", List.of(), "Node node-2 has not answered."));
        StoreContents contents = read(audit("", true));
        assertThat(contents.doubt())
                .isEqualTo("The store audit cannot look into maps of node-2: Node node-2 has not answered.");
        assertThat(ids(contents)).containsExactly(2L);
    }

    @Test
    void aMapThatCannotBeReadToItsEndLeavesDoubt() {
        answer("node-1", kept("sessions", true, 2, 5).setProblem("java.lang.IllegalStateException"));
        assertThat(read(audit("", true)).doubt())
                .isEqualTo("The store audit cannot look into maps of node-1: sessions answers with"
                        + " java.lang.IllegalStateException.");
    }

    @Test
    void whatLayInSomebodysGridBeforeIsLeftOut() {
        GridAudit audit = audit("sessions", false);
        answer("node-1", kept("sessions", false, 1, -1));
        audit.nodesAreUp();
        answers.clear();
        answer("node-1", kept("sessions", false, 1, -1, 2, 5));
        StoreContents contents = read(audit);
        assertThat(contents.doubt()).isEmpty();
        assertThat(ids(contents)).containsExactly(2L);
    }

    @Test
    void ofSomebodysMapThatWasNotReadBeforeNothingIsSaid() {
        GridAudit audit = audit("", false);
        audit.nodesAreUp();
        answer("node-1", kept("sessions", true, 1, -1));
        StoreContents contents = read(audit);
        assertThat(contents.doubt()).isEqualTo("What lay in map sessions before the drill began is not known.");
        assertThat(contents.sessions()).isEmpty();
    }
}
