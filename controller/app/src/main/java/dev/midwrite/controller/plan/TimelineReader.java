package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the list {@code timeline}. */
final class TimelineReader {
    static final Set<String> KEYS = Set.of("at", "when", "within", "inject", "node", "action");
    static final Map<String, Step.Action> ACTIONS = DrillFile.labels(Step.Action.values());

    private TimelineReader() {}

    static boolean injects(Section top) {
        // Complaints of this first look would come twice.
        return top.quietly().sections("timeline", "a step of the timeline", KEYS).stream()
                .anyMatch(entry -> entry.has("inject"));
    }

    /** @param nodes and {@code users}: null if the drill has none, which is complained about elsewhere */
    static List<Step> read(Section top, NodesSpec nodes, UsersSpec users) {
        List<Step> steps = new ArrayList<>();
        int injections = 0;
        Duration before = Duration.ZERO;
        for (Section entry : top.sections("timeline", "a step of the timeline", KEYS)) {
            Moment moment = MomentReader.read(entry, before, nodes == null ? List.of() : nodes.names(), users);
            Duration at = moment.at();
            before = at;
            if (entry.has("inject") == entry.has("node")) {
                entry.complain("at", "a step of the timeline has either 'inject' or 'node'");
            } else if (entry.has("inject")) {
                if (entry.has("action")) {
                    entry.complain("action", "'action' is for a step with 'node'");
                }
                Section inject = entry.section("inject", InjectionReader.KEYS);
                List<String> targets = targets(inject, nodes);
                Duration rest = users == null || at.compareTo(users.duration()) > 0
                        ? Duration.ZERO
                        : users.duration().minus(at);
                Duration lasting = inject.duration("for", rest);
                if (inject.has("for") && !rest.isZero() && lasting.compareTo(rest) > 0) {
                    inject.complain("for", "this is longer than the " + written(rest) + " that users still run");
                }
                steps.add(new Step.Inject(moment, targets, InjectionReader.read(inject, ++injections), lasting));
            } else {
                entry.need("action");
                String node = entry.text("node", "");
                if (nodes != null && !nodes.names().contains(node)) {
                    entry.complain("node", unknown(node, nodes));
                }
                steps.add(new Step.Node(moment, node, entry.choice("action", ACTIONS, Step.Action.START)));
            }
        }
        steps.sort(Comparator.comparing(step -> step.moment().at()));
        return List.copyOf(steps);
    }

    private static List<String> targets(Section inject, NodesSpec nodes) {
        List<String> all = nodes == null ? List.of() : nodes.names();
        if (!inject.has("nodes")) {
            return all;
        }
        return nodes == null ? List.of() : inject.names("nodes", "node", new HashSet<>(all));
    }

    private static String unknown(String node, NodesSpec nodes) {
        return "unknown node '" + node + "'" + Complaints.suggestion(node, new HashSet<>(nodes.names()));
    }

    /** As an author writes it. */
    static String written(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
