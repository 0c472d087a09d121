package dev.midwrite.check.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Tries every order, and prunes nothing but what it has already tried: slow, and simple enough to be believed. */
final class Exhaustive {
    private static final Object REFUSED = new Object();

    private final List<Operation> operations;
    private final Set<List<Object>> tried = new HashSet<>();

    private Exhaustive(List<Operation> operations) {
        this.operations = operations;
    }

    static boolean linearizable(List<Operation> operations, Object initial) {
        return new Exhaustive(operations).place(0, initial);
    }

    @SuppressWarnings("ReferenceEquality") // REFUSED is one object.
    private boolean place(long placed, Object state) {
        long firstReturn = Long.MAX_VALUE;
        boolean done = true;
        for (int i = 0; i < operations.size(); i++) {
            if ((placed & 1L << i) == 0 && !operations.get(i).indeterminate()) {
                done = false;
                firstReturn = Math.min(firstReturn, operations.get(i).returned());
            }
        }
        if (done) {
            return true;
        }
        List<Object> key = new ArrayList<>();
        key.add(placed);
        key.add(state);
        if (!tried.add(key)) {
            return false;
        }
        for (int i = 0; i < operations.size(); i++) {
            if ((placed & 1L << i) == 0 && operations.get(i).invoked() <= firstReturn) {
                Object next = step(state, operations.get(i).call());
                if (next != REFUSED && place(placed | 1L << i, next)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Object step(Object state, Call call) {
        if (call instanceof Call.Read read) {
            return Objects.equals(state, read.value()) ? state : REFUSED;
        }
        if (call instanceof Call.Write write) {
            return write.value();
        }
        if (call instanceof Call.CompareAndSet cas) {
            return Objects.equals(state, cas.expected()) ? cas.next() : REFUSED;
        }
        return state + ((Call.Append) call).piece();
    }
}
