package dev.midwrite.junit;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a drill has proved; a parameter of a {@link DrillTest}'s method, which runs when the drill is over. Belongs to one test,
 * and is not thread-safe.
 */
public final class DrillVerdict {
    private Outcome outcome;

    DrillVerdict() {}

    void settle(Outcome came) {
        this.outcome = came;
    }

    public Verdict verdict() {
        return outcome().judgement().verdict();
    }

    /** One sentence, such as "Nothing was lost." */
    public String sentence() {
        return outcome().judgement().sentence();
    }

    /** Names of all that was found in any trial, such as {@code SESSION_LOST}; also what does not fail a drill. */
    public Set<String> findings() {
        return outcome().findings();
    }

    /** The session persistence score as it was observed, 0 to 1; empty if no session was at risk. */
    public OptionalDouble score() {
        return outcome().judgement().gates().stream()
                .filter(gate -> gate.name().equals("score"))
                .mapToDouble(GateResult::value)
                .filter(value -> !Double.isNaN(value))
                .findFirst();
    }

    /** All that was judged. */
    public Judgement judgement() {
        return outcome().judgement();
    }

    /** The page for people; beside it lies all that the verdict rests on. */
    public Path report() {
        return outcome().report();
    }

    private Outcome outcome() {
        if (outcome == null) {
            throw new IllegalStateException("There is no verdict yet: it is there when the method's body runs.");
        }
        return outcome;
    }

    @Override
    public String toString() {
        return outcome == null ? "no verdict yet" : outcome.headline();
    }
}
