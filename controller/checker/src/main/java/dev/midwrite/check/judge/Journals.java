package dev.midwrite.check.judge;

import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.ReplicatedWrite;
import dev.midwrite.check.fleet.SessionTrail;
import dev.midwrite.check.fleet.WriteSave;
import java.util.List;

/** What the nodes' journals say, in sentences for people; explains, never excuses. */
public interface Journals {

    /** Knows nothing. */
    Journals NONE = request -> List.of();

    /**
     * What happened on the nodes during this logical request, such as "node-2: drop of session.save at record 412".
     *
     * @return the most telling sentence first; empty if the journals say nothing
     */
    List<String> ofRequest(long request);

    /** Why it came to this, beyond what happened to the witness requests themselves; the most telling sentence first. */
    default List<String> causesOf(Violation violation) {
        return List.of();
    }

    /** The writes that journals should hold, and what they do hold; of one session each, none of a session without. */
    default List<SessionTrail> trails() {
        return List.of();
    }

    /** Acknowledged writes and their saves, of nodes whose journals tell when an answer begins. */
    default List<WriteSave> writeSaves() {
        return List.of();
    }

    /** Acknowledged writes and the nodes that they were sent to, of services whose nodes replicate to each other. */
    default List<ReplicatedWrite> replicated() {
        return List.of();
    }
}
