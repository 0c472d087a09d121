package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetMetricsTest {
    private static final String OF_A_NODE = """
            # HELP midwrite_points Points by state.
            # TYPE midwrite_points gauge
            midwrite_points{state="woven"} 4.0
            # TYPE midwrite_journal_records_total counter
            midwrite_journal_records_total 12.0
            """;

    @TempDir
    Path directory;

    @Test
    void mergesFamiliesAndLabelsNodes() {
        Scrape scrape = new Scrape();
        scrape.add("# TYPE midwrite_points gauge\nmidwrite_points 1\n");
        scrape.add(OF_A_NODE, "node-1");
        scrape.add(OF_A_NODE, "node-2");
        assertThat(scrape.text()).isEqualTo("""
                # HELP midwrite_points Points by state.
                # TYPE midwrite_points gauge
                midwrite_points 1
                midwrite_points{node="node-1",state="woven"} 4.0
                midwrite_points{node="node-2",state="woven"} 4.0
                # TYPE midwrite_journal_records_total counter
                midwrite_journal_records_total{node="node-1"} 12.0
                midwrite_journal_records_total{node="node-2"} 12.0
                """);
    }

    @Test
    void keepsTheSamplesOfAHistogramTogether() {
        String histogram = """
                # TYPE t histogram
                t_bucket{le="0.1"} 1
                t_bucket{le="+Inf"} 2
                t_count 2
                t_sum 0.3
                # TYPE t_max gauge
                t_max 0.2
                """;
        Scrape scrape = new Scrape();
        scrape.add(histogram, "a");
        scrape.add(histogram, "b");
        assertThat(scrape.text()).isEqualTo("""
                # TYPE t histogram
                t_bucket{node="a",le="0.1"} 1
                t_bucket{node="a",le="+Inf"} 2
                t_count{node="a"} 2
                t_sum{node="a"} 0.3
                t_bucket{node="b",le="0.1"} 1
                t_bucket{node="b",le="+Inf"} 2
                t_count{node="b"} 2
                t_sum{node="b"} 0.3
                # TYPE t_max gauge
                t_max{node="a"} 0.2
                t_max{node="b"} 0.2
                """);
    }

    @Test
    void readsLabelValuesThatLookLikeSyntax() {
        Scrape scrape = new Scrape();
        scrape.add("x{a=\"}\\\"{, node=\",node=\"mine\"} 1\n", "n");
        assertThat(scrape.text())
                .isEqualTo("# TYPE x untyped\nx{node=\"n\",a=\"}\\\"{, node=\",exported_node=\"mine\"} 1\n");
    }

    /** One of them would have a scraper reject what all other nodes say, too. */
    @Test
    void leavesOutWhatIsNoSample() {
        Scrape scrape = new Scrape();
        scrape.add("# HELP [ b\n# TYPE a co\runter\na 1\na{nod\r} 2\na{b=\"c\"} x\n", "n");
        assertThat(scrape.text()).isEqualTo("# TYPE a untyped\na{node=\"n\"} 1\n");
    }

    @Test
    void leavesOutAFamilyWhoseTypeContradicts() {
        Scrape scrape = new Scrape();
        scrape.add("# TYPE x gauge\nx 1\n");
        scrape.add("# TYPE x counter\nx 2\n", "n");
        assertThat(scrape.text()).isEqualTo("# TYPE x gauge\nx 1\n");
    }

    @Test
    void servesOneScrapeForTheFleet() throws Exception {
        try (JournalStore journals = new JournalStore(directory);
                Fleet fleet = new Fleet(journals);
                LinkServer server = LinkServer.start(fleet, 0, FakeAgent.ACCESS);
                FleetMetrics metrics =
                        FleetMetrics.start(fleet, () -> "# TYPE midwrite_own gauge\nmidwrite_own 1\n", 0)) {
            try (FakeAgent agent = new FakeAgent(server.port())) {
                agent.hello(FakeAgent.hello("node-1", 1));
                agent.send(AgentMessage.newBuilder()
                        .setMetrics(Metrics.newBuilder().setText(OF_A_NODE))
                        .build());
                await().until(() -> scrape(metrics).contains("midwrite_points{node=\"node-1\",state=\"woven\"} 4.0"));
                assertThat(scrape(metrics)).startsWith("# TYPE midwrite_own gauge\nmidwrite_own 1\n");
            }
            await().untilAsserted(() -> assertThat(scrape(metrics)).doesNotContain("node-1"));
            assertThatThrownBy(() -> FleetMetrics.start(fleet, () -> "", 70_000))
                    .hasMessage("Cannot serve metrics on port 70000: ports go from 0, for any free one, to 65535.");
            assertThatThrownBy(() -> FleetMetrics.start(fleet, () -> "", metrics.port()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("the port is in use");
        }
    }

    private static String scrape(FleetMetrics metrics) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + metrics.port() + "/metrics")
                .toURL()
                .openConnection();
        assertThat(connection.getContentType()).startsWith("text/plain; version=0.0.4");
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoHasScrapedBeforeMayDoSoOnceMore() throws Exception {
        try (JournalStore journals = new JournalStore(directory);
                Fleet fleet = new Fleet(journals);
                FleetMetrics metrics = FleetMetrics.start(fleet, () -> "x 1\n", 0)) {
            assertThat(metrics.awaitScrape(Duration.ofMinutes(10))).isFalse();
            URI uri = URI.create("http://127.0.0.1:" + metrics.port() + "/metrics");
            scrape(uri);
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return metrics.awaitScrape(Duration.ofMinutes(10));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            // As Prometheus does: again and again.
            await().until(() -> {
                scrape(uri);
                return waiting.isDone();
            });
            assertThat(waiting.join()).isTrue();
            assertThat(metrics.awaitScrape(Duration.ofMillis(50))).isFalse();
        }
    }

    private static void scrape(URI uri) throws IOException {
        try (InputStream body = uri.toURL().openStream()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("x 1");
        }
    }
}
