package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.incident.Incident;
import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void bannerSaysVerdictProfileSentenceExitCodeAndHowToRepeat() throws IOException {
        ReportInput input = SampleRun.failed();
        String page = page(input);
        String banner = page.substring(page.indexOf("<header class=\"banner"), page.indexOf("</header>"));
        assertThat(banner)
                .contains(
                        "banner is-bad",
                        "<h1>fail</h1>",
                        "session",
                        ">1</dd>",
                        ">42</dd>",
                        "<dt>Evidence</dt><dd>A</dd>")
                .contains(input.judgement().sentence(), input.drill().command());
    }

    @Test
    void everyCardHasItsStoryItsEvidenceAndALink() throws IOException {
        ReportInput input = SampleRun.failed();
        String page = page(input);
        for (AnomalyCard card : input.judgement().cards()) {
            int start = page.indexOf("id=\"" + card.id() + "\"");
            String text = page.substring(start, page.indexOf("</article>", start));
            assertThat(text)
                    .contains(
                            "href=\"#" + card.id() + "\"",
                            card.violation().what(),
                            card.violation().why(),
                            card.when(),
                            card.cause(),
                            card.blast(),
                            card.certainty(),
                            "<svg class=\"timeline\"");
        }
        assertThat(page)
                .contains("append 300000000002a → length 42", "12.790 – 12.804 s", "A session that was fine")
                .contains("href=\"#A-1\">1 of 41,118 violated");
    }

    @Test
    void aFindingNamesTheTraceOfEachOperationOfItsEvidence() throws IOException {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        ReportInput run = SampleRun.failed();
        ReportInput input = new ChangedInput(run)
                .traces(new TraceLinks(operation -> Optional.of(trace), "http://localhost:16686/trace/{trace}?x=\"y\""))
                .build();
        String page = page(input);
        assertThat(page)
                .contains("<a href=\"http://localhost:16686/trace/" + trace
                        + "?x=&quot;y&quot;\" rel=\"noreferrer\"><code>" + trace);
        assertThat(page(run)).doesNotContain("class=\"trace\"");
        AnomalyCard card = run.judgement().cards().get(0);
        JsonNode verdict =
                JSON.readTree(Report.write(directory, input).verdict().toFile());
        assertThat(verdict.at("/anomalies/0/traces"))
                .hasSize(card.violation().witness().size())
                .allSatisfy(id -> assertThat(id.asText()).isEqualTo(trace));
        assertThat(JSON.readTree(Report.write(directory, run).verdict().toFile())
                        .at("/anomalies/0/traces"))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(id.isNull()).isTrue());
        assertThat(Report.explanation(input, ReportFiles.in(directory), Set.of(card.id()), Terminal.PLAIN))
                .contains("traces      1. http://localhost:16686/trace/" + trace);
        assertThat(Report.explanation(run, ReportFiles.in(directory), Set.of(card.id()), Terminal.PLAIN))
                .doesNotContain("traces");
    }

    @Test
    void aFindingLinksToThePagesOfItsIncidents() throws IOException {
        String page = page(SampleRun.failed());
        for (Incident incident :
                Incidents.shipped().suspects(Anomaly.IMMORTAL_SESSION, "").incidents()) {
            assertThat(page)
                    .contains("href=\"#incident-" + incident.name() + "\"", "id=\"incident-" + incident.name() + "\"");
        }
        assertThat(page).contains("href=\"#incident-immortal-session\"", "## Runbook");
        assertThat(page(SampleRun.passed())).doesNotContain("incident-");
    }

    @Test
    void unobservedInconclusiveAndAllowedPropertiesDoNotLookLikePasses() throws IOException {
        assertThat(page(SampleRun.passed()))
                .containsPattern("is-neutral\">[^§]{0,99}<b>duplicates</b>[^§]{0,300}this profile allows it")
                .containsPattern(
                        "is-absent\">[^§]{0,200}websocket[^§]{0,99}not observed[^§]{0,99}the drill has no workload for"
                                + " it")
                .containsPattern("is-unsure\">[^§]{0,99}<b>guarantees</b>[^§]{0,300}14 inconclusive of 9,134");
    }

    @Test
    void whatHeldAnInjectionBackStandsBesideHowOftenItHappened() throws IOException {
        assertThat(page(SampleRun.failed()))
                .containsPattern(
                        "data-label=\"Applied\">1<br><span class=\"faint\">30 came when it had been done once");
    }

    @Test
    void needsNothingFromTheNetwork() throws IOException {
        String page = page(SampleRun.failed());
        assertThat(page)
                .doesNotContain("http://", "https://", "@import", " src=")
                .contains("default-src 'none'");
    }

    @Test
    void textFromOutsideCannotBecomeMarkup() throws IOException {
        String page = page(SampleRun.hostile());
        assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert");
        assertThat(xmlErrors(Files.readString(directory.resolve("junit.xml")))).isEmpty();
    }

    @Test
    void staysBelow5MegabytesWithManyCards() throws IOException {
        ReportInput input = SampleRun.input(
                Verdict.FAIL,
                "Much is wrong.",
                List.of(),
                IntStream.range(0, 300).mapToObj(ReportTest::another).toList());
        ReportFiles files = Report.write(directory, input);
        assertThat(files.html()).isNotEmptyFile();
        assertThat(Files.size(files.html())).isLessThan(5_000_000);
        assertThat(Files.readString(files.html()))
                .contains("left out to keep the page small", "200 more findings stand in");
    }

    /** Alike ones are one card, so each is of a node of its own. */
    private static AnomalyCard another(int node) {
        AnomalyCard card = SampleRun.lostWrite("A-" + node);
        Violation violation = card.violation();
        return new AnomalyCard(
                card.id(),
                new Violation(
                        violation.anomaly(),
                        violation.severity(),
                        violation.session(),
                        violation.attribute(),
                        violation.witness().stream().map(read -> on(node, read)).toList(),
                        violation.what(),
                        violation.why(),
                        violation.at(),
                        violation.gapNanos(),
                        violation.lasting()),
                card.when(),
                card.cause(),
                card.blast(),
                card.certainty(),
                card.similar(),
                card.sibling());
    }

    private static UserOperation on(int node, UserOperation read) {
        return new UserOperation(
                read.kind(),
                read.seq(),
                read.session(),
                read.incarnation(),
                read.invoked(),
                read.returned(),
                read.value(),
                read.second(),
                read.request(),
                read.process(),
                1 + node,
                read.attribute(),
                read.length(),
                read.attempt(),
                read.outcome(),
                read.flags(),
                read.payload());
    }

    @Test
    void alikeFindingsAreOneCard() throws IOException {
        ReportInput input = SampleRun.input(
                Verdict.FAIL, "Much is wrong.", List.of(), Collections.nCopies(300, SampleRun.lostWrite("A-1")));
        String page = page(input);
        assertThat(count(page, "<article[ >]")).isOne();
        assertThat(page).contains("1,199 more like this: A-1 … A-1").doesNotContain("more findings stand in");
    }

    @Test
    void findingsComeFirstAndOneIsOpen() throws IOException {
        String page = page(SampleRun.failed());
        assertThat(page.indexOf("<section id=\"findings\"")).isLessThan(page.indexOf("<section id=\"course\""));
        assertThat(count(page, "<details class=\"finding\" open>")).isOne();
        assertThat(page(SampleRun.passed())).doesNotContain("<section id=\"findings\"");
    }

    @Test
    void tagsOfThePageAreBalanced() throws IOException {
        for (ReportInput input : List.of(SampleRun.failed(), SampleRun.passed(), SampleRun.vacuous())) {
            String page = page(input);
            for (String tag : List.of(
                    "div", "section", "article", "table", "tr", "td", "dl", "dd", "ol", "ul", "li", "svg", "p",
                    "details", "figure", "span")) {
                assertThat(count(page, "<" + tag + "[ >]")).as(tag).isEqualTo(count(page, "</" + tag + ">"));
            }
        }
    }

    @Test
    void sessionOnNoCardIsNotAskedForAndNotShown() throws IOException {
        assertThat(page(SampleRun.failed())).doesNotContain("not on a card");
    }

    @Test
    void aBoundWithoutEndIsNoBoundThatIsMissing() {
        JsonNode endless = gate(800, 800, Double.POSITIVE_INFINITY);
        assertThat(endless.get("lower").asDouble()).isEqualTo(800);
        assertThat(endless.get("lowerInfinite").asBoolean()).isFalse();
        assertThat(endless.get("upper").isNull()).isTrue();
        assertThat(endless.get("upperInfinite").asBoolean()).isTrue();

        JsonNode missing = gate(Double.NaN, Double.NaN, Double.NaN);
        assertThat(missing.get("value").isNull()).isTrue();
        assertThat(missing.get("upper").isNull()).isTrue();
        assertThat(missing.get("upperInfinite").asBoolean()).isFalse();

        JsonNode reversed = gate(0.5, 0.9, 0.1);
        assertThat(reversed.get("lower").asDouble()).isEqualTo(0.1);
        assertThat(reversed.get("upper").asDouble()).isEqualTo(0.9);
    }

    private static JsonNode gate(double value, double low, double high) {
        ObjectNode node = JSON.createObjectNode();
        VerdictFile.gate(
                node, new GateResult("g", value, low, high, 0.95, "", "", 1, "trials", GateResult.State.OBSERVED));
        return node;
    }

    @Test
    void verdictJsonHasTheKeysThatDocumentsPromise() throws IOException {
        JsonNode verdict = JSON.readTree(
                Report.write(directory, SampleRun.failed()).verdict().toFile());
        assertThat(verdict.fieldNames())
                .toIterable()
                .containsExactly(
                        "version",
                        "verdict",
                        "exitCode",
                        "besides",
                        "profile",
                        "evidence",
                        "sentence",
                        "reasons",
                        "drill",
                        "gates",
                        "properties",
                        "anomalies",
                        "trial",
                        "health");
        assertThat(verdict.get("verdict").asText()).isEqualTo("FAIL");
        assertThat(verdict.get("exitCode").asInt()).isEqualTo(1);
        assertThat(verdict.at("/gates/0/value").asDouble()).isEqualTo(0.99917);
        assertThat(verdict.at("/gates/2/value").isNull()).isTrue();
        assertThat(verdict.at("/properties/0/name").asText()).isEqualTo("register");
        assertThat(verdict.at("/anomalies/0/id").asText()).isEqualTo("A-1");
        assertThat(verdict.at("/anomalies/1/session").asText()).isEqualTo("7f3a91c044de0b12");
        assertThat(verdict.at("/trial/faults/0/applied").asInt()).isEqualTo(1);
        assertThat(verdict.at("/health/delays/0/p99Nanos").asLong()).isEqualTo(52_300_000);
    }

    @Test
    void eachAnomalyIsOneLineWithItsWitness() throws IOException {
        List<String> lines =
                Files.readAllLines(Report.write(directory, SampleRun.failed()).anomalies());
        assertThat(lines).hasSize(2);
        JsonNode lost = JSON.readTree(lines.get(0));
        assertThat(lost.get("anomaly").asText()).isEqualTo("LOST_ACKED_WRITE");
        assertThat(lost.get("witness")).hasSize(3);
        assertThat(lost.at("/witness/0/request").asText()).isEqualTo("000300000000002a");
        assertThat(lost.at("/witness/0/returnedNanos").asLong()).isEqualTo(12_804_000_000L);
        JsonNode immortal = JSON.readTree(lines.get(1));
        assertThat(immortal.get("attribute").isNull()).isTrue();
        assertThat(immortal.get("incidents"))
                .anySatisfy(
                        incident -> assertThat(incident.get("page").asText()).isEqualTo("immortal-session.md"));
    }

    @Test
    void earlierReportIsReplaced() throws IOException {
        Report.write(directory, SampleRun.failed());
        ReportFiles files = Report.write(directory, SampleRun.passed());
        assertThat(files.anomalies()).isEmptyFile();
        assertThat(Files.readString(files.html())).contains("<h1>pass</h1>").doesNotContain("A-1");
    }

    @Test
    void directoryThatCannotBeIsOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        assertThatThrownBy(() -> Report.write(file, SampleRun.passed()))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The report cannot be written to " + file);
    }

    private String page(ReportInput input) throws IOException {
        return Files.readString(Report.write(directory, input).html());
    }

    private static long count(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().count();
    }

    private static String xmlErrors(String text) {
        return JUnitFileTest.problem(text);
    }
}
