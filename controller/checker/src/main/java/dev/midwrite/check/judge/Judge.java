package dev.midwrite.check.judge;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Trial;
import dev.midwrite.event.UserOperation;
import java.util.List;

/**
 * Judges a whole run. Pure: the same operations give the same judgement, in whatever order they come. Not thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class Judge {

    private Judge() {}

    /**
     * The answer of a drill.
     *
     * @param operations of all sessions, in any order
     * @param gates figures, with what the drill asked of them; a drill that asks for nothing is judged on properties
     * @param journals for the cause on each card; never changes a verdict
     */
    public static Judgement judge(
            Trial trial, Iterable<UserOperation> operations, List<GateResult> gates, Journals journals) {
        throw new UnsupportedOperationException();
    }
}
