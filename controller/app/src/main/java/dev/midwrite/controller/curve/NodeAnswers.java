package dev.midwrite.controller.curve;

import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the attempts on one node ended.
 *
 * @param node its name; that of number 0 for attempts of which it is not known
 */
public record NodeAnswers(String node, SortedMap<Ending, Long> counts) {

    /** In order of the nodes' numbers; the unknown node, if it is there, last. */
    static List<NodeAnswers> of(List<String> nodes, List<UserOperation> operations) {
        Map<Integer, SortedMap<Ending, Long>> byNode = new TreeMap<>();
        for (UserOperation operation : operations) {
            int node = operation.node() < nodes.size() ? operation.node() : 0;
            byNode.computeIfAbsent(node, number -> new TreeMap<>()).merge(Ending.of(operation), 1L, Long::sum);
        }
        List<NodeAnswers> answers = new ArrayList<>();
        byNode.forEach((number, counts) -> {
            if (number > 0) {
                answers.add(new NodeAnswers(nodes.get(number), counts));
            }
        });
        if (byNode.containsKey(0)) {
            answers.add(new NodeAnswers("", byNode.get(0)));
        }
        return List.copyOf(answers);
    }

    /** All that ever came. */
    public static SortedSet<Ending> endings(List<NodeAnswers> answers) {
        SortedSet<Ending> endings = new TreeSet<>();
        answers.forEach(each -> endings.addAll(each.counts().keySet()));
        return endings;
    }
}
