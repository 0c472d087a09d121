package dev.midwrite.controller.sweep;

import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.OperationSteps;
import dev.midwrite.controller.history.OperationSteps.Sequence;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.DrillRun;
import dev.midwrite.controller.run.Judged;
import dev.midwrite.controller.run.Progress;
import dev.midwrite.controller.run.RunSetting;
import dev.midwrite.event.Edge;
import dev.midwrite.event.UserOperation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Records an operation's steps, then lets a fault happen at each of its positions. */
public final class Sweep {
    private final Drill drill;
    private final Set<SessionOperation> operations;
    private final SweptFault fault;
    private final boolean inside;

    /**
     * Sweeps over the store and the nodes of a drill.
     *
     * @param inside also inside steps
     * @throws Problem if there are no users of ours whose requests could be told apart, or nothing can be injected into the nodes
     */
    public Sweep(Drill drill, Set<SessionOperation> operations, SweptFault fault, boolean inside) {
        if (drill.users().foreign().isPresent() || drill.nodes().probe().none()) {
            throw new Problem("A sweep needs users of its own and a probe; " + drill.file() + " has "
                    + (drill.users().foreign().isPresent() ? "the load of others." : "no probe."));
        }
        // What cannot be swept is said before anything starts.
        Position any = new Position(SessionOperation.SAVE, Edge.BEFORE, 0, "");
        Drill unused = SweepCourse.sweep(drill, fault, List.of(any), Duration.ZERO);
        this.drill = drill;
        this.operations = Set.copyOf(operations);
        this.fault = fault;
        this.inside = inside;
    }

    /**
     * Blocks until all rows are there.
     *
     * @param only numbers of rows, from 1; all if empty
     * @throws BrokenRun if something broke without any fault, if no operation is in the nodes' journals, or if there is no row of
     *     such a number
     */
    public SweepResult run(Set<Integer> only, RunSetting setting) throws InterruptedException {
        Path recording = setting.directory().resolve("recording");
        Judged before = new DrillRun(SweepCourse.recording(drill), setting.in(recording)).run();
        Verdict verdict = before.judgement().verdict();
        if (verdict == Verdict.FAIL || verdict == Verdict.INVALID) {
            throw new BrokenRun(
                    "Without any fault the verdict is " + verdict.name().toLowerCase(Locale.ROOT) + " ("
                            + before.judgement().sentence() + "), so nothing was swept; see "
                            + before.files().html() + ".",
                    null);
        }
        History history = History.read(Bundle.open(recording));
        SortedMap<Integer, Position> positions =
                chosen(positions(history.journals().operationSteps(), setting.progress()), only);
        Drill swept = SweepCourse.sweep(drill, fault, List.copyOf(positions.values()), start(history));
        Path directory = setting.directory().resolve("sweep");
        Judged judged = new DrillRun(swept, setting.in(directory)).run();
        return SweepResult.of(fault, positions, History.read(Bundle.open(directory)), judged.judgement());
    }

    private List<Position> positions(OperationSteps steps, Progress progress) {
        List<String> saved =
                steps.of(SessionOperation.SAVE).map(Sequence::commands).orElse(List.of());
        List<Position> positions = new ArrayList<>();
        for (SessionOperation operation : SessionOperation.values()) {
            Optional<Sequence> sequence = steps.of(operation);
            if (operations.contains(operation)) {
                List<Position> found =
                        sequence.map(each -> Position.of(operation, each, inside, saved)).orElse(List.of()).stream()
                                .filter(fault::happensAt)
                                .toList();
                if (found.isEmpty()) {
                    progress.note(
                            sequence.isEmpty()
                                    ? "No " + operation.label()
                                            + " of a session is in the nodes' journals, so it is not swept."
                                    : "Nothing tells the beginning of a " + operation.label()
                                            + " from that of a save here, so it is not swept.");
                }
                sequence.filter(each -> !found.isEmpty()).ifPresent(each -> progress.note(words(operation, each)));
                positions.addAll(found);
            }
        }
        return positions;
    }

    private static String words(SessionOperation operation, Sequence sequence) {
        return operation.label() + ": "
                + (sequence.commands().isEmpty() ? "no step of it is watched" : String.join(", ", sequence.commands()))
                + " (" + sequence.times() + " of " + sequence.of() + ").";
    }

    /** By the numbers of their rows. */
    private static SortedMap<Integer, Position> chosen(List<Position> positions, Set<Integer> only) {
        if (positions.isEmpty()) {
            throw new BrokenRun(
                    "There is no position to sweep: the nodes' journals name none of these operations.", null);
        }
        SortedMap<Integer, Position> chosen = new TreeMap<>();
        for (int number : only) {
            if (number < 1 || number > positions.size()) {
                throw new BrokenRun("There is no row " + number + "; rows are 1 to " + positions.size() + ".", null);
            }
        }
        for (int number = 1; number <= positions.size(); number++) {
            if (only.isEmpty() || only.contains(number)) {
                chosen.put(number, positions.get(number - 1));
            }
        }
        return chosen;
    }

    /** How long nodes took from nothing to their first users. */
    private static Duration start(History history) {
        return Duration.ofNanos(history.operations().stream()
                .mapToLong(UserOperation::invoked)
                .min()
                .orElse(0));
    }
}
