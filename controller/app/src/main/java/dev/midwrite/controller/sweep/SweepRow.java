package dev.midwrite.controller.sweep;

import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        return violations.stream().anyMatch(violation -> violation.severity() == Severity.HARD);
    }

    /** What broke, by the titles of anomalies; "nothing" if the session is as promised. */
    public String broken() {
        if (!reached) {
            return "";
        }
        return violations.isEmpty()
                ? "nothing"
                : violations.stream()
                        .map(violation -> violation.anomaly().title()
                                + (violation.severity() == Severity.HARD
                                        ? ""
                                        : " (" + violation.severity().name().toLowerCase(Locale.ROOT) + ")"))
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(", "));
    }
}
