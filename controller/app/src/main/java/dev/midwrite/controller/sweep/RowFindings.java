package dev.midwrite.controller.sweep;

import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.controller.history.History;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The findings of a run, handed out to the rows that they are about. Not thread-safe. */
final class RowFindings {
    /** All of them: a row whose finding is one of many alike must not look sound. */
    private final List<Violation> all;

    private final Set<Violation> placed = new HashSet<>();

    RowFindings(History history) {
        this.all = Judge.violations(history.trial(), history.operations(), history.explanations());
    }

    List<Violation> about(Predicate<Violation> row) {
        List<Violation> found = all.stream().filter(row).toList();
        placed.addAll(found);
        return found;
    }

    /** Hard ones that no row was given. */
    List<Violation> elsewhere() {
        return all.stream()
                .filter(violation -> violation.severity() == Severity.HARD && !placed.contains(violation))
                .toList();
    }

    static boolean broke(List<Violation> row) {
        return row.stream().anyMatch(violation -> violation.severity() == Severity.HARD);
    }

    /** What broke, by the titles of anomalies; "nothing" if the session is as promised. */
    static String words(List<Violation> row) {
        return row.isEmpty()
                ? "nothing"
                : row.stream()
                        .map(violation -> violation.anomaly().title()
                                + (violation.severity() == Severity.HARD
                                        ? ""
                                        : " (" + violation.severity().name().toLowerCase(Locale.ROOT) + ")"))
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(", "));
    }

    /**
     * A hard finding is a fail wherever it is; a position that was not reached was not looked at.
     *
     * @param broke some row or something elsewhere
     * @param reached all rows
     * @param run of the run as a whole
     */
    static Verdict verdict(boolean broke, boolean reached, Verdict run) {
        if (broke) {
            return Verdict.FAIL;
        }
        return reached ? run : Verdict.VACUOUS;
    }
}
