package dev.midwrite.controller.report;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.incident.Incident;
import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.controller.incident.Suspects;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the page's template shows, as texts. */
final class PageModel {
    /** Nobody reads more, and the page must stay small; all stand in {@code anomalies.jsonl}. */
    private static final int MOST_CARDS = 100;

    private static final DateTimeFormatter STARTED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ReportInput input;
    private final Judgement judgement;

    PageModel(ReportInput input) {
        this.input = input;
        this.judgement = input.judgement();
    }

    Map<String, Object> values() {
        Map<String, Object> page = new LinkedHashMap<>();
        DrillFacts drill = input.drill();
        page.put("verdict", Wording.lower(judgement.verdict()));
        page.put("tone", tone(judgement.verdict()));
        page.put("sentence", judgement.sentence());
        page.put("reasons", judgement.reasons());
        page.put("exitCode", Integer.toString(judgement.verdict().exitCode()));
        page.put("profile", Wording.lower(judgement.profile()));
        page.put("evidence", input.evidence().name());
        page.put("evidenceMeaning", input.evidence().meaning());
        page.put("drill", drill.name());
        page.put("description", drill.description());
        page.put("file", drill.file());
        page.put("seed", Long.toString(drill.seed()));
        page.put("command", drill.command());
        page.put("startedAt", STARTED.format(drill.startedAt()));
        page.put("metrics", drill.metricsPort() == 0 ? "" : "127.0.0.1:" + drill.metricsPort());
        page.put("duration", Wording.duration(drill.duration().toNanos()));
        page.put("versions", drill.versions());
        page.put("course", new DrillCourse(input).picture());
        page.put("gates", gates(judgement));
        page.put("replication", new ReplicationText(input).lines());
        page.put(
                "charts",
                new CurveCharts(input).charts().stream().map(Chart::values).toList());
        page.put("answers", AnswerTable.values(input.curves().answers()));
        properties(judgement, page);
        CardModel cards = new CardModel(input);
        List<CardGroup> groups = CardGroup.of(judgement.cards());
        List<CardGroup> shown = groups.subList(0, Math.min(MOST_CARDS, groups.size()));
        page.put("cards", shown.stream().map(cards::values).toList());
        page.put("incidents", incidents(shown, judgement));
        page.put("cardCount", Wording.count(judgement.cards().size()));
        page.put(
                "cardsLeftOut",
                judgement.cards().size()
                        - shown.stream().mapToInt(group -> group.cards().size()).sum());
        page.put("health", new HealthModel(input).values());
        return page;
    }

    /** Pages of all that the cards name: the report can be read where there is nothing else of Midwrite's. */
    private static List<Map<String, String>> incidents(List<CardGroup> groups, Judgement judgement) {
        Stream<Suspects> ofCards = groups.stream()
                .map(CardGroup::exemplar)
                .map(card -> Incidents.shipped().suspects(card.violation().anomaly(), card.cause()));
        return Stream.concat(ofCards, judgement.gates().stream().map(Incidents.shipped()::suspects))
                .flatMap(suspects -> suspects.incidents().stream())
                .distinct()
                .map(incident -> Map.of(
                        "name", incident.name(), "title", incident.title(), "page", withoutAddresses(incident.page())))
                .toList();
    }

    /** A report names no place in the network, not even as text. */
    private static String withoutAddresses(String page) {
        return page.replaceAll("\\]\\(https?://[^)]*\\)", "]");
    }

    static void properties(Judgement judgement, Map<String, Object> page) {
        page.put(
                "properties",
                judgement.properties().stream()
                        .filter(result -> !Wording.absent(result))
                        .map(result -> property(judgement, result))
                        .toList());
        Map<String, List<String>> unobserved = new LinkedHashMap<>();
        judgement.properties().stream()
                .filter(Wording::absent)
                .forEach(result -> unobserved
                        .computeIfAbsent(result.reason(), reason -> new ArrayList<>())
                        .add(result.property().label()));
        page.put("unobserved", unobserved);
    }

    static String tone(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "good";
            case FAIL, GATE_MISSED -> "bad";
            case INCONCLUSIVE, VACUOUS, INVALID -> "unsure";
        };
    }

    static List<Map<String, Object>> gates(Judgement judgement) {
        return judgement.gates().stream().map(gate -> gate(judgement, gate)).toList();
    }

    private static Map<String, Object> gate(Judgement judgement, GateResult gate) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", Wording.gate(gate.name()));
        row.put("key", gate.figure());
        row.put(
                "incidents",
                Incidents.shipped().suspects(gate).incidents().stream()
                        .map(Incident::name)
                        .toList());
        row.put("struck", Wording.struck(judgement, gate));
        row.put("value", Wording.value(gate));
        row.put("bounds", Wording.bounds(gate));
        row.put("confidence", Wording.figure(gate.confidence() * 100, 3) + " %");
        row.put("target", gate.target());
        row.put("samples", Wording.samples(gate));
        row.put("state", Wording.lower(gate.state()));
        row.put(
                "tone",
                switch (gate.state()) {
                    case OBSERVED -> "neutral";
                    case MET -> "good";
                    case MISSED -> "bad";
                    case INCONCLUSIVE -> "unsure";
                });
        return row;
    }

    private static Map<String, Object> property(Judgement judgement, PropertyResult result) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("label", result.property().label());
        row.put("promise", result.property().promise());
        row.put("mark", Wording.mark(result));
        row.put("finding", Wording.finding(result));
        row.put("reason", judgement.reasons().contains(result.reason()) ? "" : result.reason());
        row.put("tone", tone(result));
        row.put(
                "link",
                firstCard(judgement, result.property()).map(AnomalyCard::id).orElse(""));
        row.put("violated", Wording.count(result.violated()));
        row.put("allowed", result.validity() == Validity.FALSE && Wording.severity(result) != Severity.HARD);
        return row;
    }

    private static String tone(PropertyResult result) {
        if (result.validity() == Validity.FALSE) {
            return tone(Wording.severity(result));
        }
        return result.validity() == Validity.TRUE ? "good" : "unsure";
    }

    static String tone(Severity severity) {
        return switch (severity) {
            case HARD -> "bad";
            case SOFT -> "unsure";
            case INFO -> "neutral";
        };
    }

    private static Optional<AnomalyCard> firstCard(Judgement judgement, Property property) {
        return judgement.cards().stream()
                .filter(card -> card.violation().anomaly().property() == property)
                .findFirst();
    }
}
