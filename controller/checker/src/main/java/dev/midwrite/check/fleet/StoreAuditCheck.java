package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Is what lies in the store after quiescence whole, and will it expire? */
public final class StoreAuditCheck {
    private static final Property PROPERTY = Property.STORE_AUDIT;

    private StoreAuditCheck() {}

    public static void check(Trial trial, Tally tally) {
        StoreContents store = trial.store();
        if (!store.audited()) {
            return;
        }
        tally.checked(PROPERTY, store.sessions().size());
        StoreCoverage coverage = StoreCoverage.of(store, trial.held());
        if (!store.doubt().isEmpty()) {
            tally.inconclusive(PROPERTY, Math.max(1, coverage.held() - coverage.found()), store.doubt());
        } else if (!coverage.enough() && !(coverage.found() == 0 && keepsThemElsewhere(trial))) {
            tally.inconclusive(PROPERTY, coverage.held() - coverage.found(), coverage.sentence(store));
        }
        for (StoredSession stored : store.sessions()) {
            judge(trial, stored, tally);
        }
    }

    /** Then there is nothing to audit, and nothing is said. */
    private static boolean keepsThemElsewhere(Trial trial) {
        return trial.store().sessions().isEmpty() && !trial.held().elsewhere().isEmpty();
    }

    private static void judge(Trial trial, StoredSession stored, Tally tally) {
        Set<Anomaly> seen = EnumSet.noneOf(Anomaly.class);
        if (stored.lifetime().ttlMillis() == Lifetime.NONE) {
            seen.add(Anomaly.IMMORTAL_SESSION);
            tally.violated(immortal(trial, stored), 1);
        }
        if (!stored.missing().isEmpty()) {
            seen.add(Anomaly.MISSING_FIELDS);
            tally.violated(incomplete(trial, stored), 1);
        }
        if (!seen.isEmpty()) {
            tally.sessionViolated(seen);
        }
    }

    private static Violation immortal(Trial trial, StoredSession stored) {
        return violation(
                trial,
                stored,
                Anomaly.IMMORTAL_SESSION,
                "The store keeps session " + Long.toHexString(stored.idHash()) + " for ever: it has no time to live.",
                "Because nobody will ever end it, every stored session must expire by itself.");
    }

    private static Violation incomplete(Trial trial, StoredSession stored) {
        return violation(
                trial,
                stored,
                Anomaly.MISSING_FIELDS,
                "The stored session " + Long.toHexString(stored.idHash()) + " has no "
                        + String.join(", no ", stored.missing()) + ".",
                "Because the session cannot be loaded without, whoever has its cookie gets errors.");
    }

    private static Violation violation(Trial trial, StoredSession stored, Anomaly anomaly, String what, String why) {
        return new Violation(
                anomaly,
                Severities.of(anomaly, trial.profile(), true, false, trial.idempotencyKeys()),
                stored.idHash(),
                -1,
                List.of(),
                what,
                why,
                trial.settledAt(),
                0,
                true);
    }
}
