package dev.midwrite.controller.users;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sees to it that one node at a time is asked for a session: its answer may change what the next request must bring, as an
 * application does that gives a new id with every request. Confined to one thread.
 */
final class OneReader {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int PARTS = 4;

    /** A node that does not answer keeps a session from the others for so long; nanoseconds. */
    private final long patience;

    private final Map<UserSession, Long> asked = new HashMap<>();
    private final Set<NodeReads> waiting = new HashSet<>();

    /** @param given for all reads; a node that hangs must not take much of it from the others */
    OneReader(Duration given) {
        patience = Math.min(LONGEST.toNanos(), given.toNanos() / PARTS);
    }

    long patience() {
        return patience;
    }

    /** Whether nobody else waits for an answer about it, or has for too long. */
    boolean free(UserSession session, long now) {
        Long since = asked.get(session);
        return since == null || now - since >= patience;
    }

    /** A node is asked for it. */
    void asks(UserSession session, long now) {
        asked.put(session, now);
    }

    /** It has answered, or never will; whoever found no free session looks again. */
    void answered(UserSession session) {
        asked.remove(session);
        Set<NodeReads> woken = Set.copyOf(waiting);
        waiting.clear();
        woken.forEach(NodeReads::lookAgain);
    }

    /**
     * These look again once, when a session becomes free by an answer.
     *
     * @return whether they did not wait yet
     */
    boolean await(NodeReads reads) {
        return waiting.add(reads);
    }
}
