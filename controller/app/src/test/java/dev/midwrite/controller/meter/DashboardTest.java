package dev.midwrite.controller.meter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is in {@code grafana/} asks only for what is there, and has what Grafana requires. Whether a query gives anything is
 * {@code PrometheusIT}'s to say.
 */
class DashboardTest {
    /** Not what a recording rule makes, which has colons. */
    private static final Pattern METRIC = Pattern.compile("\\bmidwrite_[a-z0-9_]+");

    private static final Path GRAFANA =
            Path.of(System.getProperty("basedir", "."), "../../grafana").normalize();
    private static final List<String> WAY =
            List.of("point", "event", "fault", "journal", "link", "history", "check", "report");
    private static final Set<String> PANELS = Set.of("row", "stat", "timeseries", "table");

    @TempDir
    Path directory;

    /** A file, for the name of the test. */
    record Dashboard(String name, JsonNode json) {
        List<JsonNode> panels() {
            List<JsonNode> panels = new ArrayList<>();
            json.get("panels").forEach(panels::add);
            return panels;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Dashboard> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            return files.sorted()
                    .map(file -> new Dashboard(file.getFileName().toString(), read(file)))
                    .toList();
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereIsOneForTheFleetADrillANodeAndTheTrend() throws IOException {
        assertThat(dashboards())
                .extracting(each -> each.json().get("uid").asText())
                .containsExactly("midwrite-drill", "midwrite-fleet", "midwrite-node", "midwrite-trend");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyMetricThatADashboardAsksForIsInARealScrape(Dashboard dashboard) {
        assertThat(there()).containsAll(metrics(dashboard.json().toString()));
    }

    @Test
    void everyMetricThatARuleAsksForIsInARealScrape() throws IOException {
        Set<String> asked = metrics(Files.readString(GRAFANA.resolve("rules/midwrite.yml")));
        assertThat(asked).isNotEmpty();
        assertThat(there()).containsAll(asked);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void rowsFollowTheWayOfTheData(Dashboard dashboard) {
        List<String> rows = dashboard.panels().stream()
                .filter(panel -> type(panel).equals("row"))
                .map(panel -> panel.get("title").asText())
                .toList();
        assertThat(rows)
                .isNotEmpty()
                .isEqualTo(WAY.stream().filter(rows::contains).toList());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void hasWhatGrafanaRequires(Dashboard dashboard) {
        JsonNode json = dashboard.json();
        assertThat(json.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        assertThat(json.get("uid").asText()).isEqualTo(dashboard.name().replace(".json", ""));
        assertThat(json.get("title").asText()).isNotBlank();
        assertThat(json.at("/time/from").asText()).startsWith("now-");
        assertThat(json.at("/time/to").asText()).isEqualTo("now");
        assertThat(json.at("/annotations/list").isArray()).isTrue();
        assertThat(json.has("id")).as("an id is Grafana's to give").isFalse();
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(PANELS).contains(type(panel));
            assertThat(panel.get("title").asText()).isNotBlank();
            if (!type(panel).equals("row")) {
                assertThat(panel.get("description").asText()).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults").isObject()).isTrue();
                assertThat(panel.at("/options").isObject()).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variablesAreTheDataSourceAndWhatItKnows(Dashboard dashboard) {
        List<String> names = new ArrayList<>();
        for (JsonNode variable : dashboard.json().at("/templating/list")) {
            names.add(variable.get("name").asText());
            if (names.size() == 1) {
                assertThat(variable.get("type").asText()).isEqualTo("datasource");
                assertThat(variable.get("query").asText()).isEqualTo("prometheus");
            } else {
                assertThat(variable.get("type").asText()).isEqualTo("query");
                assertThat(variable.at("/query/query").asText()).startsWith("label_values(midwrite_");
                assertThat(variable.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            }
        }
        assertThat(names).startsWith("datasource", "service");
        Set<String> used = Pattern.compile("\\$\\{?([a-z]+)\\b")
                .matcher(dashboard.json().toString())
                .results()
                .map(use -> use.group(1))
                .collect(Collectors.toSet());
        assertThat(names).containsAll(used).allMatch(used::contains);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsHaveTheirOwnIdsAndTheirOwnPlaces(Dashboard dashboard) {
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            String title = panel.get("title").asText();
            assertThat(ids.add(panel.get("id").asInt())).as("own id: " + title).isTrue();
            JsonNode place = panel.get("gridPos");
            int right = place.get("x").asInt() + place.get("w").asInt();
            assertThat(right).as("right end: " + title).isLessThanOrEqualTo(24);
            assertThat(place.get("h").asInt()).as("height: " + title).isPositive();
            for (int x = place.get("x").asInt(); x < right; x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    String cell = x + "/" + (place.get("y").asInt() + y);
                    assertThat(cells.add(cell)).as("own place: " + title).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyQueryHasAnExpressionAndTheDashboardsDataSource(Dashboard dashboard) {
        for (JsonNode panel : dashboard.panels()) {
            if (!type(panel).equals("row")) {
                Set<String> names = new HashSet<>();
                assertThat(panel.get("targets")).isNotEmpty();
                for (JsonNode target : panel.get("targets")) {
                    assertThat(names.add(target.get("refId").asText())).isTrue();
                    asks(target.get("expr"), target.get("datasource"));
                }
            }
        }
        for (JsonNode annotation : dashboard.json().at("/annotations/list")) {
            if (!annotation.has("builtIn")) {
                asks(annotation.at("/target/expr"), annotation.get("datasource"));
                assertThat(annotation.get("titleFormat").asText()).isNotBlank();
            }
        }
    }

    private static void asks(JsonNode expression, JsonNode source) {
        assertThat(expression.asText()).contains("midwrite");
        assertThat(source.get("type").asText()).isEqualTo("prometheus");
        assertThat(source.get("uid").asText()).isEqualTo("${datasource}");
    }

    private static String type(JsonNode panel) {
        return panel.get("type").asText();
    }

    /** Names of all samples of a busy controller, and of the agents', which their own tests hold against a scrape. */
    private Set<String> there() {
        Set<String> there = new TreeSet<>();
        for (Metric metric : Metric.values()) {
            if (metric.isOfAgent()) {
                there.add(metric.exposed());
            }
        }
        try (BusyController controller = new BusyController(directory)) {
            controller
                    .scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> there.add(line.split("[{ ]", 2)[0]));
        }
        return there;
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
