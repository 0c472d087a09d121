package dev.midwrite.controller.report;

import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.controller.incident.Suspects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text for a terminal: a banner, then sections with their name at the left; of one trial and of several alike. */
final class TerminalText {
    private static final int HEAD = 12;

    private final Terminal terminal;
    private final Ansi ansi;
    private final StringBuilder out = new StringBuilder();

    TerminalText(Terminal terminal) {
        this.terminal = terminal;
        this.ansi = new Ansi(terminal.colour());
    }

    /** @param subject what was judged, such as the drill's name */
    void banner(Judgement judgement, EvidenceLevel evidence, String subject) {
        Verdict verdict = judgement.verdict();
        out.append('\n')
                .append(ansi.verdict(verdict, Wording.headline(verdict)))
                .append("  ")
                .append(subject)
                .append(" · profile ")
                .append(Wording.lower(judgement.profile()))
                .append(" · exit code ")
                .append(verdict.exitCode())
                .append('\n')
                .append(judgement.sentence())
                .append('\n');
        judgement.reasons().forEach(reason -> out.append("- ").append(reason).append('\n'));
        plain(ansi.faint("Evidence " + evidence + ": " + evidence.meaning() + "."));
    }

    /** Nothing if there are no lines. */
    void section(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        blank();
        String head = title;
        for (String each : lines) {
            line(head, each);
            head = "";
        }
    }

    void line(String head, String text) {
        plain(ansi.faint(String.format(Locale.ROOT, "%-" + HEAD + "s", head)) + text);
    }

    void plain(String text) {
        out.append(text).append('\n');
    }

    void blank() {
        out.append('\n');
    }

    void properties(Judgement judgement) {
        List<PropertyResult> results = judgement.properties();
        List<PropertyResult> observed =
                results.stream().filter(result -> !Wording.absent(result)).toList();
        List<String[]> rows = new ArrayList<>();
        for (PropertyResult result : observed) {
            rows.add(new String[] {
                terminal.mark(Wording.mark(result)), result.property().label(), remark(result, judgement.reasons())
            });
        }
        List<String> lines = Columns.align(rows);
        for (int i = 0; i < lines.size(); i++) {
            if (observed.get(i).validity() == Validity.FALSE) {
                lines.set(i, ansi.severity(Wording.severity(observed.get(i)), lines.get(i)));
            }
        }
        String unobserved = results.stream()
                .filter(Wording::absent)
                .map(result -> result.property().label())
                .collect(Collectors.joining(", "));
        if (!unobserved.isEmpty()) {
            lines.add(ansi.faint(terminal.mark(Wording.NOTHING) + "  not observed: " + unobserved));
        }
        section("properties", lines);
    }

    /** @param told reasons that stand above: what all rest on is not repeated for each */
    private static String remark(PropertyResult result, List<String> told) {
        if (result.validity() == Validity.FALSE && Wording.severity(result) != Severity.HARD) {
            return Wording.finding(result) + ", which this profile allows";
        }
        boolean known = result.reason().isEmpty() || told.contains(result.reason());
        return Wording.finding(result) + (known ? "" : ": " + result.reason());
    }

    void figures(Judgement judgement) {
        List<String[]> rows = new ArrayList<>();
        for (GateResult gate : judgement.gates()) {
            String bounds = Wording.bounds(gate);
            rows.add(new String[] {
                gate.name(),
                terminal.text(Wording.value(gate)),
                terminal.text(bounds.isEmpty() ? "" : bounds + Wording.oneSided(gate)),
                Wording.samples(gate),
                (gate.target().isEmpty() ? "no target" : "target " + gate.target() + ": " + Wording.lower(gate.state()))
                        + (Wording.struck(judgement, gate) ? ", void beside a hard violation" : "")
            });
        }
        List<String> lines = new ArrayList<>(Columns.align(rows));
        for (GateResult gate : judgement.gates()) {
            Suspects suspects = Incidents.shipped().suspects(gate);
            if (!suspects.none()) {
                lines.add(gate.name() + " " + suspects.words() + ": ./midwrite incident show NAME");
            }
        }
        section("figures", lines);
    }

    @Override
    public String toString() {
        return terminal.text(out.toString());
    }
}
