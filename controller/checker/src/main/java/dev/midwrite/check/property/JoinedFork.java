package dev.midwrite.check.property;

import dev.midwrite.check.session.FinalReads;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;

/**
 * A fork of which the final reads show one branch only.
 *
 * <p>Two acknowledged writes on two nodes followed the same version, and all final reads agree on the branch of one. The
 * other had begun before that one was acknowledged, and its branch was seen again afterwards, on another node. One store
 * that dropped or overwrote a write cannot show it again, so both branches were alive at a time; unless a third write that
 * was under way beside the one that is gone, and is left, put back what it had read before.
 *
 * @param gone row of the first write of the branch that is gone
 * @param left row of the write on the branch that is left which followed the same version
 * @param sighting row of the operation that showed the one after the other had been acknowledged
 * @param read row of a final read
 * @param lost how many acknowledged writes of the node whose branch it was are in no final read
 */
record JoinedFork(int gone, int left, int sighting, int read, long lost) {

    /** All nodes that were asked in the end show the same, of a session that nobody may have ended. */
    static boolean agreed(
            SessionHistory history, Findings findings, FinalReads finals, int attribute, OperationKind reading) {
        finals.collect(history, findings.terms(), attribute, reading);
        if (!finals.complete() || finals.sessionGone() || finals.size() == 0 || history.mayHaveEnded()) {
            return false;
        }
        for (int i = 1; i < finals.size(); i++) {
            if (!FinalContent.same(history, finals.row(0), finals.row(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this sighting of the first branch proves that both were alive at a time. */
    static boolean alive(SessionHistory history, int gone, int left, int sighting) {
        return history.ok(gone)
                && history.ok(left)
                && history.node(gone) != history.node(left)
                && history.node(sighting) != history.node(left)
                && history.invoked(gone) <= history.returned(left)
                && history.returned(left) < history.invoked(sighting);
    }

    /** Whether this write was under way beside one that is gone, so that the application may have put back what it read. */
    static boolean mayPutBack(SessionHistory history, int write, int gone) {
        return !history.failed(write)
                && history.request(write) != history.request(gone)
                && history.invoked(write) <= history.returned(gone)
                && history.returned(write) >= history.invoked(gone);
    }
}
