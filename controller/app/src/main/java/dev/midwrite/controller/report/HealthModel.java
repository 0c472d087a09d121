package dev.midwrite.controller.report;

import dev.midwrite.check.BrokenAssumption;
import dev.midwrite.check.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page's section on the run itself, as texts. */
final class HealthModel {
    private final RunHealth health;
    private final ReportInput input;

    HealthModel(ReportInput input) {
        this.input = input;
        this.health = input.health();
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(
                "faults",
                health.faults().stream()
                        .map(fault -> fault(fault, heldBack(fault)))
                        .toList());
        values.put(
                "operations",
                health.operations().stream().map(HealthModel::operations).toList());
        values.put(
                "distributions",
                health.distributions().stream().map(HealthModel::distribution).toList());
        values.put(
                "journals", health.journals().stream().map(HealthModel::journal).toList());
        List<Map<String, Object>> points =
                health.points().stream().map(HealthModel::point).toList();
        values.put("points", points);
        values.put(
                "woven",
                health.points().stream().filter(RunHealth.PointHealth::woven).count());
        values.put(
                "notWoven",
                health.points().stream().filter(point -> !point.woven()).count());
        values.put("notes", health.notes());
        values.put("clockError", Wording.duration(input.trial().clockErrorNanos()));
        values.put(
                "assumptions",
                input.trial().assumptions().stream()
                        .map(BrokenAssumption::sentence)
                        .toList());
        values.put("audited", input.trial().store().audited());
        values.put("stored", Wording.count(input.trial().store().sessions().size(), "session"));
        return values;
    }

    /** What kept it from other operations; empty if nobody knows. */
    private String heldBack(RunHealth.FaultHealth fault) {
        return input.trial().faults().stream()
                .filter(each -> each.injection() == fault.injection()
                        && each.node().equals(fault.node())
                        && !each.heldBack().isEmpty())
                .map(Trial.Fault::heldBack)
                .findFirst()
                .orElse("");
    }

    private static Map<String, Object> fault(RunHealth.FaultHealth fault, String heldBack) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("injection", Integer.toString(fault.injection()));
        row.put("fault", fault.fault());
        row.put("point", fault.point());
        row.put("node", fault.node());
        row.put("requested", fault.requested());
        row.put("matched", Wording.count(fault.matched()));
        row.put("applied", Wording.count(fault.applied()));
        row.put("heldBack", heldBack);
        row.put("idle", fault.applied() == 0);
        row.put(
                "achieved",
                fault.achieved()
                        .filter(achieved -> achieved.count() > 0)
                        .map(achieved -> "p50 " + Wording.duration(achieved.p50()) + ", p99 "
                                + Wording.duration(achieved.p99()) + ", max " + Wording.duration(achieved.max()))
                        .orElse(""));
        return row;
    }

    private static Map<String, Object> operations(RunHealth.OperationCount count) {
        Map<String, Object> row = new LinkedHashMap<>();
        long total = Math.max(1, count.ok() + count.fail() + count.info());
        row.put("kind", Wording.lower(count.kind()));
        row.put("ok", Wording.count(count.ok()));
        row.put("fail", Wording.count(count.fail()));
        row.put("info", Wording.count(count.info()));
        row.put("okShare", share(count.ok(), total));
        row.put("failShare", share(count.fail(), total));
        row.put("infoShare", share(count.info(), total));
        return row;
    }

    private static String share(long part, long total) {
        return Wording.figure(100.0 * part / total, 4);
    }

    private static Map<String, Object> distribution(Percentiles each) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", each.name());
        row.put("count", Wording.count(each.count()));
        row.put("unfinished", Wording.count(each.unfinished()));
        row.put("p50", Wording.duration(each.p50()));
        row.put("p90", Wording.duration(each.p90()));
        row.put("p99", Wording.duration(each.p99()));
        row.put("p999", Wording.duration(each.p999()));
        row.put("max", Wording.duration(each.max()));
        return row;
    }

    private static Map<String, Object> journal(RunHealth.JournalHealth journal) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("node", journal.node());
        row.put("incarnation", String.format(Locale.ROOT, "%016x", journal.incarnation()));
        row.put("records", Wording.count(journal.records()));
        row.put("dropped", Wording.count(journal.dropped()));
        row.put("lossy", journal.dropped() > 0);
        row.put("complete", journal.complete());
        row.put("damage", journal.damage());
        return row;
    }

    private static Map<String, Object> point(RunHealth.PointHealth point) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("node", point.node());
        row.put("point", point.point());
        row.put("kind", point.kind());
        row.put("woven", point.woven());
        row.put("reason", point.reason());
        return row;
    }
}
