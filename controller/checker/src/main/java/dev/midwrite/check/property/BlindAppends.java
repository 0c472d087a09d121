package dev.midwrite.check.property;

import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Appends of a session that were acknowledged without a word of what the list is now, each until a whole list was read after it:
 * that one must show it. Later lists are not compared with it again, so that all of it costs O(entries shown). Not thread-safe.
 */
final class BlindAppends {
    private final List<Integer> waiting = new ArrayList<>();

    void clear() {
        waiting.clear();
    }

    /** One that was acknowledged. */
    void learn(SessionHistory history, int append) {
        if (history.is(append, UserOperation.BLIND) && history.belongs(append)) {
            waiting.add(append);
        }
    }

    /**
     * Those that a list does not show.
     *
     * @param read began when all that are known had been acknowledged; one that shows its last entries only says nothing
     */
    void missing(SessionHistory history, int read, IntConsumer missing) {
        if (history.kind(read) != OperationKind.READ_LIST
                || history.payloadSize(read) < history.length(read)
                || history.is(read, UserOperation.GARBAGE)) {
            return;
        }
        waiting.removeIf(append -> {
            if (history.attribute(append) != history.attribute(read)) {
                return false;
            }
            if (!shows(history, read, history.request(append))) {
                missing.accept(append);
            }
            return true;
        });
    }

    private static boolean shows(SessionHistory history, int read, long id) {
        for (int item = 0; item < history.payloadSize(read); item++) {
            if (history.payload(read, item) == id) {
                return true;
            }
        }
        return false;
    }
}
