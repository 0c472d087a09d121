package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
    private final Placeholders placeholders = new Placeholders(Map.of("port", "80", "store.host", "a$1\\b"));

    @Test
    void aNameMayHaveMoreThanTwoParts() {
        assertThat(new Placeholders(Map.of("store.replica.port", "6380")).fill("{store.replica.port}"))
                .isEqualTo("6380");
    }

    @Test
    void fillsNamesLiterally() {
        assertThat(placeholders.fill("--server.port={port}")).isEqualTo("--server.port=80");
        assertThat(placeholders.fill("{store.host}:{port}")).isEqualTo("a$1\\b:80");
    }

    @Test
    void leavesWhatBelongsToOthers() {
        assertThat(placeholders.fill("${port} {\"json\": {}}")).isEqualTo("${port} {\"json\": {}}");
    }

    @Test
    void refusesAnUnknownName() {
        assertThatThrownBy(() -> placeholders.fill("{prot}"))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no placeholder {prot} for this command or environment; there are"
                        + " [port, store.host].");
    }
}
