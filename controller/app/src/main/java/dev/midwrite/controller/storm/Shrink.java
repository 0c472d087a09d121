package dev.midwrite.controller.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Delta debugging (Zeller and Hildebrandt, 2002): the smallest part of a list that still fails, so that no element can be left out
 * alone. Where failures are random its judge may miss some: then the result fails, and may be larger than it need be. One use, not
 * thread-safe.
 *
 * @param <T> elements
 */
final class Shrink<T> {
    /** Says whether a part still fails. */
    interface Trial<T> {
        boolean fails(List<T> part) throws InterruptedException;
    }

    private final Trial<T> trial;
    private final BooleanSupplier over;
    private final Consumer<List<T>> smaller;

    /**
     * @param over asked before each trial; when it says so, what has been found by then is the result
     * @param smaller told each time that a smaller part fails
     */
    Shrink(Trial<T> trial, BooleanSupplier over, Consumer<List<T>> smaller) {
        this.trial = trial;
        this.over = over;
        this.smaller = smaller;
    }

    /**
     * Leaves out elements.
     *
     * @param all which fail
     * @return a part of them in the same order; empty if it fails without any
     */
    List<T> fewest(List<T> all) throws InterruptedException {
        List<T> left = List.copyOf(all);
        int parts = 2;
        while (!left.isEmpty() && !over.getAsBoolean()) {
            int into = Math.min(parts, left.size());
            Optional<List<T>> alone = into == 1 ? Optional.empty() : first(left, into, false);
            // Of two parts each is what is left without the other.
            Optional<List<T>> without = alone.isPresent() || into == 2 ? Optional.empty() : first(left, into, true);
            if (alone.isPresent()) {
                left = alone.get();
                parts = 2;
            } else if (without.isPresent()) {
                left = without.get();
                parts = Math.max(into - 1, 2);
            } else if (into == left.size()) {
                break;
            } else {
                parts = into * 2;
            }
        }
        return left;
    }

    /** The first of the parts, or what is left without it, that fails. */
    private Optional<List<T>> first(List<T> all, int parts, boolean without) throws InterruptedException {
        int from = 0;
        for (int i = 0; i < parts; i++) {
            int to = from + (all.size() - from) / (parts - i);
            List<T> candidate = new ArrayList<>(without ? all.subList(0, from) : all.subList(from, to));
            if (without) {
                candidate.addAll(all.subList(to, all.size()));
            }
            if (fails(candidate)) {
                return Optional.of(candidate);
            }
            from = to;
        }
        return Optional.empty();
    }

    private boolean fails(List<T> part) throws InterruptedException {
        if (over.getAsBoolean() || !trial.fails(part)) {
            return false;
        }
        smaller.accept(List.copyOf(part));
        return true;
    }

    /** The other list, if it fails; else this one. */
    List<T> instead(List<T> all, List<T> other) throws InterruptedException {
        return !other.equals(all) && fails(other) ? other : all;
    }

    /**
     * Puts simpler elements in the place of others, as long as that fails.
     *
     * @param all which fail
     * @param simpler than an element, the one to be tried first in front
     */
    List<T> simplest(List<T> all, Function<T, List<T>> simpler) throws InterruptedException {
        List<T> left = new ArrayList<>(all);
        for (int i = 0; i < left.size(); i++) {
            boolean found = true;
            while (found && !over.getAsBoolean()) {
                found = false;
                for (T candidate : simpler.apply(left.get(i))) {
                    List<T> other = new ArrayList<>(left);
                    other.set(i, candidate);
                    if (fails(other)) {
                        left = other;
                        found = true;
                        break;
                    }
                }
            }
        }
        return List.copyOf(left);
    }
}
