package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardGroupTest {

    private static AnomalyCard card(String id, Anomaly anomaly, Severity severity, int similar, int... nodes) {
        List<UserOperation> witness =
                Arrays.stream(nodes).mapToObj(CardGroupTest::operation).toList();
        return new AnomalyCard(
                id,
                new Violation(anomaly, severity, 1, -1, witness, "", "", 0, 0, false),
                "",
                "",
                "",
                "",
                similar,
                List.of());
    }

    private static UserOperation operation(int node) {
        return new UserOperation(
                OperationKind.READ, 0, 1, 0, 0, 1, 0, 0, 1, 1, node, 0, 0, 1, Outcome.OK, 0, new long[0]);
    }

    @Test
    void theSameOnTheSameNodesIsOneGroup() {
        List<CardGroup> groups = CardGroup.of(List.of(
                card("A-1", Anomaly.DUP_APPLY, Severity.INFO, 0, 1, 2),
                card("A-2", Anomaly.DUP_APPLY, Severity.INFO, 10_000, 2, 1),
                card("A-3", Anomaly.DUP_APPLY, Severity.INFO, 0, 2, 2, 1)));

        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.exemplar().id()).isEqualTo("A-1");
            assertThat(group.count()).isEqualTo(10_003);
            assertThat(group.similar()).isEqualTo(" (and 10,002 similar: A-2 … A-3)");
        });
    }

    @Test
    void anotherAnomalySeverityOrNodeIsAnotherGroup() {
        List<CardGroup> groups = CardGroup.of(List.of(
                card("A-1", Anomaly.DUP_APPLY, Severity.INFO, 0, 1),
                card("A-2", Anomaly.DUP_APPLY, Severity.INFO, 0, 2),
                card("A-3", Anomaly.DUP_APPLY, Severity.HARD, 0, 1),
                card("A-4", Anomaly.DUP_INCREMENT, Severity.INFO, 0, 1),
                card("A-5", Anomaly.DUP_APPLY, Severity.INFO, 0, 1)));

        assertThat(groups).extracting(group -> group.exemplar().id()).containsExactly("A-1", "A-2", "A-3", "A-4");
        assertThat(groups.get(0).similar()).isEqualTo(" (and 1 similar: A-5)");
        assertThat(groups.get(1).similar()).isEmpty();
    }
}
