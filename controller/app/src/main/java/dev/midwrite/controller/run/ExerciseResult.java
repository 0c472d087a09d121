package dev.midwrite.controller.run;

import dev.midwrite.check.Replacement;
import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.history.RunFacts.StoreFacts;
import java.util.List;

/**
 * What is known when the users are done.
 *
 * @param origin the timeline's start on the users' clock; the other moments are on it, too
 * @param healedAt {@link Long#MAX_VALUE} if some node is still down
 * @param actions on nodes
 * @param replacements of nodes by rollouts
 * @param rolledBack why rollouts went back, each a sentence
 * @param store what the audit read
 * @param storeFacts what the store said of itself, and what was done to it
 * @param assumptions broken ones
 */
record ExerciseResult(
        long origin,
        long healedAt,
        long settledAt,
        List<String> attributes,
        List<Long> probeSessions,
        List<FaultFacts> actions,
        List<Replacement> replacements,
        List<String> rolledBack,
        StoreContents store,
        StoreFacts storeFacts,
        List<String> assumptions) {

    /** The same once all has come to rest. */
    ExerciseResult settled(long healed, long settled, StoreContents stored) {
        return new ExerciseResult(
                origin,
                healed,
                settled,
                attributes,
                probeSessions,
                actions,
                replacements,
                rolledBack,
                stored,
                storeFacts,
                assumptions);
    }

    /** The same with other broken assumptions. */
    ExerciseResult assuming(List<String> broken) {
        return new ExerciseResult(
                origin,
                healedAt,
                settledAt,
                attributes,
                probeSessions,
                actions,
                replacements,
                rolledBack,
                store,
                storeFacts,
                broken);
    }

    /** Of users who have done nothing yet. */
    static ExerciseResult nothing(List<String> attributes) {
        return new ExerciseResult(
                0,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                attributes,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                StoreContents.NONE,
                StoreFacts.NONE,
                List.of());
    }
}
