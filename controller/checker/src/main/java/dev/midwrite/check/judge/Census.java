package dev.midwrite.check.judge;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.util.ArrayList;
import java.util.List;

/** How many operations of each kind there were, and how many of them were answered. Not thread-safe. */
public final class Census {
    private static final OperationKind[] KINDS = OperationKind.values();

    /** Of fewer attempts, none that succeeds is bad luck. */
    private static final long SOME = 20;

    private final long[] asked = new long[KINDS.length];
    private final long[] answered = new long[KINDS.length];

    public void count(OperationKind kind, Outcome outcome) {
        asked[kind.code()]++;
        if (outcome == Outcome.OK) {
            answered[kind.code()]++;
        }
    }

    /** Adds what the other counted. */
    public void merge(Census other) {
        for (int i = 0; i < KINDS.length; i++) {
            asked[i] += other.asked[i];
            answered[i] += other.answered[i];
        }
    }

    /** Kinds that were tried often enough and never succeeded, in words. */
    List<String> neverSucceeded() {
        return none(SOME, Long.MAX_VALUE);
    }

    /** Kinds that never succeeded, and were tried so rarely that bad luck explains it, in words. */
    List<String> unlucky() {
        return none(1, SOME - 1);
    }

    private List<String> none(long least, long most) {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < KINDS.length; i++) {
            if (asked[i] >= least && asked[i] <= most && answered[i] == 0) {
                kinds.add(
                        asked[i] == 1
                                ? "The only operation of the kind " + KINDS[i] + " did not succeed."
                                : "None of " + asked[i] + " operations of the kind " + KINDS[i] + " succeeded.");
            }
        }
        return kinds;
    }

    boolean isEmpty() {
        for (long count : asked) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }
}
