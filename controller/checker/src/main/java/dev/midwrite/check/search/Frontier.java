package dev.midwrite.check.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Configurations of which none covers another. */
final class Frontier implements Iterable<Configuration> {
    /** So many times the limit are looked at before the most promising are chosen. */
    private static final int SLACK = 4;

    private final Map<Integer, List<Configuration>> byState = new HashMap<>();
    private final List<Configuration> all = new ArrayList<>();
    private final long[] observers;
    private final int limit;
    private boolean cut;

    /** @param observers slots of open operations that only observe */
    Frontier(long[] observers, int limit) {
        this.observers = observers;
        this.limit = limit;
    }

    /** @return whether it was added: it is not if another one covers it, or if there are too many */
    boolean add(Configuration candidate) {
        List<Configuration> same = byState.computeIfAbsent(candidate.state, s -> new ArrayList<>());
        for (Configuration known : candidate.state == Model.UNSEEN ? all : same) {
            // One that is idle may do less at once than one that is not.
            if ((!known.idle || candidate.idle) && known.covers(candidate, observers)) {
                return false;
            }
        }
        if (all.size() >= SLACK * limit) {
            cut = true;
            return false;
        }
        same.add(candidate);
        all.add(candidate);
        return true;
    }

    /** Keeps the most promising, as many as the limit allows: the best of each state, then the second best, and so on. */
    void trim() {
        if (all.size() <= limit) {
            return;
        }
        cut = true;
        Comparator<Configuration> promising =
                Comparator.comparingInt(this::promise).reversed();
        byState.values().forEach(same -> same.sort(promising));
        all.clear();
        for (int rank = 0; all.size() < limit; rank++) {
            for (List<Configuration> same : byState.values()) {
                if (rank < same.size() && all.size() < limit) {
                    all.add(same.get(rank));
                }
            }
        }
        byState.clear();
        all.forEach(each ->
                byState.computeIfAbsent(each.state, s -> new ArrayList<>()).add(each));
    }

    /** What may still be placed helps later; an observation that has to be made yet binds. */
    private int promise(Configuration each) {
        int promise = 0;
        for (int i = 0; i < observers.length; i++) {
            promise += Long.bitCount(each.may[i]) - Long.bitCount(each.must[i] & observers[i]);
        }
        return promise;
    }

    /** Have configurations been left out for lack of space? */
    boolean cut() {
        return cut;
    }

    int size() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Configuration get(int index) {
        return all.get(index);
    }

    @Override
    public Iterator<Configuration> iterator() {
        return all.iterator();
    }
}
