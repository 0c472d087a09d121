package dev.midwrite.check;

import dev.midwrite.event.UserOperation;
import java.util.List;

/**
 * One thing that cannot be, with the fewest operations that show it.
 *
 * @param session the user's session label; for a store audit the keyed hash of the stored id
 * @param attribute number of the attribute, or -1 where none is concerned
 * @param witness at most four operations, in the order in which to read them; empty for a store audit
 * @param what one sentence: what was seen
 * @param why one sentence: why that is impossible ("because … however …")
 * @param at nanoseconds on the users' clock at which it became visible
 * @param gapNanos by how much the witness operations are apart; compared with the clock error
 * @param lasting still so in the final reads
 */
public record Violation(
        Anomaly anomaly,
        Severity severity,
        long session,
        int attribute,
        List<UserOperation> witness,
        String what,
        String why,
        long at,
        long gapNanos,
        boolean lasting) {}
