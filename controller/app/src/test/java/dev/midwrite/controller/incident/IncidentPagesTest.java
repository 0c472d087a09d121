package dev.midwrite.controller.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that ship: each is complete, and what it names is there. */
class IncidentPagesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "../..").normalize();
    private static final Path PAGES = ROOT.resolve("incidents");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^- \\[[^]]+]\\(https://[^)]+\\): .+$");
    private static final Pattern PAGE = Pattern.compile("]\\((?!https:)([^)#]+)");

    private static final String SERVICE = """
            version: 1
            store: {kind: redis, address: embedded}
            nodes:
              names: [left, right]
              command: "{java} {agent} -jar a.jar"
              versions: {next: {environment: {A: b}}}
            users: {sessions: 3, duration: 5s, workloads: [list], ttl: 90s, timeout: 7s}
            """;

    @Test
    void thereAreThirtyOrMore() {
        assertThat(Incidents.shipped().all()).hasSizeGreaterThanOrEqualTo(30);
    }

    /** The table is made from the pages: where they differ, the message is what belongs into incidents/README.md. */
    @Test
    void theIndexIsThatOfThePages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals("README.md"))
                    .map(file -> file.replace(".md", ""))
                    .sorted()
                    .toList();
            assertThat(Incidents.shipped().all().stream().map(Incident::name)).containsExactlyElementsOf(names);
        }
        assertThat(Files.readString(PAGES.resolve("README.md")))
                .contains(Incidents.shipped().all().stream()
                        .map(IncidentPagesTest::row)
                        .collect(Collectors.joining("\n", "|---|---|---|---|\n", "\n")));
    }

    private static String row(Incident incident) {
        return "| [" + incident.name() + "](" + incident.file() + ") | " + incident.title() + " | "
                + Stream.concat(
                                incident.explains().stream()
                                        .map(each -> each.finding().name()),
                                incident.misses().stream())
                        .collect(Collectors.joining(", "))
                + " | " + incident.run().orElse("not run") + " |";
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void aPageTellsAllThatItsReaderAsks(Incident incident) throws IOException {
        assertThat(incident.page())
                .containsSubsequence(
                        "# ",
                        "\n\n## References\n\n- ",
                        "\n\n## How it is recognised\n\n",
                        "\n\n## Runbook\n\n1. ",
                        "\n2. ",
                        "\n\n## Drill\n\n",
                        "./midwrite incident run " + incident.name() + " my-drill.yaml");
        String story = incident.page().split("\n\n")[1];
        assertThat(story).hasSizeBetween(150, 900);
        assertThat(REFERENCE.matcher(incident.page()).results()).isNotEmpty();
        PAGE.matcher(incident.page())
                .results()
                .map(link -> PAGES.resolve(link.group(1)))
                .forEach(page -> assertThat(page).exists());
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void itsDrillsAreThereAndExpectWhatTheyShow(Incident incident) {
        Drill broken = DrillFile.read(ROOT.resolve(incident.broken()));
        Drill mended = DrillFile.read(ROOT.resolve(incident.mended()));

        assertThat(mended.expect().verdict()).contains(Verdict.PASS);
        if (incident.explains().isEmpty()) {
            assertThat(incident.misses()).isNotEmpty();
            assertThat(broken.expect().verdict()).contains(Verdict.GATE_MISSED);
            return;
        }
        assertThat(broken.expect().verdict()).contains(Verdict.FAIL);
        assertThat(broken.expect().findings())
                .map(Anomaly::valueOf)
                .containsAnyElementsOf(incident.explains().stream()
                        .map(Incident.Explained::finding)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void itsCourseCanBeRunOnAServiceOfTheUsers(Incident incident) {
        Drill given = DrillFile.parse(Path.of("a.yaml"), SERVICE);

        Drill drill = IncidentCourse.over(incident, given);

        assertThat(drill.nodes()).isEqualTo(given.nodes());
        assertThat(drill.users().ttl()).isEqualTo(given.users().ttl());
        assertThat(drill.users().timeout()).isEqualTo(given.users().timeout());
        assertThat(drill.users().workloads()).isNotEmpty();
        assertThat(drill.name()).isEqualTo("a-" + incident.name());
    }

    static List<Incident> incidents() {
        return Incidents.shipped().all();
    }
}
