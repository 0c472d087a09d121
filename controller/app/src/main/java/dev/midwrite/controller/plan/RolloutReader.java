package dev.midwrite.controller.plan;

import dev.midwrite.controller.plan.RolloutSpec.Extent;
import dev.midwrite.controller.plan.RolloutSpec.Figure;
import dev.midwrite.controller.plan.RolloutSpec.IfMissed;
import dev.midwrite.controller.plan.RolloutSpec.Reaction;
import dev.midwrite.controller.plan.RolloutSpec.Strategy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads the block {@code rollout} of a step. */
final class RolloutReader {
    static final Set<String> KEYS = Set.of(
            "nodes",
            "times",
            "to",
            "strategy",
            "unavailable",
            "surge",
            "routing-delay",
            "pre-stop",
            "grace",
            "pause",
            "roll-back",
            "bounds",
            "if-missed");
    static final Map<String, Strategy> STRATEGIES = DrillFile.labels(Strategy.values());
    static final Map<String, Figure> FIGURES = DrillFile.labels(Figure.values());
    static final Map<String, IfMissed> IF_MISSED = DrillFile.labels(IfMissed.values());

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
                extent(section, replaced.size(), all),
                section.duration("routing-delay", Duration.ZERO),
                preStop,
                grace,
                section.duration("pause", Duration.ZERO),
                reaction(section));
    }

    /** @param names of all nodes; empty if they are not known */
    private static Extent extent(Section section, int replaced, List<String> names) {
        boolean known = !names.isEmpty();
        Strategy strategy = section.choice("strategy", STRATEGIES, Strategy.ONE_BY_ONE);
        int surge = count(section, "surge", replaced, known);
        int unavailable = count(section, "unavailable", replaced, known);
        for (String key : List.of("unavailable", "strategy", "nodes")) {
            if (section.has("surge") && section.has(key)) {
                section.complain(
                        key,
                        key.equals("nodes")
                                ? "with 'surge' all nodes that run are replaced, so 'nodes' must be left out"
                                : "either 'surge' or '" + key + "' says how many nodes are replaced at a time");
            }
        }
        if (section.has("unavailable") && section.has("strategy")) {
            section.complain(
                    "strategy", "either 'unavailable' or 'strategy' says how many nodes are replaced at a time");
        }
        if (section.has("surge")) {
            spares(section, surge, names);
            return new Extent(0, surge);
        }
        if (section.has("unavailable")) {
            return new Extent(unavailable, 0);
        }
        return new Extent(strategy == Strategy.ALL_AT_ONCE ? Math.max(1, replaced) : 1, 0);
    }

    private static void spares(Section section, int surge, List<String> names) {
        IntStream.rangeClosed(1, surge)
                .mapToObj(i -> Drill.SPARE + i)
                .filter(names::contains)
                .findFirst()
                .ifPresent(name -> section.complain(
                        "surge",
                        "the nodes that are started beside the others are called " + Drill.SPARE + "1 and so on, and '"
                                + name + "' is one of your own"));
    }

    private static int count(Section section, String key, int replaced, boolean known) {
        int count = (int) section.whole(key, 1, 1, NodesReader.MOST);
        if (known && section.has(key) && count > replaced) {
            section.complain(
                    key,
                    "'" + key + "' is " + count + ", and there "
                            + (replaced == 1 ? "is 1 node" : "are " + replaced + " nodes") + " to replace");
        }
        return count;
    }

    private static Reaction reaction(Section section) {
        Map<Figure, Double> bounds = new EnumMap<>(Figure.class);
        if (section.has("bounds")) {
            Section block = section.section("bounds", FIGURES.keySet());
            FIGURES.forEach((word, figure) -> {
                if (block.has(word)) {
                    bounds.put(figure, block.share(word, 0));
                }
            });
        }
        if (section.has("if-missed") && !section.has("bounds")) {
            section.complain("if-missed", "'if-missed' is for 'bounds', and there are none");
        }
        return new Reaction(
                section.flag("roll-back"),
                Map.copyOf(bounds),
                section.choice("if-missed", IF_MISSED, IfMissed.ROLL_BACK));
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
