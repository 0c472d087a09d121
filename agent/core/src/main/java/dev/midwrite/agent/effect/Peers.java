package dev.midwrite.agent.effect;

import dev.midwrite.agent.journal.Journal;
import dev.midwrite.event.PointKind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Numbers of other nodes in the journal. Thread-safe. */
final class Peers {
    /** A cluster has a handful; should a host make up names, no more than this get a number. */
    private static final int MOST = 1000;

    private final Journal journal;
    private final ConcurrentMap<String, Integer> numbers = new ConcurrentHashMap<>();

    Peers(Journal journal) {
        this.journal = journal;
    }

    /** @return 0 for none */
    int number(String peer) {
        if (peer.isEmpty()) {
            return 0;
        }
        Integer known = numbers.get(peer);
        if (known != null) {
            return known;
        }
        if (numbers.size() >= MOST) {
            return 0;
        }
        int number = journal.name(peer, PointKind.NONE);
        numbers.put(peer, number);
        return number;
    }
}
