package dev.midwrite.controller.history;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Trial;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Of users of ours.
 *
 * @param probes labels of those who only ask for failover time
 */
record OwnTestimony(List<UserOperation> operations, List<Long> probes) implements Testimony {

    @Override
    public ForeignValues.Values values() {
        return ForeignValues.Values.NONE;
    }

    @Override
    public boolean foreign() {
        return false;
    }

    @Override
    public boolean tellsValuesApart() {
        return operations.stream()
                .anyMatch(each -> each.outcome() == Outcome.OK && each.kind().tellsApart());
    }

    @Override
    public List<GateResult> figures(Trial trial, Objectives objectives) {
        List<GateResult> figures = new ArrayList<>();
        SessionPersistence.of(trial, operations)
                .ifPresent(persistence -> figures.addAll(persistence.figures(objectives)));
        FailoverTime.of(trial, operations, probes).ifPresent(failover -> figures.addAll(failover.figures(objectives)));
        return List.copyOf(figures);
    }

    @Override
    public Figures measured(Trial trial) {
        Optional<SessionPersistence> persistence = SessionPersistence.of(trial, operations);
        return new Figures(
                persistence.map(SessionPersistence::fresh).orElse(0L),
                persistence.map(SessionPersistence::alive).orElse(0L),
                persistence.map(fates -> (long) fates.fates().size()).orElse(0L),
                persistence.isPresent(),
                FailoverTime.of(trial, operations, probes)
                        .map(failover -> OptionalDouble.of(failover.p95()))
                        .orElse(OptionalDouble.empty()),
                !trial.figureDoubts().isEmpty());
    }

    @Override
    public List<Failover> failovers(Trial trial) {
        return FailoverTime.of(trial, operations, probes)
                .map(FailoverTime::each)
                .orElse(List.of());
    }

    @Override
    public List<String> untested(Trial trial) {
        return SessionPersistence.of(trial, operations).flatMap(SessionPersistence::untested).stream()
                .toList();
    }
}
