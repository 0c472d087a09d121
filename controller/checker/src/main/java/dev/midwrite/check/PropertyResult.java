package dev.midwrite.check;

import java.util.List;

/**
 * What one check found.
 *
 * @param checked how many items (reads, writes, sessions: the check's page says which) were decided true or false
 * @param violated how many of them false
 * @param inconclusive how many could not be decided
 * @param explained how many further findings are left out, because something worse in the same session explains them
 * @param reason why nothing was observed, or why it is unknown; empty if it is decided
 * @param violations exemplars, most severe first; at most as many as the caller asked for
 */
public record PropertyResult(
        Property property,
        Validity validity,
        long checked,
        long violated,
        long inconclusive,
        long explained,
        String reason,
        List<Violation> violations) {

    /** Nothing to judge: the drill had no workload or no event that this check needs. */
    public static PropertyResult notObserved(Property property, String reason) {
        return new PropertyResult(property, Validity.UNKNOWN, 0, 0, 0, 0, reason, List.of());
    }

    public boolean observed() {
        return checked > 0 || inconclusive > 0 || explained > 0;
    }
}
