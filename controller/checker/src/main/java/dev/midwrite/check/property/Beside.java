package dev.midwrite.check.property;

import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Terms;

/** What else of the session was being written while a write was under way that is gone. */
final class Beside {
    private Beside() {}

    /**
     * That a store which saves whole sessions may have put back what another request had read before.
     *
     * @return one sentence with a blank before it; empty if nothing else was under way
     */
    static String sentence(Terms terms, SessionHistory history, int lost) {
        for (int rank = 0; rank < history.size(); rank++) {
            int row = history.at(rank);
            if (history.attribute(row) != history.attribute(lost)
                    && writes(history, row)
                    && history.invoked(row) <= history.returned(lost)
                    && history.returned(row) >= history.invoked(lost)) {
                return " At the same time " + Phrases.write(terms, history, row)
                        + ", was under way: a store that saves the whole session with every change overwrites what other"
                        + " requests saved meanwhile.";
            }
        }
        return "";
    }

    private static boolean writes(SessionHistory history, int row) {
        return !history.failed(row)
                && switch (history.kind(row)) {
                    case WRITE, APPEND, INCREMENT, UPDATE, WRITE_GROUP, REMOVE -> true;
                    default -> false;
                };
    }
}
