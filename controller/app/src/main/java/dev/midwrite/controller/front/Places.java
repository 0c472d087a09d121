package dev.midwrite.controller.front;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which node a session was sent to last; of the sessions used last, so that it does not grow for ever. Not thread-safe. */
final class Places {
    private static final int MOST = 200_000;

    private final Map<Long, Integer> nodes = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > MOST;
        }
    };

    /** Number of the node; 0 if the session is not known. */
    int of(long session) {
        return session == 0 ? 0 : nodes.getOrDefault(session, 0);
    }

    void put(long session, int node) {
        if (session != 0) {
            nodes.put(session, node);
        }
    }
}
