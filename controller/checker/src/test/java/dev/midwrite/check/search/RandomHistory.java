package dev.midwrite.check.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small histories of a correct object, in which some outcomes are then hidden and some observations made up: about half
 * of them are linearizable.
 */
final class RandomHistory {
    private final SplittableRandom random;
    private final int values;

    RandomHistory(long seed, int values) {
        this.random = new SplittableRandom(seed);
        this.values = values;
    }

    /** @param compareAndSet otherwise the object is a text */
    List<Operation> next(int most, boolean compareAndSet) {
        int processes = 1 + random.nextInt(5);
        int size = 1 + random.nextInt(most);
        long[] free = new long[processes];
        double made = random.nextInt(3) * 0.08;
        double hidden = random.nextInt(3) * 0.15;
        int spread = 1 + random.nextInt(20);
        List<long[]> spans = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int process = random.nextInt(processes);
            long invoked = free[process] + random.nextInt(3);
            long effect = invoked + random.nextInt(spread);
            long returned = effect + random.nextInt(spread);
            free[process] = returned + random.nextInt(3);
            spans.add(new long[] {effect, invoked, returned, process});
        }
        spans.sort((a, b) -> Long.compare(a[0], b[0]));
        List<Operation> operations = new ArrayList<>();
        Object state = compareAndSet ? null : "";
        for (long[] span : spans) {
            Call call = compareAndSet ? registerCall(state, made) : textCall((String) state, made);
            state = after(state, call);
            boolean hide = !(call instanceof Call.Read) && random.nextDouble() < hidden;
            operations.add(new Operation(call, span[3], 0, span[1], hide ? Operation.NEVER : span[2]));
        }
        return operations;
    }

    private Call registerCall(Object state, double made) {
        Object seen = random.nextDouble() < made ? value() : state;
        return switch (random.nextInt(4)) {
            case 0, 1 -> new Call.Read(seen);
            case 2 -> new Call.Write(value());
            default -> new Call.CompareAndSet(seen, value());
        };
    }

    private Call textCall(String state, double made) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Call.Read(random.nextDouble() < made ? state + letter() : state);
            case 2 -> new Call.Write(random.nextInt(2) == 0 ? "" : letter());
            default -> new Call.Append(letter());
        };
    }

    private Object after(Object state, Call call) {
        if (call instanceof Call.Write write) {
            return write.value();
        }
        if (call instanceof Call.CompareAndSet cas) {
            return cas.next();
        }
        return call instanceof Call.Append append ? state + append.piece() : state;
    }

    private Object value() {
        return random.nextInt(values);
    }

    private String letter() {
        return String.valueOf((char) ('a' + random.nextInt(values)));
    }
}
