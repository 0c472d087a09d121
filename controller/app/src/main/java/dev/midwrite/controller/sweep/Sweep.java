package dev.midwrite.controller.sweep;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.Progress;
import dev.midwrite.event.Edge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

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
        Recording.requireUsers(drill);
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
    public SweepResult run(Set<Integer> only, SweepRuns runs) throws InterruptedException {
        Recording recording = Recording.of(drill, runs);
        SortedMap<Integer, Position> chosen = Rows.chosen(positions(recording, runs.progress()), only);
        List<SweepResult> parts = new ArrayList<>();
        for (SortedMap<Integer, Position> positions : Rows.runs(chosen)) {
            Drill swept = SweepCourse.sweep(drill, fault, List.copyOf(positions.values()), recording.start());
            parts.add(SweepResult.of(fault, positions, runs.run(Rows.name(positions), swept)));
        }
        return SweepResult.of(parts);
    }

    private List<Position> positions(Recording recording, Progress progress) {
        return Stream.of(SessionOperation.values())
                .filter(operations::contains)
                .flatMap(operation -> recording.positions(operation, inside, progress).stream())
                .filter(fault::happensAt)
                .toList();
    }
}
