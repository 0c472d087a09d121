package dev.midwrite.check.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What happens to the operations of one key, in order of time. At equal times invocations come first: equal times are
 * concurrent. Left out are indeterminate operations that explain nothing.
 */
final class Timeline {
    enum Kind {
        INVOKE,
        RETURN,
        /** An indeterminate operation stops to matter. */
        DROP
    }

    final int[] action;
    final long[] until;
    /** By operation: must it be placed? */
    final boolean[] certain;
    /** The operations, each as often as something happens to it. */
    final int[] operation;

    final Kind[] kind;
    final long[] time;
    final int slots;

    Timeline(List<Operation> operations, Model model) {
        int n = operations.size();
        action = new int[n];
        until = new long[n];
        certain = new boolean[n];
        int[] kept = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            Operation each = operations.get(i);
            action[i] = model.action(each.call());
            certain[i] = !each.indeterminate();
            boolean observes = model.role(action[i]) == Model.Role.OBSERVES;
            until[i] = certain[i] ? each.returned() : observes ? Long.MIN_VALUE : model.lastUseful(action[i]);
            if (until[i] >= each.invoked()) {
                kept[count++] = i;
            }
        }
        // Event 2k is the invocation of the k-th operation that is kept, event 2k + 1 its end.
        Integer[] order = IntStream.range(0, 2 * count).boxed().toArray(Integer[]::new);
        Comparator<Integer> byTime = Comparator.comparingLong(
                e -> (e & 1) == 0 ? operations.get(kept[e >> 1]).invoked() : until[kept[e >> 1]]);
        Arrays.sort(order, byTime.thenComparingInt(e -> (e & 1) == 0 ? 0 : certain[kept[e >> 1]] ? 1 : 2));
        operation = new int[order.length];
        kind = new Kind[order.length];
        time = new long[order.length];
        int open = 0;
        int most = 0;
        for (int i = 0; i < order.length; i++) {
            int event = order[i];
            operation[i] = kept[event >> 1];
            boolean invoked = (event & 1) == 0;
            kind[i] = invoked ? Kind.INVOKE : certain[operation[i]] ? Kind.RETURN : Kind.DROP;
            time[i] = invoked ? operations.get(operation[i]).invoked() : until[operation[i]];
            open += invoked ? 1 : -1;
            most = Math.max(most, open);
        }
        slots = most;
    }

    int size() {
        return operation.length;
    }
}
