package dev.midwrite.controller.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.check.campaign.TrialResult;
import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files of a report over several trials; {@code docs/report.md} lists the keys of {@code verdict.json}. */
public final class CampaignReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CampaignReport() {}

    /**
     * Writes {@code report.html}, {@code verdict.json} and {@code junit.xml}; those of an earlier report are replaced.
     *
     * @throws Problem if the directory cannot be written
     */
    public static ReportFiles write(Path directory, CampaignInput input) {
        ReportFiles files = ReportFiles.in(directory);
        try {
            // Machine files first: should the page fail, the verdict is there.
            Files.writeString(files.verdict(), verdict(input));
            Files.writeString(files.junit(), JUnitFile.of(input).text());
            Files.writeString(files.html(), HtmlPage.of(input));
        } catch (IOException e) {
            throw new Problem("The report in " + directory + " cannot be written: " + e.getMessage() + ".", e);
        }
        return files;
    }

    /** For a terminal. */
    public static String summary(CampaignInput input, ReportFiles files, Terminal terminal) {
        return new CampaignSummary(input, terminal).text(files);
    }

    private static String verdict(CampaignInput input) throws JsonProcessingException {
        Judgement judgement = input.judgement();
        ObjectNode root = JSON.createObjectNode();
        root.put("version", 1);
        root.put("verdict", judgement.verdict().name());
        root.put("exitCode", judgement.verdict().exitCode());
        root.put("profile", judgement.profile().name());
        VerdictFile.evidence(root.putObject("evidence"), input.evidence());
        root.put("sentence", judgement.sentence());
        judgement.reasons().forEach(root.putArray("reasons")::add);
        ObjectNode drill = root.putObject("drill");
        drill.put("name", input.name());
        drill.put("file", String.join(" ", input.files()));
        drill.put("seed", input.seed());
        drill.put("command", input.command());
        drill.put("startedAt", input.startedAt().toString());
        drill.put("durationNanos", input.duration().toNanos());
        input.versions().forEach(drill.putObject("versions")::put);
        root.put("plannedTrials", input.planned());
        ArrayNode trials = root.putArray("trials");
        input.trials().forEach(trial -> trial(trials.addObject(), trial));
        ArrayNode gates = root.putArray("gates");
        judgement.gates().forEach(gate -> VerdictFile.gate(gates.addObject(), gate));
        ArrayNode properties = root.putArray("properties");
        judgement.properties().forEach(result -> VerdictFile.property(properties.addObject(), result));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void trial(ObjectNode node, CampaignInput.Trial trial) {
        TrialResult result = trial.result();
        node.put("name", result.name());
        node.put("drill", result.drill());
        node.put("faults", result.kind());
        node.put("seed", result.seed());
        node.put("verdict", result.judgement().verdict().name());
        node.put("sentence", result.judgement().sentence());
        node.put("durationNanos", trial.duration().toNanos());
        Figures figures = result.figures();
        node.put("sessionsAtRisk", figures.atRisk());
        node.put("sessionsFresh", figures.fresh());
        node.put("sessionsAlive", figures.alive());
        VerdictFile.number(node, "failoverP99Millis", figures.failover().orElse(Double.NaN));
        if (trial.place().isEmpty()) {
            node.putNull("report");
        } else {
            node.put("report", trial.place() + "/report.html");
        }
    }
}
