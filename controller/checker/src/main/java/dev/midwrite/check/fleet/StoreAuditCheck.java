package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes.Dangling;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Is what lies in the store after quiescence whole, and will it expire when it should? */
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
        tally.checked(PROPERTY, store.indexes().entries());
        store.indexes().dangling().forEach(entry -> dangling(trial, entry, tally));
    }

    /** Then there is nothing to audit, and nothing is said. */
    private static boolean keepsThemElsewhere(Trial trial) {
        return trial.store().sessions().isEmpty() && !trial.held().elsewhere().isEmpty();
    }

    private static void judge(Trial trial, StoredSession stored, Tally tally) {
        List<Violation> wrong = new ArrayList<>();
        if (stored.lifetime().ttlMillis() == Lifetime.NONE && !StoredTime.staysOnPurpose(trial)) {
            wrong.add(immortal(trial, stored));
        }
        if (!stored.missing().isEmpty()) {
            wrong.add(incomplete(trial, stored));
        }
        new StoredTime(trial, stored)
                .judge()
                .ifPresent(time ->
                        wrong.add(violation(trial, stored, time.anomaly(), time.severity(), time.what(), time.why())));
        if (wrong.isEmpty()) {
            return;
        }
        String underWay = trial.savesUnderWay().get(stored.idHash());
        if (underWay != null) {
            tally.inconclusive(PROPERTY, 1, underWay); // What is missing may yet come.
            return;
        }
        Set<Anomaly> seen = EnumSet.noneOf(Anomaly.class);
        wrong.forEach(violation -> {
            seen.add(violation.anomaly());
            tally.violated(violation, 1);
        });
        tally.sessionViolated(seen);
    }

    private static Violation immortal(Trial trial, StoredSession stored) {
        return violation(
                trial,
                stored,
                Anomaly.IMMORTAL_SESSION,
                "The store keeps session " + StoredSession.name(stored.idHash()) + " for ever: it has no time to live.",
                "Because nobody will ever end it, every stored session must expire by itself.");
    }

    private static Violation incomplete(Trial trial, StoredSession stored) {
        return violation(
                trial,
                stored,
                Anomaly.MISSING_FIELDS,
                "The stored session " + StoredSession.name(stored.idHash()) + " has no "
                        + String.join(", no ", stored.missing()) + ".",
                "Because the session cannot be loaded without, whoever has its cookie gets errors.");
    }

    private static void dangling(Trial trial, Dangling entry, Tally tally) {
        Violation violation = new Violation(
                Anomaly.DANGLING_INDEX,
                Severities.of(Anomaly.DANGLING_INDEX, trial.profile(), entry.lasting(), false, false),
                entry.idHash(),
                -1,
                List.of(),
                "Session " + StoredSession.name(entry.idHash()) + " is gone, but "
                        + entry.kind().words() + " still names it.",
                entry.lasting()
                        ? "Because nothing removes it any more, whoever looks there gets more such names with every session"
                                + " that ends."
                        : "Because it goes by itself, it misleads whoever looks there only until then.",
                trial.settledAt(),
                0,
                entry.lasting());
        tally.violated(violation, 1);
        tally.sessionViolated(EnumSet.of(Anomaly.DANGLING_INDEX));
    }

    private static Violation violation(Trial trial, StoredSession stored, Anomaly anomaly, String what, String why) {
        return violation(
                trial,
                stored,
                anomaly,
                Severities.of(anomaly, trial.profile(), true, false, trial.idempotencyKeys()),
                what,
                why);
    }

    private static Violation violation(
            Trial trial, StoredSession stored, Anomaly anomaly, Severity severity, String what, String why) {
        return new Violation(anomaly, severity, stored.idHash(), -1, List.of(), what, why, trial.settledAt(), 0, true);
    }
}
