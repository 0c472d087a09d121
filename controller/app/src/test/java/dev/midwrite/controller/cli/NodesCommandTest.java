package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Node;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NodesCommandTest {

    @Test
    void aNodeThatPermitsEverythingSaysNothingOfIt() {
        Node.Builder node = Node.newBuilder();
        Arrays.stream(FaultKind.values())
                .filter(fault -> fault != FaultKind.NONE)
                .forEach(fault -> node.addAllowedFaults(fault.label()));
        assertThat(NodesCommand.permitted(node.build())).isEmpty();
    }

    @Test
    void aNodeThatDoesNotSaysWhatItPermitsAndWhere() {
        assertThat(NodesCommand.permitted(Node.getDefaultInstance()).lines()).containsExactly("permits no fault");
        Node node = Node.newBuilder()
                .addAllowedFaults("delay")
                .addAllowedFaults("drop")
                .addPolicy("policy.properties:1: faults = delay drop")
                .addPolicy("policy.properties:2: max-delay = 1s")
                .build();
        assertThat(NodesCommand.permitted(node).lines())
                .containsExactly(
                        "permits delay, drop",
                        "policy.properties:1: faults = delay drop",
                        "policy.properties:2: max-delay = 1s");
    }
}
