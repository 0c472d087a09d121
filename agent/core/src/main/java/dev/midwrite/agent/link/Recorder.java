package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.point.Point;
import java.util.function.Predicate;

/** Who opens the gate when the controller orders recording. Called on the link's thread only. */
public interface Recorder {

    /** Makes the JVM ready for the journal; called before the journal is opened for writing. Idempotent. */
    void prepare();

    /**
     * Opens the gate over this journal.
     *
     * @param contents what sessions hold is to be journaled, as digests
     * @return why it could not, or an empty text
     */
    String start(Journal journal, Decider decider, byte[] sessionKey, boolean contents);

    /** Something is armed: what needs no passage begins now. May be called again. */
    void armed(Predicate<Point> isWoven);

    /** Closes the gate. */
    void stop();
}
