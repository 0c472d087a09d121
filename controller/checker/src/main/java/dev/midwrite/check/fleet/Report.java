package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import java.util.EnumSet;
import java.util.List;

/** Adds violations that no user's operation shows. */
final class Report {
    private final Profile profile;
    private final Tally tally;

    Report(Profile profile, Tally tally) {
        this.profile = profile;
        this.tally = tally;
    }

    void violated(Anomaly anomaly, long session, long at, long gapNanos, String what, String why) {
        tally.violated(
                new Violation(
                        anomaly,
                        Severities.of(anomaly, profile, true, false, true),
                        session,
                        -1,
                        List.of(),
                        what,
                        why,
                        at,
                        Math.max(0, gapNanos),
                        true),
                1);
        tally.sessionViolated(EnumSet.of(anomaly));
    }
}
