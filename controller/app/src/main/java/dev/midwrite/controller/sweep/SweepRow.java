package dev.midwrite.controller.sweep;

import dev.midwrite.check.Violation;
import java.util.List;

/**
 * What a crash at one position did.
 *
 * @param reached the node died there; without that the row says nothing
 * @param survived of what was under way, a few words
 * @param violations about the session that was hit
 */
public record SweepRow(int number, Position position, boolean reached, String survived, List<Violation> violations) {
    public SweepRow {
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
