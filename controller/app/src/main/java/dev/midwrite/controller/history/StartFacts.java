package dev.midwrite.controller.history;

import dev.midwrite.check.EffectEvidence;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.session.Terms;
import java.util.List;
import java.util.Map;

/**
 * What is known of a run when its users start, and enough to judge what they have seen so far; {@code start.json} of a
 * bundle. Times are nanoseconds on the users' clock.
 *
 * @param format version of this file, {@link #FORMAT}
 * @param started wall clock of time 0, ISO-8601, for people
 * @param scope where the service lets a session be read
 * @param nodes names by number; number 0 is {@code unknown}
 * @param attributes names by number
 * @param idempotencyKeys the application drops a repeated request id
 * @param ttlNanos the session's maximum inactive interval; 0 if unknown
 * @param reaperGraceNanos how much longer the store may keep a session
 * @param lagNanos an operation is in the users' history at most so long after it began
 * @param metricsPort at which the fleet is scraped, on loopback, while the run goes on; 0 in files of older runs
 */
public record StartFacts(
        int format,
        String drill,
        long seed,
        Profile profile,
        Scope scope,
        String started,
        List<String> nodes,
        List<String> attributes,
        boolean idempotencyKeys,
        long ttlNanos,
        long reaperGraceNanos,
        long lagNanos,
        int metricsPort) {

    public static final int FORMAT = 2;

    /** As facts of a run of which nothing more is known: it was broken off before anything could happen. */
    RunFacts facts() {
        return new RunFacts(
                RunFacts.FORMAT,
                new RunFacts.Origin(drill, seed, Map.of(), started, 0),
                new RunFacts.Promise(profile, scope, idempotencyKeys, false, ttlNanos, false, reaperGraceNanos),
                new RunFacts.UserFacts(attributes, List.of(), List.of(), lagNanos, 0),
                new RunFacts.FleetFacts(nodes, List.of(), List.of(), NodeRuns.NONE),
                new RunFacts.Course(List.of(), Long.MAX_VALUE, Long.MAX_VALUE),
                StoreContents.NONE,
                RunFacts.StoreFacts.NONE,
                List.of());
    }

    /** For judging before the run has settled. */
    public Terms terms() {
        return new Terms(
                profile,
                scope,
                nodes,
                attributes,
                idempotencyKeys,
                ttlNanos,
                reaperGraceNanos,
                Long.MAX_VALUE,
                0,
                0,
                EffectEvidence.NOTHING);
    }
}
