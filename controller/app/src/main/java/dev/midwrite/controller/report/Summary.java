package dev.midwrite.controller.report;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.controller.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The summary for a terminal: one glance for the verdict, one line per fact, the report's path last. */
final class Summary {
    private static final int MOST_CARDS = 5;

    private final ReportInput input;
    private final Ansi ansi;
    private final TerminalText out;

    Summary(ReportInput input, Terminal terminal) {
        this.input = input;
        this.ansi = new Ansi(terminal.colour());
        this.out = new TerminalText(terminal);
    }

    String text(ReportFiles files) {
        Judgement judgement = input.judgement();
        out.banner(judgement, input.evidence(), input.drill().name());
        out.properties(judgement);
        out.figures(judgement);
        out.section("replication", new ReplicationText(input).lines());
        out.section("findings", cards(judgement.cards()));
        out.section("faults", faults());
        out.section("users", users());
        out.section("notes", input.health().notes());
        out.blank();
        out.line("repeat", input.drill().command());
        out.line("report", files.html().toAbsolutePath().normalize().toString());
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
        out.banner(input.judgement(), input.evidence(), input.drill().name());
        CardText text = new CardText(input, ansi);
        for (AnomalyCard card : cards) {
            if (ids.isEmpty() || ids.contains(card.id())) {
                out.blank();
                text.lines(card).forEach(out::plain);
            }
        }
        if (cards.isEmpty()) {
            out.blank();
            out.plain("There is no finding to explain.");
        }
        out.blank();
        out.line("report", files.html().toAbsolutePath().normalize().toString());
        return out.toString();
    }

    private List<String> cards(List<AnomalyCard> cards) {
        List<String> lines = new ArrayList<>();
        List<CardGroup> groups = CardGroup.of(cards);
        for (CardGroup group : groups.subList(0, Math.min(MOST_CARDS, groups.size()))) {
            AnomalyCard card = group.exemplar();
            String head = card.id() + "  " + Wording.lower(card.violation().severity()) + "  "
                    + card.violation().anomaly().title() + group.similar();
            lines.add(ansi.severity(card.violation().severity(), head));
            lines.add("    " + card.violation().what());
            if (!card.cause().isEmpty()) {
                lines.add("    " + ansi.faint(card.cause()));
            }
        }
        if (groups.size() > MOST_CARDS) {
            lines.add("and " + Wording.count(groups.size() - (long) MOST_CARDS, "more kind") + " in the report");
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
                                + asked(fault)
                                + ", got p50 "
                                + Wording.duration(achieved.p50())
                                + ", p99 "
                                + Wording.duration(achieved.p99()))
                        .orElse("")
            });
        }
        return Columns.align(rows);
    }

    /** A time if the fault is one, else its first words: a rate, which makes times of its own. */
    private static String asked(RunHealth.FaultHealth fault) {
        return fault.requestedNanos()
                .map(Wording::duration)
                .orElseGet(() -> fault.requested().split(",", 2)[0]);
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
}
