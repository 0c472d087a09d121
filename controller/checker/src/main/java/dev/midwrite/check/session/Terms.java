package dev.midwrite.check.session;

import dev.midwrite.check.EffectEvidence;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.check.Trial;
import java.io.Serializable;
import java.util.List;

/**
 * What of a trial one session is judged by; see {@link Trial} for the fields. Times are nanoseconds.
 *
 * @param settledAt final reads count from here; {@link Long#MAX_VALUE} if the run never settled
 */
public record Terms(
        Profile profile,
        Scope scope,
        List<String> nodes,
        List<String> attributes,
        boolean idempotencyKeys,
        long ttlNanos,
        long reaperGraceNanos,
        long settledAt,
        long clockErrorNanos,
        long usersClockErrorNanos,
        EffectEvidence journaled)
        implements Serializable {

    /** Sessions that every node may read, users in one process, and journals that prove nothing. */
    public Terms(
            Profile profile,
            List<String> nodes,
            List<String> attributes,
            boolean idempotencyKeys,
            long ttlNanos,
            long reaperGraceNanos,
            long settledAt,
            long clockErrorNanos) {
        this(
                profile,
                Scope.CLUSTER,
                nodes,
                attributes,
                idempotencyKeys,
                ttlNanos,
                reaperGraceNanos,
                settledAt,
                clockErrorNanos,
                0,
                EffectEvidence.NOTHING);
    }

    public static Terms of(Trial trial) {
        return new Terms(
                trial.profile(),
                trial.scope(),
                List.copyOf(trial.nodes()),
                List.copyOf(trial.attributes()),
                trial.idempotencyKeys(),
                trial.ttlNanos(),
                trial.reaperGraceNanos(),
                trial.settledAt(),
                trial.clockErrorNanos(),
                trial.usersClockErrorNanos(),
                trial.journaled());
    }

    /** The same while the run has not settled: no read is a final one yet. */
    public Terms beforeSettling() {
        return new Terms(
                profile,
                scope,
                nodes,
                attributes,
                idempotencyKeys,
                ttlNanos,
                reaperGraceNanos,
                Long.MAX_VALUE,
                clockErrorNanos,
                usersClockErrorNanos,
                journaled);
    }

    /** For people. */
    public String node(int number) {
        return number > 0 && number < nodes.size() ? nodes.get(number) : "an unknown node";
    }

    /** For people. */
    public String attribute(int number) {
        return number >= 0 && number < attributes.size() ? attributes.get(number) : "attribute " + number;
    }
}
