package dev.midwrite.controller.report;

import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.controller.curve.RunCurves;
import dev.midwrite.controller.history.NodeShutdown;
import java.util.List;

/** A report's input that differs from another in some of its parts. */
final class ChangedInput {
    private final ReportInput run;
    private List<NodeInstant> instants;
    private RunHealth health;
    private RunCurves curves;
    private ReplicationFigures replication;
    private TraceLinks traces;
    private List<NodeShutdown> shutdowns;

    ChangedInput(ReportInput run) {
        this.run = run;
        this.instants = run.instants();
        this.health = run.health();
        this.curves = run.curves();
        this.replication = run.replication();
        this.traces = run.traces();
        this.shutdowns = run.shutdowns();
    }

    ChangedInput instants(List<NodeInstant> all) {
        instants = all;
        return this;
    }

    ChangedInput health(RunHealth other) {
        health = other;
        return this;
    }

    ChangedInput curves(RunCurves others) {
        curves = others;
        return this;
    }

    ChangedInput replication(ReplicationFigures other) {
        replication = other;
        return this;
    }

    ChangedInput traces(TraceLinks others) {
        traces = others;
        return this;
    }

    ChangedInput shutdowns(List<NodeShutdown> all) {
        shutdowns = all;
        return this;
    }

    ReportInput build() {
        return new ReportInput(
                run.judgement(),
                run.evidence(),
                run.trial(),
                run.drill(),
                run.origin(),
                run.operations(),
                instants,
                health,
                curves,
                replication,
                traces,
                shutdowns);
    }
}
