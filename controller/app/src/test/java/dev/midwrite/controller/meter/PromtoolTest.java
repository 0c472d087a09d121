package dev.midwrite.controller.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midwrite.controller.nodes.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's own tool on what it is given: its configuration, the rules with their tests, and a scrape. */
class PromtoolTest {
    private static final Path GRAFANA = Path.of(System.getProperty("basedir", "."), "../../grafana")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path directory;

    @Test
    void theConfigurationIsValid() throws Exception {
        assertThat(promtool(Path.of("/dev/null"), "check", "config", "prometheus.yml"))
                .contains("SUCCESS: 1 rule files");
    }

    @Test
    void theRulesAreValid() throws Exception {
        assertThat(promtool(Path.of("/dev/null"), "check", "rules", "rules/midwrite.yml"))
                .contains("SUCCESS");
    }

    @Test
    void theRulesDoWhatTheirTestsSay() throws Exception {
        assertThat(promtool(Path.of("/dev/null"), "test", "rules", "rules/midwrite.test.yml"))
                .contains("SUCCESS");
    }

    /** Types that do not fit their names, missing help, and what is no text for Prometheus at all. */
    @Test
    void aScrapeHasNothingToComplainOf() throws Exception {
        Path scrape = directory.resolve("scrape");
        try (BusyController controller = new BusyController(directory.resolve("controller"))) {
            Files.writeString(scrape, controller.scrape());
        }
        assertThat(promtool(scrape, "check", "metrics")).isBlank();
    }

    /** What it says; its exit code must be 0. */
    private String promtool(Path input, String... words) throws IOException, InterruptedException {
        assumeThat(Programs.find("promtool"))
                .as("promtool is not installed; Debian's package prometheus brings it")
                .isPresent();
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(Arrays.asList(words));
        Process process = new ProcessBuilder(command)
                .directory(GRAFANA.toFile())
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
