package dev.midwrite.check.property;

import dev.midwrite.check.session.LongIntMap;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Appends of a session that were acknowledged without a word of what the list is now, each until a whole list was read after it:
 * that one must show it. Later lists are not compared with it again. A list costs O(appends that wait + entries that it shows).
 * Not thread-safe.
 */
final class BlindAppends {
    private final List<Integer> waiting = new ArrayList<>();
    private final LongIntMap shown = new LongIntMap();

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
        if (waiting.isEmpty()
                || history.kind(read) != OperationKind.READ_LIST
                || history.payloadSize(read) < history.length(read)
                || history.is(read, UserOperation.GARBAGE)) {
            return;
        }
        shown.clear(history.payloadSize(read));
        for (int item = 0; item < history.payloadSize(read); item++) {
            shown.put(history.payload(read, item), item);
        }
        waiting.removeIf(append -> {
            boolean here = history.attribute(append) == history.attribute(read);
            if (here && shown.get(history.request(append)) < 0) {
                missing.accept(append);
            }
            return here;
        });
    }
}
