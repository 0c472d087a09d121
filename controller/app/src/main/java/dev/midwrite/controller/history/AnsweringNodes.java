package dev.midwrite.controller.history;

import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Which node answered what was sent to a balancer: nodes journal the requests that come to them. */
final class AnsweringNodes {
    private final JournalIndex journals;
    private final List<String> nodes;
    private final Map<Long, Integer> attempts = new HashMap<>();

    private AnsweringNodes(JournalIndex journals, List<String> nodes) {
        this.journals = journals;
        this.nodes = nodes;
    }

    /**
     * The same operations, each with its node as far as that is known.
     *
     * @param nodes names by number
     */
    static List<UserOperation> of(List<UserOperation> operations, JournalIndex journals, List<String> nodes) {
        if (operations.stream().allMatch(operation -> operation.node() > 0)) {
            return operations;
        }
        AnsweringNodes answering = new AnsweringNodes(journals, nodes);
        operations.forEach(operation -> answering.attempts.merge(operation.request(), 1, Integer::sum));
        return operations.stream().map(answering::told).toList();
    }

    private UserOperation told(UserOperation operation) {
        boolean answered = operation.outcome() == Outcome.OK || operation.is(UserOperation.ABSENT);
        // Attempts of a request share its id: where one that was not answered went, is known if it was the only one.
        boolean certain = answered || (operation.outcome() == Outcome.INFO && attempts.get(operation.request()) == 1);
        if (operation.node() > 0 || !certain) {
            return operation;
        }
        OptionalInt node = only(operation.request());
        return node.isEmpty()
                ? operation
                : operation.but().node(node.getAsInt()).build();
    }

    /** The node that journaled this request, if one alone did. */
    private OptionalInt only(long request) {
        int[] numbers = journals.ofRequest(request).stream()
                .mapToInt(entry -> nodes.indexOf(entry.node()))
                .distinct()
                .toArray();
        return numbers.length == 1 && numbers[0] > 0 ? OptionalInt.of(numbers[0]) : OptionalInt.empty();
    }
}
