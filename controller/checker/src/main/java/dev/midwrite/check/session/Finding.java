package dev.midwrite.check.session;

import dev.midwrite.check.Violation;

/** A violation in one session, and how many more of the same kind it stands for (itself included). */
record Finding(Violation violation, long[] times) {

    /** Whether it explains the other: then only this one is shown. */
    boolean explains(Finding other) {
        Violation that = other.violation;
        if (violation.severity().compareTo(that.severity()) < 0
                || violation.anomaly().compareTo(that.anomaly()) >= 0) {
            return false;
        }
        return switch (violation.anomaly()) {
            // A session that is gone, replaced or back from the dead explains whatever its attributes show.
            case RESURRECTION, OLD_ID_ALIVE, SESSION_LOST, SESSION_REPLACED, PREMATURE_EXPIRY ->
                that.at() >= violation.at() || that.lasting();
            case OVERSTAY, ID_REUSE -> false;
            default -> violation.attribute() == that.attribute();
        };
    }
}
