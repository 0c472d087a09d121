package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.Ending;
import dev.midwrite.controller.curve.NodeAnswers;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Answers by node and status, as texts. */
final class AnswerTable {
    private AnswerTable() {}

    static Map<String, Object> values(List<NodeAnswers> answers) {
        SortedSet<Ending> endings = NodeAnswers.endings(answers);
        return Map.of(
                "endings",
                endings.stream().map(Ending::toString).toList(),
                "rows",
                answers.stream()
                        .map(each -> Map.of(
                                "node",
                                each.node().isEmpty() ? "not known" : each.node(),
                                "counts",
                                endings.stream()
                                        .map(ending ->
                                                Wording.count(each.counts().getOrDefault(ending, 0L)))
                                        .toList()))
                        .toList());
    }
}
