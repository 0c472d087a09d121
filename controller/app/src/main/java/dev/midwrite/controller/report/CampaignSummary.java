package dev.midwrite.controller.report;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.campaign.Figures;
import java.util.ArrayList;
import java.util.List;

/** The summary over several trials for a terminal: the verdict, one line per trial, figures and properties. */
final class CampaignSummary {
    private final CampaignInput input;
    private final Ansi ansi;
    private final TerminalText out;

    CampaignSummary(CampaignInput input, Terminal terminal) {
        this.input = input;
        this.ansi = new Ansi(terminal.colour());
        this.out = new TerminalText(terminal);
    }

    String text(ReportFiles files) {
        Judgement judgement = input.judgement();
        out.banner(judgement, input.evidence(), input.name() + " · " + trials(input));
        out.section("trials", trials());
        out.figures(judgement);
        out.properties(judgement);
        out.blank();
        out.line("repeat", input.command());
        out.line("report", files.html().toAbsolutePath().normalize().toString());
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
}
