package dev.midwrite.controller.history;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Trial;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Of users of others, by way of a front. What of their requests is of which session, the nodes' journals say.
 *
 * @param operations joined with what journals say
 */
record ForeignTestimony(List<UserOperation> operations, ForeignValues.Values values, FrontFacts front)
        implements Testimony {

    static ForeignTestimony of(RunFacts facts, List<UserOperation> steps, JournalIndex journals, FrontFacts front) {
        List<String> nodes = facts.fleet().nodes();
        List<UserOperation> joined =
                ForeignSessions.join(steps, journals, nodes, facts.promise().ttlNamed());
        ForeignValues.Values values = ForeignSessions.whole(steps, journals, nodes)
                ? ForeignValues.of(
                        joined, journals, nodes, facts.users().attributes().size())
                : ForeignValues.Values.NONE;
        return new ForeignTestimony(joined, values, front);
    }

    @Override
    public boolean foreign() {
        return true;
    }

    @Override
    public boolean tellsValuesApart() {
        return false;
    }

    @Override
    public List<GateResult> figures(Trial trial, Objectives objectives) {
        return FrontFigures.of(operations);
    }

    /** Whose sessions these are, and what must be in them, only their users know. */
    @Override
    public Figures measured(Trial trial) {
        return new Figures(
                0, 0, 0, false, OptionalDouble.empty(), !trial.figureDoubts().isEmpty());
    }

    @Override
    public List<Failover> failovers(Trial trial) {
        return List.of();
    }

    @Override
    public List<String> untested(Trial trial) {
        return front.requests() > 0
                ? List.of()
                : List.of("No request came through the front at " + front.address() + ".");
    }
}
