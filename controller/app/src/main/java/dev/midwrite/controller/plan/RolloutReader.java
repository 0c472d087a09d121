package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the block {@code rollout} of a step. */
final class RolloutReader {
    static final Set<String> KEYS =
            Set.of("nodes", "to", "strategy", "routing-delay", "pre-stop", "grace", "pause", "roll-back");
    static final Map<String, RolloutSpec.Strategy> STRATEGIES = DrillFile.labels(RolloutSpec.Strategy.values());

    private RolloutReader() {}

    /** @param nodes null if the drill has none, which is complained about elsewhere */
    static RolloutSpec read(Section section, NodesSpec nodes) {
        List<String> all = nodes == null ? List.of() : nodes.names();
        List<String> replaced =
                section.has("nodes") && nodes != null ? section.names("nodes", "node", new HashSet<>(all)) : all;
        if (new HashSet<>(replaced).size() < replaced.size()) {
            section.complain("nodes", "a rollout replaces each node once, so 'nodes' must be different names");
        }
        Duration preStop = section.duration("pre-stop", Duration.ZERO);
        Duration grace =
                section.duration("grace", preStop.plus(nodes == null ? Duration.ofSeconds(10) : nodes.stopTimeout()));
        if (section.has("grace") && grace.compareTo(preStop) <= 0) {
            section.complain(
                    "grace",
                    "the grace period of " + TimelineReader.written(grace)
                            + " counts from the moment at which a node is"
                            + " taken out, so it must be longer than 'pre-stop' of " + TimelineReader.written(preStop));
        }
        return new RolloutSpec(
                replaced,
                version(section, nodes),
                section.choice("strategy", STRATEGIES, RolloutSpec.Strategy.ONE_BY_ONE),
                section.duration("routing-delay", Duration.ZERO),
                preStop,
                grace,
                section.duration("pause", Duration.ZERO),
                section.flag("roll-back"));
    }

    private static Optional<String> version(Section section, NodesSpec nodes) {
        if (!section.has("to")) {
            return Optional.empty();
        }
        String name = section.text("to", "");
        if (nodes != null && !nodes.versions().containsKey(name)) {
            section.complain(
                    "to",
                    nodes.versions().isEmpty()
                            ? "there is no version '" + name + "': 'versions' in the block 'nodes' names them"
                            : "unknown version '" + name + "'"
                                    + Complaints.suggestion(
                                            name, nodes.versions().keySet()));
        }
        return Optional.of(name);
    }
}
