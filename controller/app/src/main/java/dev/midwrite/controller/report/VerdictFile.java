package dev.midwrite.controller.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.controller.incident.Suspects;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Locale;

/**
 * {@code verdict.json} and {@code anomalies.jsonl}; {@code docs/report.md} lists the keys, which are only ever added.
 *
 * <p>Times are nanoseconds since the timeline's start. Ids of 64 bits are texts of 16 hexadecimal digits, because many
 * readers of JSON keep 53 bits of a number. What was not measured is null.
 */
final class VerdictFile {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

    private final ReportInput input;
    private final Wording wording;

    VerdictFile(ReportInput input) {
        this.input = input;
        this.wording = new Wording(input);
    }

    String verdict() {
        Judgement judgement = input.judgement();
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("verdict", token(judgement.verdict()));
        root.put("exitCode", judgement.verdict().exitCode());
        ArrayNode besides = root.putArray("besides");
        judgement.besides().forEach(verdict -> besides.add(token(verdict)));
        root.put("profile", token(judgement.profile()));
        evidence(root.putObject("evidence"), input.evidence());
        root.put("sentence", judgement.sentence());
        judgement.reasons().forEach(root.putArray("reasons")::add);
        drill(root.putObject("drill"));
        ArrayNode gates = root.putArray("gates");
        for (GateResult gate : judgement.gates()) {
            ObjectNode node = gates.addObject();
            gate(node, gate);
            incidents(node.putArray("incidents"), Incidents.shipped().suspects(gate));
        }
        ArrayNode properties = root.putArray("properties");
        judgement.properties().forEach(result -> property(properties.addObject(), result));
        ArrayNode anomalies = root.putArray("anomalies");
        judgement.cards().forEach(card -> anomaly(anomalies.addObject(), card));
        trial(root.putObject("trial"));
        health(root.putObject("health"));
        if (!input.replication().isEmpty()) {
            new ReplicationKeys(input.origin()).write(root.putObject("replication"), input.replication());
        }
        return write(PRETTY, root) + "\n";
    }

    /** One line per card, with the operations that prove it. */
    String anomalies() {
        StringBuilder lines = new StringBuilder();
        input.judgement().cards().forEach(card -> lines.append(anomaly(card)).append('\n'));
        return lines.toString();
    }

    /** One card on one line. */
    String anomaly(AnomalyCard card) {
        ObjectNode node = JSON.createObjectNode();
        anomaly(node, card);
        operations(node.putArray("witness"), card.violation().witness());
        operations(node.putArray("sibling"), card.sibling());
        return write(JSON.writer(), node);
    }

    private void drill(ObjectNode node) {
        DrillFacts drill = input.drill();
        node.put("name", drill.name());
        node.put("file", drill.file());
        node.put("seed", drill.seed());
        node.put("command", drill.command());
        node.put("startedAt", drill.startedAt().toString());
        node.put("durationNanos", drill.duration().toNanos());
        if (drill.metricsPort() != 0) {
            node.put("metricsPort", drill.metricsPort());
        }
        ObjectNode versions = node.putObject("versions");
        drill.versions().forEach(versions::put);
    }

    static void evidence(ObjectNode node, EvidenceLevel level) {
        node.put("level", level.name());
        node.put("meaning", level.meaning());
    }

    static void gate(ObjectNode node, GateResult gate) {
        node.put("name", gate.name());
        number(node, "value", gate.value());
        number(node, "low", gate.low());
        number(node, "high", gate.high());
        bound(node, "lower", Math.min(gate.low(), gate.high()));
        bound(node, "upper", Math.max(gate.low(), gate.high()));
        number(node, "confidence", gate.confidence());
        node.put("unit", gate.unit());
        node.put("target", gate.target());
        node.put("samples", gate.samples());
        node.put("of", gate.of());
        node.put("needed", gate.needed());
        node.put("state", token(gate.state()));
    }

    static void property(ObjectNode node, PropertyResult result) {
        node.put("name", result.property().label());
        node.put("validity", token(result.validity()));
        node.put("observed", result.observed());
        node.put("checked", result.checked());
        node.put("violated", result.violated());
        node.put("inconclusive", result.inconclusive());
        node.put("explained", result.explained());
        node.put("reason", result.reason());
    }

    /** Pages are named beside each other. */
    private static void incidents(ArrayNode array, Suspects suspects) {
        suspects.incidents().forEach(incident -> {
            ObjectNode node = array.addObject();
            node.put("name", incident.name());
            node.put("page", incident.file());
            node.put("proved", suspects.proved());
        });
    }

    private void anomaly(ObjectNode node, AnomalyCard card) {
        Violation violation = card.violation();
        node.put("id", card.id());
        node.put("anomaly", violation.anomaly().name());
        node.put("title", violation.anomaly().title());
        node.put("property", violation.anomaly().property().label());
        node.put("severity", token(violation.severity()));
        node.put("session", hex(violation.session()));
        if (violation.attribute() < 0) {
            node.putNull("attribute");
        } else {
            node.put("attribute", wording.attribute(violation.attribute()));
        }
        node.put("what", violation.what());
        node.put("why", violation.why());
        incidents(node.putArray("incidents"), Incidents.shipped().suspects(violation.anomaly(), card.cause()));
        node.put("when", card.when());
        node.put("cause", card.cause());
        node.put("blast", card.blast());
        node.put("certainty", card.certainty());
        node.put("similar", card.similar());
        node.put("atNanos", violation.at() - input.origin());
        node.put("gapNanos", violation.gapNanos());
        node.put("lasting", violation.lasting());
        ArrayNode traces = node.putArray("traces");
        violation
                .witness()
                .forEach(operation ->
                        traces.add(input.traces().ids().apply(operation).orElse(null)));
    }

    private void trial(ObjectNode node) {
        Trial trial = input.trial();
        time(node, "healedAtNanos", trial.healedAt());
        time(node, "settledAtNanos", trial.settledAt());
        node.put("clockErrorNanos", trial.clockErrorNanos());
        ArrayNode faults = node.putArray("faults");
        for (Trial.Fault fault : trial.faults()) {
            ObjectNode each = faults.addObject();
            each.put("injection", fault.injection());
            each.put("name", fault.name());
            each.put("point", fault.point());
            each.put("node", fault.node());
            time(each, "fromNanos", fault.from());
            time(each, "toNanos", fault.to());
            each.put("matched", fault.matched());
            each.put("applied", fault.applied());
        }
        node.put("storeAudited", trial.store().audited());
        node.put("storedSessions", trial.store().sessions().size());
        ArrayNode broken = node.putArray("brokenAssumptions");
        trial.assumptions().forEach(assumption -> broken.add(assumption.sentence()));
    }

    private void health(ObjectNode node) {
        RunHealth health = input.health();
        ArrayNode operations = node.putArray("operations");
        for (RunHealth.OperationCount count : health.operations()) {
            ObjectNode each = operations.addObject();
            each.put("kind", token(count.kind()));
            each.put("ok", count.ok()).put("fail", count.fail()).put("info", count.info());
        }
        ArrayNode delays = node.putArray("delays");
        for (RunHealth.FaultHealth fault : health.faults()) {
            if (fault.achieved().isPresent()) {
                RunHealth.Achieved achieved = fault.achieved().get();
                ObjectNode each = delays.addObject();
                each.put("injection", fault.injection()).put("node", fault.node());
                fault.requestedNanos().ifPresent(nanos -> each.put("requestedNanos", nanos));
                each.put("count", achieved.count()).put("minNanos", achieved.min());
                each.put("p50Nanos", achieved.p50()).put("p99Nanos", achieved.p99());
                each.put("maxNanos", achieved.max());
            }
        }
        ArrayNode distributions = node.putArray("distributions");
        for (Percentiles each : health.distributions()) {
            ObjectNode distribution = distributions.addObject();
            distribution.put("name", each.name()).put("count", each.count()).put("unfinished", each.unfinished());
            distribution.put("p50Nanos", each.p50()).put("p90Nanos", each.p90()).put("p99Nanos", each.p99());
            distribution.put("p999Nanos", each.p999()).put("maxNanos", each.max());
        }
        ArrayNode journals = node.putArray("journals");
        for (RunHealth.JournalHealth journal : health.journals()) {
            ObjectNode each = journals.addObject();
            each.put("node", journal.node()).put("incarnation", hex(journal.incarnation()));
            each.put("records", journal.records()).put("dropped", journal.dropped());
            each.put("complete", journal.complete()).put("damage", journal.damage());
        }
        ArrayNode points = node.putArray("points");
        for (RunHealth.PointHealth point : health.points()) {
            ObjectNode each = points.addObject();
            each.put("node", point.node()).put("point", point.point()).put("kind", point.kind());
            each.put("woven", point.woven()).put("reason", point.reason());
        }
        health.notes().forEach(node.putArray("notes")::add);
    }

    private void operations(ArrayNode array, List<UserOperation> operations) {
        for (UserOperation op : operations) {
            ObjectNode node = array.addObject();
            node.put("kind", token(op.kind()));
            node.put("seq", op.seq());
            node.put("session", hex(op.session()));
            node.put("incarnation", hex(op.incarnation()));
            time(node, "invokedNanos", op.invoked());
            time(node, "returnedNanos", op.returned());
            node.put("outcome", token(op.outcome()));
            node.put("value", hex(op.value()));
            node.put("second", hex(op.second()));
            node.put("request", hex(op.request()));
            node.put("attempt", op.attempt());
            node.put("process", op.process());
            node.put("node", wording.node(op));
            node.put("attribute", op.attribute());
            node.put("length", op.length() - op.status());
            node.put("status", op.status());
            node.put("final", op.is(UserOperation.FINAL));
            node.put("absent", op.is(UserOperation.ABSENT));
            node.put("garbage", op.is(UserOperation.GARBAGE));
            node.put("whole", op.is(UserOperation.WHOLE));
            ArrayNode payload = node.putArray("payload");
            for (long item : op.payload()) {
                payload.add(hex(item));
            }
        }
    }

    private void time(ObjectNode node, String key, long nanos) {
        if (nanos == Long.MAX_VALUE) {
            node.putNull(key);
        } else {
            node.put(key, nanos - input.origin());
        }
    }

    /** An infinite bound is one, and one that was not measured is none: null alone would not tell them apart. */
    private static void bound(ObjectNode node, String key, double value) {
        number(node, key, value);
        node.put(key + "Infinite", Double.isInfinite(value));
    }

    static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    private static String hex(long id) {
        return String.format(Locale.ROOT, "%016x", id);
    }

    private static String token(Enum<?> constant) {
        return constant.name();
    }

    private static String write(ObjectWriter writer, ObjectNode node) {
        try {
            return writer.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }
}
