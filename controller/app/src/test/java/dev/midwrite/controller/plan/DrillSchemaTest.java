package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.check.Anomaly;
import dev.midwrite.controller.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema that editors use says what the reader takes. */
class DrillSchemaTest {
    private static JsonNode schema;

    @BeforeAll
    static void read() throws IOException {
        schema = new ObjectMapper()
                .readTree(Checkout.root().resolve("docs/drill.schema.json").toFile());
    }

    @Test
    void everyBlockHasTheSameKeys() {
        Map<String, Set<String>> blocks = Map.ofEntries(
                Map.entry("", DrillFile.KEYS),
                Map.entry("/definitions/store", StoreReader.KEYS),
                Map.entry("/definitions/nodes", NodesReader.KEYS),
                Map.entry("/definitions/nodes/properties/versions/additionalProperties", NodesReader.VERSION_KEYS),
                Map.entry("/definitions/nodes/properties/external/items", ExternalReader.NODE_KEYS),
                Map.entry("/definitions/users", UsersReader.KEYS),
                Map.entry("/definitions/step", TimelineReader.KEYS),
                Map.entry("/definitions/inject", InjectionReader.KEYS),
                Map.entry("/definitions/rollout", RolloutReader.KEYS),
                Map.entry("/definitions/rollout/properties/bounds", RolloutReader.FIGURES.keySet()),
                Map.entry("/definitions/checks", ObjectivesReader.CHECKS_KEYS),
                Map.entry("/definitions/objectives", ObjectivesReader.KEYS),
                Map.entry("/definitions/credentials", FlowReader.CREDENTIALS_KEYS),
                Map.entry("/definitions/flow", FlowReader.KEYS),
                Map.entry("/definitions/ownWorkload", FlowReader.WORKLOAD_KEYS),
                Map.entry("/definitions/flowStep", FlowStepReader.KEYS),
                Map.entry("/definitions/extraction", FlowStepReader.TAKE_KEYS),
                Map.entry("/definitions/socket", SocketReader.KEYS),
                Map.entry("/definitions/socketSend", SocketReader.SEND_KEYS),
                Map.entry("/definitions/socketSend/properties/kept", SocketReader.KEPT_KEYS),
                Map.entry("/definitions/socketFeed", SocketReader.FEED_KEYS),
                Map.entry("/definitions/socketNumber", SocketReader.NUMBER_KEYS),
                Map.entry("/definitions/traces", TracesReader.KEYS),
                Map.entry("/definitions/expect", DrillFile.EXPECT_KEYS));
        blocks.forEach((block, keys) -> {
            assertThat(schema.at(block + "/properties").fieldNames())
                    .toIterable()
                    .as(block)
                    .containsExactlyInAnyOrderElementsOf(keys);
            assertThat(schema.at(block + "/additionalProperties").asBoolean(true))
                    .as(block)
                    .isFalse();
        });
    }

    @Test
    void everyChoiceHasTheSameNames() {
        choices("/definitions/inject/properties/fault", InjectionReader.FAULTS.keySet());
        choices("/definitions/inject/properties/edge", InjectionReader.EDGES.keySet());
        choices("/definitions/inject/properties/point/anyOf/0", InjectionReader.POINTS);
        choices("/definitions/step/properties/action", TimelineReader.ACTIONS.keySet());
        choices("/definitions/step/properties/when/anyOf/1/additionalProperties", MomentReader.STATES.keySet());
        assertThat(schema.at("/definitions/step/properties/when/anyOf/0/const").asText())
                .isEqualTo(MomentReader.ALL_UP);
        choices("/definitions/rollout/properties/strategy", RolloutReader.STRATEGIES.keySet());
        choices("/definitions/rollout/properties/if-missed", RolloutReader.IF_MISSED.keySet());
        choices("/definitions/step/properties/store", TimelineReader.STORE_ACTIONS.keySet());
        choices("/definitions/users/properties/routing", UsersReader.ROUTINGS.keySet());
        choices("/definitions/socket/properties/kind", SocketReader.KINDS.keySet());
        choices("/definitions/users/properties/kind", ForeignReader.KINDS.keySet());
        choices("/definitions/users/properties/workloads/items", UsersReader.WORKLOADS);
        choices("/definitions/ownWorkload/properties/kind", FlowReader.KINDS.keySet());
        choices("/definitions/store/properties/kind", StoreReader.KINDS);
        choices("/properties/scope", DrillFile.SCOPES.keySet());
        choices("/properties/profile", DrillFile.PROFILES.keySet());
        choices("/definitions/expect/properties/verdict", DrillFile.VERDICTS.keySet());
        choices(
                "/definitions/expect/properties/findings/items",
                Arrays.stream(Anomaly.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @MethodSource
    void shippedDrillIsValid(Path file) {
        Drill drill = DrillFile.read(file);
        assertThat(drill.expect().verdict()).as("says what it expects").isPresent();
        assertThat(drill.description()).isNotEmpty();
        assertThat(file).hasFileName(drill.name() + ".yaml");
    }

    static List<Path> shippedDrillIsValid() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.root().resolve("examples/shop/drills"))) {
            return files.sorted().toList();
        }
    }

    private static void choices(String pointer, Collection<String> names) {
        assertThat(StreamSupport.stream(schema.at(pointer + "/enum").spliterator(), false)
                        .map(JsonNode::asText))
                .as(pointer)
                .containsExactlyInAnyOrderElementsOf(names);
    }
}
