package dev.midwrite.controller.report;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The summary for a terminal: one glance for the verdict, one line per fact, the report's path last. */
final class Summary {
    private static final int MOST_CARDS = 5;
    private static final int HEAD = 12;

    private final ReportInput input;
    private final Ansi ansi;
    private final StringBuilder out = new StringBuilder();

    Summary(ReportInput input, boolean colour) {
        this.input = input;
        this.ansi = new Ansi(colour);
    }

    String text(ReportFiles files) {
        banner();
        Judgement judgement = input.judgement();
        section("properties", properties(judgement.properties()));
        section("figures", gates(judgement));
        section("findings", cards(judgement.cards()));
        section("faults", faults());
        section("users", users());
        section("notes", input.health().notes());
        out.append('\n');
        line("repeat", input.drill().command());
        line("report", files.html().toAbsolutePath().normalize().toString());
        return out.toString();
    }

    /** @throws Problem if there is no card of one of the ids */
    String explanation(ReportFiles files, Set<String> ids) {
        List<AnomalyCard> cards = input.judgement().cards();
        List<String> known = cards.stream().map(AnomalyCard::id).toList();
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new Problem("This run has no card " + id + "; it has "
                        + (known.isEmpty() ? "none" : String.join(", ", known)) + ".");
            }
        }
        banner();
        CardText text = new CardText(input, ansi);
        for (AnomalyCard card : cards) {
            if (ids.isEmpty() || ids.contains(card.id())) {
                out.append('\n');
                text.lines(card).forEach(line -> out.append(line).append('\n'));
            }
        }
        if (cards.isEmpty()) {
            out.append("\nThere is no finding to explain.\n");
        }
        out.append('\n');
        line("report", files.html().toAbsolutePath().normalize().toString());
        return out.toString();
    }

    private void banner() {
        Judgement judgement = input.judgement();
        Verdict verdict = judgement.verdict();
        String word = Wording.lower(verdict).toUpperCase(Locale.ROOT);
        out.append('\n')
                .append(ansi.verdict(verdict, word))
                .append("  ")
                .append(input.drill().name())
                .append(" · profile ")
                .append(Wording.lower(judgement.profile()))
                .append(" · exit code ")
                .append(verdict.exitCode())
                .append('\n')
                .append(judgement.sentence())
                .append('\n');
        judgement.reasons().forEach(reason -> out.append("- ").append(reason).append('\n'));
    }

    private List<String> properties(List<PropertyResult> results) {
        List<PropertyResult> observed =
                results.stream().filter(result -> !Wording.absent(result)).toList();
        List<String[]> rows = new ArrayList<>();
        for (PropertyResult result : observed) {
            rows.add(new String[] {Wording.mark(result), result.property().label(), remark(result)});
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
            lines.add(ansi.faint(Wording.NOTHING + "  not observed: " + unobserved));
        }
        return lines;
    }

    private static String remark(PropertyResult result) {
        if (result.validity() == Validity.FALSE && Wording.severity(result) != Severity.HARD) {
            return Wording.finding(result) + ", which this profile allows";
        }
        return Wording.finding(result) + (result.reason().isEmpty() ? "" : ": " + result.reason());
    }

    static List<String> gates(Judgement judgement) {
        List<String[]> rows = new ArrayList<>();
        for (GateResult gate : judgement.gates()) {
            String bounds = Wording.bounds(gate);
            rows.add(new String[] {
                gate.name(),
                Wording.value(gate),
                bounds.isEmpty() ? "" : Wording.figure(gate.confidence() * 100, 3) + " % sure of " + bounds,
                Wording.samples(gate),
                (gate.target().isEmpty() ? "no target" : "target " + gate.target() + ": " + Wording.lower(gate.state()))
                        + (Wording.struck(judgement, gate) ? ", void beside a hard violation" : "")
            });
        }
        return Columns.align(rows);
    }

    private List<String> cards(List<AnomalyCard> cards) {
        List<String> lines = new ArrayList<>();
        for (AnomalyCard card : cards.subList(0, Math.min(MOST_CARDS, cards.size()))) {
            String head = card.id() + "  " + Wording.lower(card.violation().severity()) + "  "
                    + card.violation().anomaly().title()
                    + (card.similar() > 0 ? " (and " + Wording.count(card.similar()) + " similar)" : "");
            lines.add(ansi.severity(card.violation().severity(), head));
            lines.add("    " + card.violation().what());
            if (!card.cause().isEmpty()) {
                lines.add("    " + ansi.faint(card.cause()));
            }
        }
        if (cards.size() > MOST_CARDS) {
            lines.add("and " + Wording.count(cards.size() - (long) MOST_CARDS) + " more in the report");
        }
        return lines;
    }

    private List<String> faults() {
        List<String[]> rows = new ArrayList<>();
        for (RunHealth.FaultHealth fault : input.health().faults()) {
            rows.add(new String[] {
                "#" + fault.injection(),
                fault.fault(),
                fault.point(),
                fault.node(),
                "matched " + Wording.count(fault.matched()),
                "applied " + Wording.count(fault.applied()),
                fault.achieved()
                        .map(achieved -> "asked for "
                                + fault.requestedNanos().map(Wording::duration).orElse(Wording.NOTHING)
                                + ", got p50 "
                                + Wording.duration(achieved.p50())
                                + ", p99 "
                                + Wording.duration(achieved.p99()))
                        .orElse("")
            });
        }
        return Columns.align(rows);
    }

    private List<String> users() {
        List<String> lines = new ArrayList<>();
        long ok = 0;
        long fail = 0;
        long info = 0;
        for (RunHealth.OperationCount count : input.health().operations()) {
            ok += count.ok();
            fail += count.fail();
            info += count.info();
        }
        if (ok + fail + info > 0) {
            lines.add(Wording.count(ok + fail + info) + " operations: " + Wording.count(ok) + " ok, "
                    + Wording.count(fail) + " failed, " + Wording.count(info) + " without a definite answer");
        }
        List<String[]> rows = new ArrayList<>();
        for (Percentiles each : input.health().distributions()) {
            rows.add(new String[] {
                each.name(),
                "p50 " + Wording.duration(each.p50()),
                "p99 " + Wording.duration(each.p99()),
                "max " + Wording.duration(each.max()),
                Wording.count(each.count(), "sample"),
                each.unfinished() == 0 ? "" : Wording.count(each.unfinished()) + " never ended"
            });
        }
        lines.addAll(Columns.align(rows));
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
