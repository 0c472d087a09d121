package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.agent.point.Point;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

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

    /**
     * How to look into the maps in which this process keeps sessions: a call that may take long, for a thread that may wait.
     *
     * @param map as {@link dev.midwrite.agent.point.EntryMap#name}; empty for those at which sessions were seen
     * @return null while the gate is closed, and nobody knows where sessions pass
     */
    Supplier<List<KeptSessions>> look(String map);

    /** Something is armed: what needs no passage begins now. May be called again. */
    void armed(Predicate<Point> isWoven);

    /** Closes the gate. */
    void stop();
}
