package dev.midwrite.controller.report;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.campaign.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The summary over several trials for a terminal: the verdict, one line per trial, figures and properties. */
final class CampaignSummary {
    private static final int HEAD = 12;

    private final CampaignInput input;
    private final Ansi ansi;
    private final StringBuilder out = new StringBuilder();

    CampaignSummary(CampaignInput input, boolean colour) {
        this.input = input;
        this.ansi = new Ansi(colour);
    }

    String text(ReportFiles files) {
        Judgement judgement = input.judgement();
        Verdict verdict = judgement.verdict();
        out.append('\n')
                .append(ansi.verdict(verdict, Wording.lower(verdict).toUpperCase(Locale.ROOT)))
                .append("  ")
                .append(input.name())
                .append(" · ")
                .append(trials(input))
                .append(" · profile ")
                .append(Wording.lower(judgement.profile()))
                .append(" · exit code ")
                .append(verdict.exitCode())
                .append('\n')
                .append(judgement.sentence())
                .append('\n');
        judgement.reasons().forEach(reason -> out.append("- ").append(reason).append('\n'));
        section("trials", trials());
        section("figures", Summary.gates(judgement));
        section("properties", properties(judgement.properties()));
        out.append('\n');
        line("repeat", input.command());
        line("report", files.html().toAbsolutePath().normalize().toString());
        return out.toString();
    }

    /** Such as {@code 20 trials}, or {@code 3 of 20 trials} if the others are still missing. */
    static String trials(CampaignInput input) {
        int done = input.trials().size();
        return (done == input.planned() ? "" : done + " of ") + Wording.count(input.planned(), "trial");
    }

    private List<String> trials() {
        boolean several = input.drills().size() > 1;
        List<String[]> rows = new ArrayList<>();
        for (CampaignInput.Trial trial : input.trials()) {
            Figures figures = trial.result().figures();
            Verdict verdict = trial.result().judgement().verdict();
            rows.add(new String[] {
                trial.result().name(),
                several ? trial.result().drill() : "",
                Wording.lower(verdict),
                share("score", figures.fresh(), figures),
                share("survival", figures.alive(), figures),
                failover(figures),
                "seed " + trial.result().seed()
            });
        }
        List<String> lines = Columns.align(rows);
        for (int i = 0; i < lines.size(); i++) {
            Verdict verdict = input.trials().get(i).result().judgement().verdict();
            if (verdict != Verdict.PASS) {
                lines.set(i, ansi.verdict(verdict, lines.get(i)));
            }
        }
        return lines;
    }

    private static String share(String name, long good, Figures figures) {
        return figures.atRisk() == 0 ? "" : name + " " + good + "/" + figures.atRisk();
    }

    static String failover(Figures figures) {
        return figures.failover().isEmpty()
                ? ""
                : "failover " + Wording.figure(figures.failover().getAsDouble(), 3) + " ms";
    }

    private List<String> properties(List<PropertyResult> results) {
        List<String[]> rows = new ArrayList<>();
        for (PropertyResult result : results) {
            if (!Wording.absent(result)) {
                rows.add(new String[] {
                    Wording.mark(result),
                    result.property().label(),
                    Wording.finding(result) + (result.validity() == Validity.UNKNOWN ? ": " + result.reason() : "")
                });
            }
        }
        List<String> lines = Columns.align(rows);
        String unobserved = results.stream()
                .filter(Wording::absent)
                .map(result -> result.property().label())
                .collect(Collectors.joining(", "));
        if (!unobserved.isEmpty()) {
            lines.add(ansi.faint(Wording.NOTHING + "  not observed: " + unobserved));
        }
        return lines;
    }

    private void section(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.append('\n');
        String head = title;
        for (String each : lines) {
            line(head, each);
            head = "";
        }
    }

    private void line(String head, String text) {
        out.append(ansi.faint(String.format("%-" + HEAD + "s", head)))
                .append(text)
                .append('\n');
    }
}
