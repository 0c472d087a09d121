package dev.midwrite.check.judge;

import dev.midwrite.check.Violation;

/** Hears what {@link StreamingJudge} decides; called by the thread that calls it. */
public interface LiveListener {

    /** Told once for each anomaly and severity of one attribute of one session. */
    void found(Violation violation);

    /**
     * The session's user has logged out, or its time is over, and everything that was done in it has been looked at.
     * Told again if somebody came back to it.
     *
     * @param sound nothing was found in it
     */
    default void closed(long session, boolean sound) {}
}
