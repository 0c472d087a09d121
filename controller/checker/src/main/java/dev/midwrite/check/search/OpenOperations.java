package dev.midwrite.check.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The operations that have been invoked and have not returned, each in a slot that is used again after it. */
final class OpenOperations {
    private final Model model;
    private final int[] action;
    private final long[] until;
    private final int[] slotOf;
    private final int[] operationIn;
    private final BitSet used = new BitSet();
    private final List<IntList> byAction = new ArrayList<>();
    private final IntList changing = new IntList();
    private final IntList observing = new IntList();
    /** Slots of those that only observe. */
    final long[] observers;
    /** Slots of those that change the state and are never refused. */
    final long[] total;

    /**
     * @param action by operation
     * @param until by operation: its return, or when it stops to matter
     * @param slots how many are open at once at most
     */
    OpenOperations(Model model, int[] action, long[] until, int slots) {
        this.model = model;
        this.action = action;
        this.until = until;
        slotOf = new int[action.length];
        operationIn = new int[slots];
        observers = new long[words(slots)];
        total = new long[words(slots)];
    }

    static int words(int slots) {
        return Math.max(1, (slots + 63) >> 6);
    }

    int open(int operation) {
        int slot = used.nextClearBit(0);
        used.set(slot);
        slotOf[operation] = slot;
        operationIn[slot] = operation;
        Model.Role role = role(slot);
        if (role == Model.Role.OBSERVES) {
            observing.add(slot);
            observers[slot >> 6] |= 1L << slot;
            return slot;
        }
        if (role.total()) {
            total[slot >> 6] |= 1L << slot;
        }
        IntList same = same(action[operation]);
        if (same.size() == 0) {
            changing.add(action[operation]);
        }
        int at = same.size();
        while (at > 0 && until[operationIn[same.get(at - 1)]] > until[operation]) {
            at--;
        }
        same.insert(at, slot);
        return slot;
    }

    void close(int operation) {
        int slot = slotOf[operation];
        used.clear(slot);
        if (role(slot) == Model.Role.OBSERVES) {
            observing.remove(slot);
        } else {
            IntList same = same(action[operation]);
            same.remove(slot);
            if (same.size() == 0) {
                changing.remove(action[operation]);
            }
        }
        observers[slot >> 6] &= ~(1L << slot);
        total[slot >> 6] &= ~(1L << slot);
    }

    private IntList same(int wanted) {
        while (byAction.size() <= wanted) {
            byAction.add(new IntList());
        }
        return byAction.get(wanted);
    }

    int slotOf(int operation) {
        return slotOf[operation];
    }

    int operationIn(int slot) {
        return operationIn[slot];
    }

    int actionIn(int slot) {
        return action[operationIn[slot]];
    }

    Model.Role role(int slot) {
        return model.role(actionIn(slot));
    }

    /** Slots of open operations that only observe. */
    IntList observing() {
        return observing;
    }

    /** Actions of open operations that change the state. */
    IntList changing() {
        return changing;
    }

    /**
     * Of operations with the same effect the one that returns first may go first: any order can be turned into that one.
     *
     * @return its slot among those that the configuration must place, or -1
     */
    int firstThatMust(Configuration in, int wanted) {
        IntList same = byAction.get(wanted);
        for (int i = 0; i < same.size(); i++) {
            if (in.must(same.get(i))) {
                return same.get(i);
            }
        }
        return -1;
    }

    /** As {@link #firstThatMust}, among those that may be placed and return before {@code must}. */
    int firstThatMay(Configuration in, int wanted, int must) {
        IntList same = byAction.get(wanted);
        for (int i = 0; i < same.size() && same.get(i) != must; i++) {
            if (in.may(same.get(i))) {
                return same.get(i);
            }
        }
        return -1;
    }
}
