package dev.midwrite.controller.live;

import dev.midwrite.check.Trial;
import dev.midwrite.check.judge.Checks;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Terms;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what was said while a run went on with what its verdict rests on. */
public final class TakenBack {

    private TakenBack() {}

    /**
     * Sessions of which something was said while the run went on, and in which nothing is wrong in the end: a bug of
     * ours, or an operation that came later than is possible. One sentence each.
     *
     * @param said of each session, the title of what was found first
     * @param trial as it was in the end
     */
    public static List<String> sentences(Bundle bundle, Trial trial, Map<Long, String> said) {
        if (said.isEmpty()) {
            return List.of();
        }
        Map<Long, List<UserOperation>> sessions = new HashMap<>();
        HistoryReader.read(bundle.users(), operation -> {
            if (said.containsKey(operation.session())) {
                sessions.computeIfAbsent(operation.session(), session -> new ArrayList<>())
                        .add(operation);
            }
        });
        SessionChecker checker = new SessionChecker(Terms.of(trial), Checks.ofSessions(), 1);
        List<String> lines = new ArrayList<>();
        sessions.forEach((session, operations) -> {
            checker.begin(session);
            operations.forEach(checker::accept);
            if (!checker.finish()) {
                lines.add(String.format(
                        "While the run went on, \"%s\" was reported of session %016x, in which nothing is wrong; please"
                                + " report this.",
                        said.get(session), session));
            }
        });
        return lines;
    }
}
