package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Replacement;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.check.Trial.NodeEnd.By;
import dev.midwrite.check.Trial.NodeStore;
import dev.midwrite.check.Trial.NodeStore.Kept;
import dev.midwrite.check.Trial.OutOfMemory;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.check.session.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesCheckTest {
    private final Tally tally = new Tally(10);

    private static Trial trial(int starts, NodeEnd... ends) {
        return Trial.of(Profile.EVENTUAL).nodeEnds(starts, List.of(ends)).build();
    }

    private static NodeEnd end(int code, By by) {
        return new NodeEnd("node-1", 500, code, by, "Its log says: java.lang.OutOfMemoryError: Java heap space.");
    }

    @Test
    void endsThatWereAskedForAreFine() {
        NodesCheck.check(trial(3, end(143, By.ASKED), end(137, By.FAULT)), tally);

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.NODES).checked()).isEqualTo(3);
    }

    @Test
    void whoEndsByItselfFailsUnderEveryProfile() {
        NodesCheck.check(trial(2, end(3, By.ITSELF)), tally);

        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.NODE_ENDED);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what()).isEqualTo("node-1 ended with exit code 3.");
            assertThat(violation.at()).isEqualTo(500);
        });
    }

    @Test
    void aNewNodeOfARolloutThatDoesNotStartWasNeverInService() {
        Trial trial = trial(2, end(1, By.ITSELF))
                .but()
                .replacements(List.of(new Replacement("node-1", 100, 200, 300, 400, false, 600)))
                .build();
        NodesCheck.check(trial, tally);

        assertThat(tally.violations()).isEmpty();
    }

    @Test
    void memoryThatRanOutIsAFindingThoughTheNodeWentOn() {
        Trial trial = trial(1).but()
                .outOfMemory(List.of(
                        new OutOfMemory("node-1", 700, "Its log says: java.lang.OutOfMemoryError: Metaspace.", false),
                        new OutOfMemory("node-2", 700, "A fault had filled it.", true)))
                .build();

        Judgement judgement = Judge.judge(trial, List.of(), List.of(), Journals.NONE);
        assertThat(judgement.cards()).singleElement().satisfies(card -> {
            assertThat(card.violation().anomaly()).isEqualTo(Anomaly.NODE_OUT_OF_MEMORY);
            assertThat(card.violation().severity()).isEqualTo(Severity.HARD);
            assertThat(card.cause()).isEqualTo("Its log says: java.lang.OutOfMemoryError: Metaspace.");
        });
    }

    @Test
    void whereNoStoreIsAskedARequiredOneIsMissing() {
        Trial trial = trial(3).but()
                .nodeStores(List.of(
                        new NodeStore("node-1", 500, 80, Kept.OUTSIDE),
                        new NodeStore("node-1", 900, 1234, Kept.IN_MEMORY),
                        new NodeStore("node-2", 900, 3, Kept.UNKNOWN),
                        new NodeStore("node-2", 950, 90, Kept.OUTSIDE)))
                .build();
        NodesCheck.check(trial, tally);

        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.NO_EXTERNAL_STORE);
            assertThat(violation.what())
                    .isEqualTo(
                            "node-1 asked no store in any of its 1,234 requests, and told no other node of its sessions.");
        });
        assertThat(tally.of(Property.NODES).inconclusive()).isZero();

        AnomalyCard card =
                Judge.judge(trial, List.of(), List.of(), Journals.NONE).cards().get(0);
        assertThat(card.cause()).contains("nothing that the agent watches left the node");
        assertThat(card.blast()).isEqualTo("1 of 3 starts of nodes show this.");
        assertThat(card.certainty()).startsWith("Read from the node's own journal");
    }

    @Test
    void whereNobodySeesAStoreARequiredOneIsUnknown() {
        Trial trial = trial(1).but()
                .nodeStores(List.of(new NodeStore("node-1", 500, 3, Kept.UNKNOWN)))
                .build();
        NodesCheck.check(trial, tally);

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.NODES).reason()).startsWith("Whether node-1 keeps its sessions outside");
    }

    @Test
    void nodesAreNotCountedAsSessions() {
        NodeEnd later = new NodeEnd("node-2", 800, 3, By.ITSELF, "");
        Judgement judgement = Judge.judge(trial(2, end(3, By.ITSELF), later), List.of(), List.of(), Journals.NONE);

        assertThat(judgement.sentence()).startsWith("Node ended by itself, 2 times.");
    }

    @Test
    void whatNoJournalDecidesIsUnknown() {
        NodesCheck.check(trial(2, end(137, By.UNKNOWN)), tally);

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.NODES).inconclusive()).isEqualTo(1);
        assertThat(tally.of(Property.NODES).reason()).startsWith("node-1 ended with exit code 137 while a fault");
    }

    @Test
    void whatRunsElsewhereEndsForReasonsThatNobodyHereKnows() {
        NodesCheck.check(trial(0, end(NodeEnd.UNKNOWN_CODE, By.UNKNOWN), end(NodeEnd.UNKNOWN_CODE, By.ASKED)), tally);

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.NODES).checked()).isZero();
        assertThat(tally.of(Property.NODES).inconclusive()).isEqualTo(1);
        assertThat(tally.of(Property.NODES).reason()).startsWith("node-1 ended, which nothing here had asked for");
    }

    @Test
    void nobodyWatched() {
        NodesCheck.check(trial(0), tally);

        assertThat(tally.of(Property.NODES).checked()).isZero();
    }

    @Test
    void theCardSaysWhatTheLogSaid() {
        Judgement judgement = Judge.judge(trial(2, end(3, By.ITSELF)), List.of(), List.of(), Journals.NONE);

        AnomalyCard card = judgement.cards().get(0);
        assertThat(card.cause()).isEqualTo("Its log says: java.lang.OutOfMemoryError: Java heap space.");
        assertThat(card.blast()).isEqualTo("1 of 2 starts of nodes ended so.");
        assertThat(card.certainty()).startsWith("Seen by the controller");
        assertThat(judgement.properties())
                .filteredOn(result -> result.property() == Property.NODES)
                .singleElement()
                .satisfies(result -> assertThat(result.validity()).isEqualTo(Validity.FALSE));
        assertThat(judgement.verdict()).isNotEqualTo(Verdict.PASS);
    }
}
