package dev.midwrite.check.fleet;

import dev.midwrite.check.HeldSessions;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many of the sessions that users hold the audit found.
 *
 * @param held by users
 * @param found of them; by id where the journals know the ids, else no more than lie in the store at all
 */
record StoreCoverage(long held, long found) {
    /**
     * A smaller share than this is no audit. Sessions that can have expired meanwhile are not expected, so on a sound
     * service all are found; an audit that looks in the wrong place finds none, or those of one node. The tenth leaves
     * room for what somebody else ended in between.
     */
    static final double ENOUGH = 0.9;

    static StoreCoverage of(StoreContents store, HeldSessions held) {
        if (held.touched().size() < ENOUGH * held.count()) {
            return new StoreCoverage(
                    held.count(), Math.min(held.count(), store.sessions().size()));
        }
        Set<Long> ids = store.sessions().stream().map(StoredSession::idHash).collect(Collectors.toSet());
        long known = held.touched().keySet().stream().filter(ids::contains).count();
        // What no journal knows may lie there under an id that nobody can name.
        return new StoreCoverage(held.count(), known == held.touched().size() ? held.count() : known);
    }

    boolean enough() {
        return found >= ENOUGH * held;
    }

    String sentence(StoreContents store) {
        return "The audit found " + (found == 0 ? "none" : "only " + found) + " of the " + held
                + " sessions that users hold"
                + (store.places().isEmpty() ? "" : "; it looked for " + String.join(", ", store.places()))
                + ". Say in the drill's block store where they lie.";
    }
}
