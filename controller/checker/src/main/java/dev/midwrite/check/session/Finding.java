package dev.midwrite.check.session;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Violation;

/** A violation in one session, and how many more of the same kind it stands for (itself included). */
record Finding(Violation violation, long[] times) {

    /** Place in the order of telling: that nodes disagree in the end explains what final reads on them contradict. */
    static int rank(Anomaly anomaly) {
        return anomaly == Anomaly.NON_CONVERGENT ? 2 * Anomaly.STALE_READ.ordinal() - 1 : 2 * anomaly.ordinal();
    }

    /** Whether it explains the other: then only this one is shown. */
    boolean explains(Finding other) {
        Violation that = other.violation;
        if (violation.severity().compareTo(that.severity()) < 0 || rank(violation.anomaly()) >= rank(that.anomaly())) {
            return false;
        }
        return switch (violation.anomaly()) {
            // A session that is gone, replaced or back from the dead explains whatever its attributes show.
            case RESURRECTION, OLD_ID_ALIVE, SESSION_LOST, SESSION_REPLACED, PREMATURE_EXPIRY ->
                that.at() >= violation.at() || that.lasting();
            case OVERSTAY, ID_REUSE, UNAVAILABLE -> false;
            case NON_CONVERGENT -> violation.attribute() == that.attribute() && that.lasting();
            default -> violation.attribute() == that.attribute();
        };
    }
}
