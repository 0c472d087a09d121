package dev.midwrite.controller.report;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.incident.Incident;
import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.controller.incident.Suspects;
import dev.midwrite.event.UserOperation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cards of the page, as texts. One card is what a person can take in in half a minute. */
final class CardModel {
    private static final int MOST_RAW_OPERATIONS = 200;
    /** Pictures and raw operations together; leaves the page below 5 MB however many cards there are. */
    private static final long MOST_BYTES = 2_500_000;

    private final ReportInput input;
    private final Wording wording;
    private final VerdictFile file;
    private long bytes;

    CardModel(ReportInput input) {
        this.input = input;
        this.wording = new Wording(input);
        this.file = new VerdictFile(input);
    }

    /** The group's exemplar, which says how many there are. */
    Map<String, Object> values(CardGroup group) {
        AnomalyCard card = group.exemplar();
        Violation violation = card.violation();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", card.id());
        values.put("title", violation.anomaly().title());
        values.put("property", violation.anomaly().property().label());
        values.put("severity", Wording.lower(violation.severity()));
        values.put("tone", PageModel.tone(violation.severity()));
        values.put("ofSession", violation.session() != 0);
        values.put("session", Wording.session(violation.session()));
        values.put("attribute", wording.attribute(violation.attribute()));
        values.put("what", violation.what());
        values.put("why", violation.why());
        values.put("when", card.when());
        values.put("cause", card.cause());
        values.put("blast", card.blast());
        values.put("certainty", card.certainty());
        Suspects suspects = Incidents.shipped().suspects(violation.anomaly(), card.cause());
        values.put(
                "incidents", suspects.incidents().stream().map(Incident::name).toList());
        values.put("incidentProved", suspects.proved());
        values.put("similar", group.count() - 1);
        values.put("similarText", Wording.count(group.count() - 1) + " more like this" + group.others());
        values.put("lasting", violation.lasting());
        values.put("witness", traced(violation.witness()));
        values.put("sibling", rows(card.sibling()));
        values.put(
                "siblingSession",
                card.sibling().isEmpty()
                        ? ""
                        : Wording.session(card.sibling().get(0).session()));
        values.put("json", file.anomaly(card));
        session(values, violation);
        return values;
    }

    private void session(Map<String, Object> values, Violation violation) {
        List<UserOperation> operations = input.operations().apply(violation.session()).stream()
                .sorted(Comparator.comparingLong(UserOperation::invoked).thenComparingLong(UserOperation::seq))
                .toList();
        List<UserOperation> near = nearest(operations, violation);
        // A node that ends has no session whose course could be shown.
        boolean drawn = violation.session() != 0 && bytes <= MOST_BYTES;
        String picture = !drawn ? "" : new SessionTimeline(input, violation, operations).picture();
        List<Map<String, Object>> raw = bytes > MOST_BYTES ? List.of() : rows(near);
        bytes += picture.length() + raw.size() * 300L;
        values.put("usersSpeak", !operations.isEmpty() || !violation.witness().isEmpty());
        values.put("timeline", picture);
        values.put("raw", raw);
        values.put("rawCount", Wording.count(operations.size()));
        values.put("rawLeftOut", operations.size() - near.size());
    }

    /** Of a long session, what lies around the violation. */
    private static List<UserOperation> nearest(List<UserOperation> operations, Violation violation) {
        if (operations.size() <= MOST_RAW_OPERATIONS) {
            return operations;
        }
        int at = 0;
        while (at < operations.size() && operations.get(at).invoked() < violation.at()) {
            at++;
        }
        int from = Math.max(0, Math.min(at - MOST_RAW_OPERATIONS / 2, operations.size() - MOST_RAW_OPERATIONS));
        return operations.subList(from, from + MOST_RAW_OPERATIONS);
    }

    private List<Map<String, Object>> rows(List<UserOperation> operations) {
        return operations.stream().map(this::row).toList();
    }

    /** With the trace of each; of the others of a session the bundle knows it. */
    private List<Map<String, Object>> traced(List<UserOperation> operations) {
        return operations.stream()
                .map(operation -> {
                    Map<String, Object> row = row(operation);
                    String trace = input.traces().id(operation);
                    row.put("trace", trace);
                    row.put("traceAddress", input.traces().address(trace));
                    return row;
                })
                .toList();
    }

    private Map<String, Object> row(UserOperation operation) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("text", wording.operation(operation));
        row.put("span", wording.span(operation));
        row.put("node", wording.node(operation));
        row.put("outcome", Wording.lower(operation.outcome()));
        row.put("attempt", operation.attempt());
        row.put("last", operation.is(UserOperation.FINAL));
        return row;
    }
}
