package dev.midwrite.controller.meter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards in {@code grafana/} ask only for what is there, and are laid out as they should. */
class DashboardTest {
    private static final Pattern METRIC = Pattern.compile("\\bmidwrite_[a-z0-9_]+");
    private static final Path GRAFANA =
            Path.of(System.getProperty("basedir", "."), "../../grafana").normalize();
    private static final Path METRICS_PAGE =
            Path.of(System.getProperty("basedir", "."), "../../docs/metrics.md").normalize();

    @TempDir
    Path directory;

    @Test
    void everyMetricThatADashboardAsksForIsInARealScrape() throws IOException {
        Set<String> there = scraped();
        there.addAll(agentMetrics());
        for (Path file : dashboards()) {
            Set<String> asked = metrics(Files.readString(file));
            assertThat(asked).as(file.toString()).isNotEmpty();
            assertThat(there).as(file.toString()).containsAll(asked);
        }
    }

    @Test
    void everyMetricOfAScrapeIsOnThePageOfMetrics() throws IOException {
        Set<String> families = scraped().stream()
                .map(name -> name.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(metrics(Files.readString(METRICS_PAGE))).containsAll(families);
    }

    @Test
    void rowsFollowTheWayOfTheData() throws IOException {
        List<String> rows = new ArrayList<>();
        for (JsonNode panel : dashboard().get("panels")) {
            if (panel.get("type").asText().equals("row")) {
                rows.add(panel.get("title").asText());
            }
        }
        assertThat(rows).containsExactly("point", "event", "fault", "journal", "link", "history", "check", "report");
    }

    @Test
    void panelsHaveTheirOwnIdsAndTheirOwnPlaces() throws IOException {
        for (Path file : dashboards()) {
            Set<Integer> ids = new HashSet<>();
            Set<String> cells = new HashSet<>();
            for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).get("panels")) {
                String title = panel.get("title").asText();
                assertThat(ids.add(panel.get("id").asInt()))
                        .as("own id: " + title)
                        .isTrue();
                JsonNode place = panel.get("gridPos");
                int right = place.get("x").asInt() + place.get("w").asInt();
                assertThat(right).as("right end: " + title).isLessThanOrEqualTo(24);
                for (int x = place.get("x").asInt(); x < right; x++) {
                    for (int y = 0; y < place.get("h").asInt(); y++) {
                        String cell = x + "/" + (place.get("y").asInt() + y);
                        assertThat(cells.add(cell)).as("own place: " + title).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void everyTargetHasAnExpressionAndTheDashboardsDataSource() throws IOException {
        for (JsonNode panel : dashboard().get("panels")) {
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.get("targets")).isNotEmpty();
                for (JsonNode target : panel.get("targets")) {
                    assertThat(target.get("expr").asText()).isNotBlank();
                    assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                }
            }
        }
    }

    /** Names of all samples. */
    private Set<String> scraped() {
        try (BusyController controller = new BusyController(directory)) {
            return controller
                    .scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The agent's, by its section of the page, which the agent's own tests hold against a scrape of an agent. */
    private static Set<String> agentMetrics() throws IOException {
        String page = Files.readString(METRICS_PAGE);
        return metrics(page.substring(page.indexOf("## Agent")));
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper()
                .readTree(GRAFANA.resolve("dashboards/midwrite-drill.json").toFile());
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }
}
