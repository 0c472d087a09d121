package dev.midwrite.controller.sweep;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.event.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Records two operations' steps, then lets them meet in one session, at each position of one and of the other. */
public final class PairSweep {
    private final Drill drill;
    private final SessionOperation first;
    private final SessionOperation second;

    /**
     * Sweeps over the store and the nodes of a drill.
     *
     * @throws Problem if there are no users of ours whose requests could be told apart, no two nodes with the same sessions, or
     *     nothing can be injected into them; or if nobody else can know the session while one of the operations is under way
     */
    public PairSweep(Drill drill, SessionOperation first, SessionOperation second) {
        if (first == SessionOperation.CREATE || second == SessionOperation.CREATE) {
            throw new Problem("Nothing can meet a create: nobody else knows the session before it has ended.");
        }
        Recording.requireUsers(drill);
        PairCourse.requireTwoNodes(drill);
        // What cannot be swept is said before anything starts.
        Drill unused = PairCourse.of(
                drill,
                List.of(new Pair(new Position(first, Edge.BEFORE, 0, ""), new Position(second, Edge.AFTER, 0, ""))));
        this.drill = drill;
        this.first = first;
        this.second = second;
    }

    /**
     * Blocks until all rows are there.
     *
     * @param only numbers of rows, from 1; all if empty
     * @throws BrokenRun if something broke without any fault, if one of the operations is not in the nodes' journals, or if
     *     there is no row of such a number
     */
    public PairResult run(Set<Integer> only, SweepRuns runs) throws InterruptedException {
        Recording recording = Recording.of(drill, runs);
        SortedMap<Integer, Pair> chosen = Rows.chosen(
                Pair.of(
                        recording.positions(first, false, runs.progress()),
                        recording.positions(second, false, runs.progress())),
                only);
        List<PairResult> parts = new ArrayList<>();
        for (SortedMap<Integer, Pair> pairs : Rows.runs(chosen)) {
            Drill swept = PairCourse.of(drill, List.copyOf(pairs.values()));
            parts.add(PairResult.of(pairs, runs.run(Rows.name(pairs), swept)));
        }
        return PairResult.of(parts);
    }
}
