package dev.midwrite.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.journal.ChronicleJournal;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Incarnation;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentMetersTest {
    private static final String SAVE = "spring.SessionRepository.save";

    @TempDir
    private Path directory;

    private final Injections injections = new Injections();
    private final AgentMeters meters = new AgentMeters(
            () -> List.of(new PointReport(point(), PointReport.State.WOVEN, "", List.of())), injections);

    private static Point point() {
        return new Catalogue(Libraries.all())
                .all().stream()
                        .filter(point -> point.name().equals(SAVE))
                        .findFirst()
                        .orElseThrow();
    }

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void countsPointsAndLeases() {
        assertThat(meters.scrape())
                .contains("midwrite_points{state=\"woven\"} 1.0")
                .contains("midwrite_points{state=\"failed\"} 0.0")
                .contains("midwrite_link_lease_age_seconds NaN")
                .contains("midwrite_fault_armed 0.0");
        injections.lease(1);
        assertThat(meters.scrape()).doesNotContain("midwrite_link_lease_age_seconds NaN");
    }

    @Test
    void countsEndedOperationsByKindAndOutcome() {
        try (ChronicleJournal journal =
                ChronicleJournal.open(directory, new Incarnation("node", 1, 2, 3, 4), 1 << 20)) {
            meters.records(journal);
            Journal counting = meters.counting(journal);
            int save = counting.name(SAVE, PointKind.SESSION_SAVE);
            append(counting, save, Edge.BEFORE, Outcome.NONE);
            append(counting, save, Edge.STEP, Outcome.OK);
            append(counting, save, Edge.AFTER, Outcome.OK);
            append(counting, save, Edge.AFTER, Outcome.FAIL);
            assertThat(meters.scrape())
                    .contains("midwrite_event_operations_total{kind=\"session.save\",outcome=\"ok\"} 1.0")
                    .contains("midwrite_event_operations_total{kind=\"session.save\",outcome=\"fail\"} 1.0")
                    .contains("midwrite_event_operations_total{kind=\"session.save\",outcome=\"info\"} 0.0")
                    .contains("midwrite_journal_records_total 6.0")
                    .contains("midwrite_journal_drops_total 0.0");
        }
    }

    @Test
    void thePageOfMetricsNamesJustTheseMeters() throws IOException {
        Path page = Path.of(System.getProperty("basedir", "."), "../../docs/metrics.md");
        String agents = Files.readString(page);
        assertThat(names(agents.substring(agents.indexOf("## Agent")))).isEqualTo(names(meters.scrape()));
    }

    private static Set<String> names(String text) {
        return Pattern.compile("\\bmidwrite_[a-z_]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void servesItsOwnEndpointOnlyWhenTold() throws Exception {
        int port = meters.serve(0);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("midwrite_point_suppressed_errors_total");
    }

    @Test
    void aTakenPortIsNoDisaster() {
        int port = meters.serve(0);
        try (AgentMeters second = new AgentMeters(List::of, injections)) {
            assertThat(second.serve(port)).isZero();
        }
    }

    private static void append(Journal journal, int point, Edge edge, Outcome outcome) {
        journal.append(EventType.OPERATION, 1, 0, 0, 0, 0, point, edge, outcome.code(), 0, 0, new byte[0]);
    }
}
