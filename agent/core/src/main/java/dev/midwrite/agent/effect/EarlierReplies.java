package dev.midwrite.agent.effect;

import dev.midwrite.agent.scope.Step;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last reply that reads of a session got, of the sessions that were read last. Thread-safe. */
final class EarlierReplies {
    private static final int MOST_SESSIONS = 1000;

    private record Read(int injection, long session, String command) {}

    private final Map<Read, Object> replies = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Read, Object> eldest) {
            return size() > MOST_SESSIONS;
        }
    };
    private volatile boolean isEmpty = true;

    /** Keeps this reply for the next one to ask, and gives the one before; null if there was none. */
    Object exchange(int injection, Step step, Object reply) {
        if (reply == null || step.session == 0 || !step.point.library().readsWhole(step.command())) {
            return null;
        }
        synchronized (replies) {
            isEmpty = false;
            return replies.put(new Read(injection, step.session, step.command()), reply);
        }
    }

    /** Nothing is armed any more. */
    void forget() {
        if (!isEmpty) {
            synchronized (replies) {
                replies.clear();
                isEmpty = true;
            }
        }
    }
}
