package dev.midwrite.drills;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes two drills while they run, one of a service with a store and one of nodes that replicate to each
 * other. Whatever a dashboard, a variable, an annotation or a rule asks for is asked then.
 */
@Tag("long")
class PrometheusIT {
    private static final String SHOP = "shop";
    private static final String CLUSTER = "cluster";

    @TempDir
    private Path directory;

    private final Instant began = Instant.now();

    private record Query(String place, String expression) {

        /** Which of the two drills is meant to show it. */
        String service() {
            return expression.contains("replica") || expression.contains("exposed") ? CLUSTER : SHOP;
        }

        /** As Grafana fills it in. */
        String of(String service) {
            return expression
                    .replace("$service", service)
                    .replace("$node", ".*")
                    .replace("$drill", ".*")
                    .replace("$__rate_interval", "4s")
                    .replace("$__range", "10m");
        }
    }

    @Test
    void whatDashboardsAndRulesAskForIsThereInTheDrillThatIsMeantToShowIt() throws Exception {
        assumeThat(CommandLineProcess.installed("prometheus"))
                .as("Prometheus is not installed; Debian's package prometheus brings it")
                .isTrue();
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put(SHOP, FreePort.take());
        ports.put(CLUSTER, FreePort.take());
        try (PrometheusServer prometheus = PrometheusServer.start(directory, ports)) {
            await().atMost(ofMinutes(1)).until(prometheus::ready);
            drill("shop-seen.yaml", ports.get(SHOP));
            drill("cluster-seen.yaml", ports.get(CLUSTER));
            SoftAssertions all = new SoftAssertions();
            for (Query query : queries()) {
                all.assertThat(shows(prometheus, query))
                        .as(query.place() + " shows something of " + query.service() + ": " + query.expression())
                        .isTrue();
            }
            rules(prometheus, all);
            variables(prometheus, all);
            all.assertAll();
        }
    }

    private void drill(String name, int port) throws IOException, InterruptedException {
        Path jdk = CommandLineProcess.jdks().get(0);
        Path file =
                CommandLineProcess.root().resolve("examples/it/src/test/drills").resolve(name);
        try (CommandLineProcess run = CommandLineProcess.start(
                jdk,
                directory,
                "drill",
                "run",
                file.toString(),
                "--metrics-port",
                Integer.toString(port),
                "--out",
                name)) {
            assertThat(run.await()).as("a proved loss: " + run.output()).isEqualTo(1);
            assertThat(run.output()).contains("metrics at http://127.0.0.1:" + port + "/metrics");
        }
    }

    /**
     * Whether there was a number at any time; one that cannot be asked fails at once. Waits a little: the last scrape, which
     * has the figures of the verdict, may not have been stored yet.
     */
    private boolean shows(PrometheusServer prometheus, Query query) {
        try {
            await().atMost(ofSeconds(10)).until(() -> showed(prometheus, query));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private boolean showed(PrometheusServer prometheus, Query query) throws IOException, InterruptedException {
        for (JsonNode series : prometheus.range(query.of(query.service()), began)) {
            for (JsonNode sample : series.get("values")) {
                if (!sample.get(1).asText().equals("NaN")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        for (JsonNode dashboard : dashboards()) {
            String title = dashboard.get("title").asText() + ": ";
            for (JsonNode panel : dashboard.get("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    queries.add(new Query(
                            title + panel.get("title").asText(),
                            target.get("expr").asText()));
                }
            }
            for (JsonNode annotation : dashboard.at("/annotations/list")) {
                if (annotation.has("target")) {
                    queries.add(new Query(
                            title + annotation.get("name").asText(),
                            annotation.at("/target/expr").asText()));
                }
            }
        }
        assertThat(queries).hasSizeGreaterThan(50);
        return queries;
    }

    private static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new ArrayList<>();
        try (Stream<Path> files = Files.list(CommandLineProcess.root().resolve("grafana/dashboards"))) {
            for (Path file : files.sorted().toList()) {
                dashboards.add(new ObjectMapper().readTree(file.toFile()));
            }
        }
        return dashboards;
    }

    /** None fails; a recording rule has recorded, and just those alerts fired that have a reason. */
    private void rules(PrometheusServer prometheus, SoftAssertions all) throws IOException, InterruptedException {
        int rules = 0;
        for (JsonNode group : prometheus.data("/api/v1/rules").get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                rules++;
                String name = rule.get("name").asText();
                all.assertThat(rule.get("health").asText())
                        .as(name + ": " + rule.path("lastError").asText())
                        .isEqualTo("ok");
                if (rule.get("type").asText().equals("recording")) {
                    all.assertThat(shows(prometheus, new Query(name, name)))
                            .as(name + " has recorded")
                            .isTrue();
                }
            }
        }
        assertThat(rules).isPositive();
        all.assertThat(firing(prometheus, SHOP)).containsExactly("MidwriteScoreBelowObjective");
        all.assertThat(firing(prometheus, CLUSTER)).containsExactly("MidwriteReplicationLagOverBudget");
    }

    private Set<String> firing(PrometheusServer prometheus, String job) throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        prometheus
                .range("ALERTS{alertstate=\"firing\", job=\"" + job + "\"}", began)
                .forEach(series -> names.add(series.at("/metric/alertname").asText()));
        return names;
    }

    private void variables(PrometheusServer prometheus, SoftAssertions all) throws IOException, InterruptedException {
        Set<String> asked = new TreeSet<>();
        for (JsonNode dashboard : dashboards()) {
            for (JsonNode variable : dashboard.at("/templating/list")) {
                String query = variable.at("/query/query").asText();
                if (!query.isEmpty() && asked.add(query)) {
                    String inner = query.substring("label_values(".length(), query.length() - 1);
                    String series = inner.substring(0, inner.lastIndexOf(',')).replace("$service", ".*");
                    String label = inner.substring(inner.lastIndexOf(',') + 1).strip();
                    JsonNode values = prometheus.data("/api/v1/label/" + label
                            + "/values?match[]=".replace("[]", "%5B%5D") + PrometheusServer.encoded(series));
                    all.assertThat(values).as(query).hasSizeGreaterThanOrEqualTo(2);
                }
            }
        }
        all.assertThat(asked).hasSize(3);
    }
}
