package dev.midwrite.controller.sweep;

import dev.midwrite.check.Violation;
import java.util.List;

/**
 * What two operations at the same time left.
 *
 * @param reached both were held up at their positions, in the same session, one while the other was
 * @param first what users saw afterwards of the first, a few words; {@code second} of the second
 * @param violations about the session
 */
public record PairRow(int number, Pair pair, boolean reached, String first, String second, List<Violation> violations) {
    public PairRow {
        violations = List.copyOf(violations);
    }

    public boolean broke() {
        return RowFindings.broke(violations);
    }

    /** What broke, by the titles of anomalies; "nothing" if the session is as promised. */
    public String broken() {
        return reached ? RowFindings.words(violations) : "";
    }
}
