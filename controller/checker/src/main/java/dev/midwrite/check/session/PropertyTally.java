package dev.midwrite.check.session;

/** Counts of one property; see {@link Tally}. */
public final class PropertyTally {
    long checked;
    long inconclusive;
    long suppressed;
    private String reason = "";

    void inconclusive(long items, String why) {
        inconclusive += items;
        // The least in alphabetical order, so that merging stays commutative.
        if (items > 0 && (reason.isEmpty() || why.compareTo(reason) < 0)) {
            reason = why;
        }
    }

    void merge(PropertyTally other) {
        checked += other.checked;
        suppressed += other.suppressed;
        inconclusive(other.inconclusive, other.reason);
    }

    /** How many items were decided. */
    public long checked() {
        return checked;
    }

    /** How many could not be. */
    public long inconclusive() {
        return inconclusive;
    }

    /** How many findings another one explains. */
    public long suppressed() {
        return suppressed;
    }

    /** Why some could not be decided; empty if all were. */
    public String reason() {
        return reason;
    }
}
