package dev.midwrite.check.judge;

import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.event.UserOperation;
import java.util.List;

/**
 * The same checks while the drill runs. A session is judged when it has ended, or has been idle, for longer than the
 * watermark's lag; final reads are judged by {@link Judge} alone. Not thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class StreamingJudge {

    /**
     * Judges live.
     *
     * @param trial as far as it is known at the start
     * @param lagNanos how late an operation may be handed over after it ended: at least the users' timeout
     */
    public StreamingJudge(Trial trial, long lagNanos) {
        throw new UnsupportedOperationException();
    }

    /** Takes one operation, in the order of completion or nearly so. */
    public void accept(UserOperation operation) {
        throw new UnsupportedOperationException();
    }

    /**
     * Says what time it is on the users' clock.
     *
     * @return violations that became certain since the last call
     */
    public List<Violation> advance(long now) {
        throw new UnsupportedOperationException();
    }

    /** How many sessions are held. */
    public int open() {
        throw new UnsupportedOperationException();
    }
}
