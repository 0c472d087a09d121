package dev.midwrite.controller.run;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.curve.RunCurves;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Edits;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.JournalIndex;
import dev.midwrite.controller.history.NodeShutdown;
import dev.midwrite.controller.history.RunFacts;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.InvalidDrill;
import dev.midwrite.controller.report.ClusterMoments;
import dev.midwrite.controller.report.DrillFacts;
import dev.midwrite.controller.report.NodeInstant;
import dev.midwrite.controller.report.Percentiles;
import dev.midwrite.controller.report.Report;
import dev.midwrite.controller.report.ReportFiles;
import dev.midwrite.controller.report.ReportInput;
import dev.midwrite.controller.report.RunHealth;
import dev.midwrite.controller.report.RunHealth.JournalHealth;
import dev.midwrite.controller.report.RunHealth.OperationCount;
import dev.midwrite.controller.report.ShutdownWords;
import dev.midwrite.controller.report.TraceLinks;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges a bundle and writes its report; a fresh one and an old one alike. */
public final class BundleJudge {

    private BundleJudge() {}

    /**
     * Judges what lies there again. The report is written anew; what the run left stays as it is, edited or not.
     *
     * @throws Problem if the directory is no bundle, or what is in it is not whole
     */
    public static RunResult judge(Path directory) {
        return known(directory, (bundle, edits) -> judge(bundle, DrillFile.read(bundle.drill()), edits));
    }

    /** The verdict alone, of what was read from a bundle; nothing is written. */
    public static Judgement verdict(Bundle bundle, History history, Drill drill) {
        return rolledBack(
                Verdicts.of(history, drill), RunContext.read(bundle.directory()).rolledBack());
    }

    /** The same without writing the report. */
    static RunResult look(Path directory) {
        return known(directory, (bundle, edits) -> look(bundle, DrillFile.read(bundle.drill()), edits));
    }

    /** Of a run that has just ended. */
    static RunResult judge(Bundle bundle, Drill drill) {
        return judge(bundle, drill, Edits.NONE);
    }

    private static RunResult judge(Bundle bundle, Drill drill, Edits edits) {
        RunResult judged = look(bundle, drill, edits);
        Report.write(bundle.directory(), judged.input());
        Seal.report(bundle.directory());
        return judged;
    }

    /** That a bundle cannot be read because it was edited is said, too. */
    private static RunResult known(Path directory, BiFunction<Bundle, Edits, RunResult> judging) {
        Edits edits = Seal.edits(directory);
        try {
            return judging.apply(Bundle.open(directory), edits);
        } catch (Problem | InvalidDrill e) {
            if (edits.edited()) {
                throw new Problem(edits.sentence() + " " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private static RunResult look(Bundle bundle, Drill drill, Edits edits) {
        History history = History.read(bundle, edits);
        RunContext context = RunContext.read(bundle.directory());
        Judgement judgement = rolledBack(Verdicts.of(history, drill), context.rolledBack());
        return new RunResult(
                judgement,
                input(bundle, context, history, judgement, drill),
                ReportFiles.in(bundle.directory()),
                history.measured());
    }

    /** Whatever users saw of it: who deploys must know that what runs is not what was to run. */
    private static Judgement rolledBack(Judgement judgement, List<String> why) {
        if (why.isEmpty()) {
            return judgement;
        }
        return new Judgement(
                judgement.verdict(),
                judgement.besides(),
                judgement.profile(),
                judgement.sentence()
                        + (why.size() == 1 ? " The rollout was" : " " + why.size() + " rollouts were")
                        + " rolled back.",
                Stream.concat(judgement.reasons().stream(), why.stream()).toList(),
                judgement.properties(),
                judgement.gates(),
                judgement.cards());
    }

    /** No verdict depends on it. */
    private static int metricsPort(Bundle bundle) {
        try {
            return StartFile.read(bundle).metricsPort();
        } catch (Problem e) {
            return 0;
        }
    }

    private static ReportInput input(
            Bundle bundle, RunContext context, History history, Judgement judgement, Drill drill) {
        RunFacts facts = history.facts();
        List<NodeShutdown> shutdowns = history.shutdowns();
        Map<Long, List<UserOperation>> sessions =
                history.operations().stream().collect(Collectors.groupingBy(UserOperation::session));
        return new ReportInput(
                judgement,
                history.evidence(),
                history.trial(),
                new DrillFacts(
                        facts.origin().drill(),
                        context.description(),
                        facts.origin().seed(),
                        context.file(),
                        context.command(),
                        facts.origin().versions(),
                        Instant.parse(facts.origin().started()),
                        Duration.ofNanos(context.durationNanos()),
                        metricsPort(bundle)),
                context.origin(),
                session -> sessions.getOrDefault(session, List.of()),
                instants(judgement, history, sessions, context),
                health(history, context, shutdowns),
                RunCurves.of(history),
                history.replication(),
                new TraceLinks(
                        history.traces()::of, TraceLinks.url(drill.traces().url(), System::getenv)),
                shutdowns);
    }

    private static RunHealth health(History history, RunContext context, List<NodeShutdown> shutdowns) {
        List<JournalHealth> journals = history.facts().fleet().journals().stream()
                .map(journal -> new JournalHealth(
                        journal.node(),
                        journal.incarnation(),
                        journal.records(),
                        0,
                        journal.complete(),
                        journal.damage()))
                .toList();
        return new RunHealth(
                context.faults().stream().map(RunContext.Fault::health).toList(),
                counts(history.operations()),
                journals,
                context.points(),
                latency(history).stream().toList(),
                Stream.of(
                                history.bundleWords(),
                                context.notes(),
                                ClusterMoments.words(context.instants(), context.origin()),
                                history.storeWords(),
                                history.valueWords(),
                                history.socketWords(),
                                shutdowns.stream()
                                        .flatMap(shutdown -> ShutdownWords.findings(shutdown).stream())
                                        .toList(),
                                history.clockDoubts())
                        .flatMap(List::stream)
                        .toList());
    }

    /** From planned times, if the run says; a bundle that does not say knows of each attempt on its own. */
    private static Optional<Percentiles> latency(History history) {
        return history.load()
                .filter(load -> load.histogram().getTotalCount() > 0)
                .map(load -> Percentiles.of("request", load.histogram(), load.neverEnded()))
                .or(() -> Percentiles.ofAnswers("request", history.operations()));
    }

    private static List<OperationCount> counts(List<UserOperation> operations) {
        Map<OperationKind, Map<Outcome, Long>> counts = operations.stream()
                .filter(operation -> !operation.is(UserOperation.JOURNALED))
                .collect(Collectors.groupingBy(
                        UserOperation::kind, Collectors.groupingBy(UserOperation::outcome, Collectors.counting())));
        return Arrays.stream(OperationKind.values())
                .filter(counts::containsKey)
                .map(kind -> new OperationCount(
                        kind,
                        counts.get(kind).getOrDefault(Outcome.OK, 0L),
                        counts.get(kind).getOrDefault(Outcome.FAIL, 0L),
                        counts.get(kind).getOrDefault(Outcome.INFO, 0L)))
                .toList();
    }

    /** What journals say of the sessions on cards, every fault, and when nodes went down and came up. */
    private static List<NodeInstant> instants(
            Judgement judgement, History history, Map<Long, List<UserOperation>> sessions, RunContext context) {
        List<NodeInstant> instants = new ArrayList<>(context.instants());
        JournalIndex journals = history.journals();
        Set<Long> shown = new HashSet<>();
        for (AnomalyCard card : judgement.cards()) {
            shown.add(card.violation().session());
            card.violation().witness().forEach(operation -> shown.add(operation.session()));
        }
        Map<Long, Long> sessionOfRequest = new HashMap<>();
        for (long session : shown) {
            for (UserOperation operation : sessions.getOrDefault(session, List.of())) {
                if (sessionOfRequest.putIfAbsent(operation.request(), session) == null) {
                    journals.ofRequest(operation.request()).stream()
                            .filter(entry -> entry.event().type() == EventType.OPERATION)
                            .forEach(entry -> instants.add(operation(entry, session)));
                }
            }
        }
        journals.faults()
                .forEach(entry -> instants.add(
                        fault(entry, sessionOfRequest.getOrDefault(entry.event().request(), 0L))));
        return instants;
    }

    private static NodeInstant operation(JournalIndex.Entry entry, long session) {
        return new NodeInstant(
                entry.at(),
                entry.node(),
                NodeInstant.Kind.OPERATION,
                session,
                entry.event().session(),
                entry.point(),
                record(entry));
    }

    private static NodeInstant fault(JournalIndex.Entry entry, long session) {
        return new NodeInstant(
                entry.at(),
                entry.node(),
                NodeInstant.Kind.FAULT,
                session,
                entry.event().session(),
                FaultKind.of(entry.event().outcome()).label() + " at " + entry.point(),
                record(entry));
    }

    private static String record(JournalIndex.Entry entry) {
        return "journal record " + entry.event().seq();
    }
}
