package dev.midwrite.check.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Configurations of which none covers another. */
final class Frontier implements Iterable<Configuration> {
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
        if (all.size() >= limit) {
            cut = true;
            return false;
        }
        same.add(candidate);
        all.add(candidate);
        return true;
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
