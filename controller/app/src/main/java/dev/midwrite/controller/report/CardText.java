package dev.midwrite.controller.report;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.controller.incident.Suspects;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One card in full for a terminal of a hundred columns, in the order in which a stranger asks. */
final class CardText {
    private static final int WIDTH = 100;
    private static final int HEAD = 12;
    private static final int ID_DIGITS = 8;

    private final Wording wording;
    private final TraceLinks traces;
    private final Ansi ansi;

    CardText(ReportInput input, Ansi ansi) {
        this.wording = new Wording(input);
        this.traces = input.traces();
        this.ansi = ansi;
    }

    List<String> lines(AnomalyCard card) {
        Violation violation = card.violation();
        List<String> lines = new ArrayList<>();
        lines.add(ansi.severity(
                violation.severity(),
                card.id() + "  " + Wording.lower(violation.severity()) + "  "
                        + violation.anomaly().title() + similar(card)));
        lines.add(ansi.faint(place(violation)));
        lines.add("");
        paragraph(lines, "what", violation.what());
        paragraph(lines, "impossible", violation.why());
        lines.add("");
        operations(lines, "evidence", violation.witness());
        traces(lines, violation.witness());
        if (!violation.witness().isEmpty()) {
            lines.add("");
        }
        paragraph(lines, "when", card.when());
        paragraph(lines, "cause", card.cause());
        paragraph(lines, "blast", card.blast());
        paragraph(lines, "certainty", card.certainty());
        Suspects suspects = Incidents.shipped().suspects(violation.anomaly(), card.cause());
        if (!suspects.none()) {
            paragraph(lines, "incident", suspects.words() + ": ./midwrite incident show NAME");
        }
        if (!card.sibling().isEmpty()) {
            lines.add("");
            paragraph(
                    lines,
                    "contrast",
                    "Session " + Wording.session(card.sibling().get(0).session()) + " did the same and was fine:");
            operations(lines, "", card.sibling());
        }
        return lines;
    }

    private static String similar(AnomalyCard card) {
        return card.similar() == 0 ? "" : " (and " + Wording.count(card.similar()) + " similar)";
    }

    private String place(Violation violation) {
        String attribute = wording.attribute(violation.attribute());
        String session = (violation.witness().isEmpty() ? "stored session " : "session ")
                + Wording.session(violation.session()) + ", ";
        return (violation.session() == 0 ? "" : session)
                + (attribute.isEmpty() ? "" : "attribute " + attribute + ", ")
                + "check " + violation.anomaly().property().label()
                + (violation.lasting() ? ", still so in the end" : "");
    }

    private void operations(List<String> lines, String head, List<UserOperation> operations) {
        List<String[]> rows = new ArrayList<>();
        for (UserOperation operation : operations) {
            rows.add(new String[] {
                (rows.size() + 1) + ".",
                "user " + shortened(operation.session()),
                wording.span(operation),
                wording.node(operation),
                wording.operation(operation),
                Wording.outcome(operation)
            });
        }
        String first = head;
        for (String row : Columns.align(rows)) {
            lines.add(label(first) + row);
            first = "";
        }
    }

    /** By the numbers of the evidence. */
    private void traces(List<String> lines, List<UserOperation> operations) {
        String head = "traces";
        for (int i = 0; i < operations.size(); i++) {
            String id = traces.id(operations.get(i));
            if (!id.isEmpty()) {
                String address = traces.address(id);
                lines.add(label(head) + (i + 1) + ". " + (address.isEmpty() ? id : address));
                head = "";
            }
        }
    }

    private static String shortened(long session) {
        String label = Wording.session(session);
        return label.length() <= ID_DIGITS ? label : label.substring(0, ID_DIGITS);
    }

    private void paragraph(List<String> lines, String head, String text) {
        String first = head;
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH - HEAD) {
                lines.add(label(first) + line);
                first = "";
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(label(first) + line);
        }
    }

    private String label(String head) {
        return ansi.faint(String.format(Locale.ROOT, "%-" + HEAD + "s", head));
    }
}
