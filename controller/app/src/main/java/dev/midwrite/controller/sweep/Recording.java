package dev.midwrite.controller.sweep;

import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.OperationSteps;
import dev.midwrite.controller.history.OperationSteps.Sequence;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.Progress;
import dev.midwrite.controller.run.RunResult;
import dev.midwrite.event.UserOperation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What nodes asked their store for while nothing was done to them. */
final class Recording {
    /** Of its directory. */
    static final String NAME = "recording";

    private final History history;

    private Recording(History history) {
        this.history = history;
    }

    /**
     * What is swept needs users whose requests can be told apart.
     *
     * @throws Problem if the drill has none
     */
    static void requireUsers(Drill drill) {
        if (drill.users().foreign().isPresent() || drill.nodes().probe().none()) {
            throw new Problem("A sweep needs users of its own and a probe; " + drill.file() + " has "
                    + (drill.users().foreign().isPresent() ? "the load of others." : "no probe."));
        }
    }

    /**
     * Runs for some seconds.
     *
     * @throws BrokenRun if something broke without any fault
     */
    static Recording of(Drill drill, SweepRuns runs) throws InterruptedException {
        SweepRuns.Swept recorded = runs.run(NAME, SweepCourse.recording(drill));
        RunResult judged = recorded.result();
        Verdict verdict = judged.judgement().verdict();
        if (verdict == Verdict.FAIL || verdict == Verdict.INVALID) {
            throw new BrokenRun(
                    "Without any fault the verdict is " + verdict.name().toLowerCase(Locale.ROOT) + " ("
                            + judged.judgement().sentence() + "), so nothing was swept; see "
                            + judged.files().html() + ".",
                    null);
        }
        return new Recording(recorded.history());
    }

    /**
     * The positions of an operation; none if there are none, which the progress then says.
     *
     * @param inside also inside steps
     */
    List<Position> positions(SessionOperation operation, boolean inside, Progress progress) {
        OperationSteps steps = history.journals().operationSteps();
        Optional<Sequence> sequence = steps.of(operation);
        if (sequence.isEmpty()) {
            progress.note("No " + operation.label() + " of a session is in the nodes' journals, so it is not swept.");
            return List.of();
        }
        List<String> saved =
                steps.of(SessionOperation.SAVE).map(Sequence::commands).orElse(List.of());
        List<Position> positions = Position.of(operation, sequence.get(), inside, saved);
        progress.note(
                positions.isEmpty()
                        ? "Nothing tells the beginning of a " + operation.label()
                                + " from that of a save here, so it is not swept."
                        : words(operation, sequence.get()));
        return positions;
    }

    private static String words(SessionOperation operation, Sequence sequence) {
        return operation.label() + ": "
                + (sequence.commands().isEmpty() ? "no step of it is watched" : String.join(", ", sequence.commands()))
                + " (" + sequence.times() + " of " + sequence.of() + ").";
    }

    /** How long nodes took from nothing to their first users. */
    Duration start() {
        return Duration.ofNanos(history.operations().stream()
                .mapToLong(UserOperation::invoked)
                .min()
                .orElse(0));
    }
}
