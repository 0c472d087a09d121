package dev.midwrite.check.search;

import dev.midwrite.check.Validity;
import java.util.List;

/**
 * @param witness if false: at most four operations, the last is the one that cannot be placed, the others took effect
 *     last before it; otherwise empty
 * @param open if false: what else might change the state while that one was open, in the order of the invocations; none
 *     of it leads to what it observed
 * @param sentence if false: why it cannot be placed; if unknown: what ran out; otherwise empty
 * @param placed how many operations returned before the one that cannot be placed; all of them if true
 */
public record SearchResult(
        Validity validity, List<Operation> witness, List<Operation> open, String sentence, int placed) {
    /** @param operations that were placed */
    public static SearchResult valid(int operations) {
        return new SearchResult(Validity.TRUE, List.of(), List.of(), "", operations);
    }

    static SearchResult unknown(String sentence, int placed) {
        return new SearchResult(Validity.UNKNOWN, List.of(), List.of(), sentence, placed);
    }
}
