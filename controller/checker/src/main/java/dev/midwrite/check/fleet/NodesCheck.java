package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.check.Trial.NodeStore;
import dev.midwrite.check.Trial.NodeStore.Kept;
import dev.midwrite.check.Trial.OutOfMemory;
import dev.midwrite.check.session.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Did every node run, with memory enough, until it was asked to end, or until a fault of the drill ended it? */
public final class NodesCheck {
    private static final Property PROPERTY = Property.NODES;

    private NodesCheck() {}

    public static void check(Trial trial, Tally tally) {
        Report report = new Report(trial.profile(), tally);
        tally.checked(PROPERTY, trial.nodeStarts());
        for (NodeEnd end : trial.nodeEnds()) {
            if (neverReady(trial, end)) {
                continue;
            }
            switch (end.by()) {
                case ASKED, FAULT -> {
                    // As it should.
                }
                case UNKNOWN ->
                    tally.inconclusive(
                            PROPERTY,
                            1,
                            end.code() == NodeEnd.UNKNOWN_CODE
                                    ? end.node()
                                            + " ended, which nothing here had asked for; it runs elsewhere, so neither"
                                            + " its exit status nor who ended it is known."
                                    : end.node() + " ended with exit code " + end.code()
                                            + " while a fault that can end it so was armed, and its journal does not say"
                                            + " whether it was that.");
                case ITSELF ->
                    report.violated(
                            Anomaly.NODE_ENDED,
                            0,
                            end.at(),
                            0,
                            end.node() + " ended with exit code " + end.code() + ".",
                            "Because nobody had asked it to end, and no fault of the drill had ended it, it must still"
                                    + " run.");
            }
        }
        for (OutOfMemory node : trial.outOfMemory()) {
            // What a fault has filled says nothing of the application.
            if (!node.injected()) {
                report.violated(
                        Anomaly.NODE_OUT_OF_MEMORY,
                        0,
                        node.at(),
                        0,
                        node.node() + " ran out of memory and went on.",
                        "Because whatever asked for memory then was broken off, threads or requests may be gone, and nothing"
                                + " that the node did afterwards can be relied on.");
            }
        }
        stores(trial, report, tally);
    }

    /** Only where a drill requires a store outside of nodes: many services are right to keep sessions in memory. */
    private static void stores(Trial trial, Report report, Tally tally) {
        Map<String, List<NodeStore>> byNode = trial.nodeStores().stream()
                .collect(Collectors.groupingBy(NodeStore::node, TreeMap::new, Collectors.toList()));
        byNode.forEach((node, starts) -> {
            for (NodeStore start : starts) {
                if (start.kept() == Kept.IN_MEMORY) {
                    report.violated(
                            Anomaly.NO_EXTERNAL_STORE,
                            0,
                            start.at(),
                            0,
                            node + " asked no store in any of its "
                                    + String.format(Locale.ROOT, "%,d", start.requests())
                                    + " requests, and told no other node of its sessions.",
                            "Because the drill requires that sessions are kept outside of nodes, and these end with the"
                                    + " node's process.");
                }
            }
            if (starts.stream().allMatch(start -> start.kept() == Kept.UNKNOWN)) {
                tally.inconclusive(
                        PROPERTY,
                        1,
                        "Whether " + node + " keeps its sessions outside of itself is not known: it served too few"
                                + " requests, or no point of its agent sees where its sessions go.");
            }
        });
    }

    /** A rollout's new node that did not start was in no rotation; the rollout says so, and goes back or ends. */
    private static boolean neverReady(Trial trial, NodeEnd end) {
        return trial.replacements().stream()
                .anyMatch(replacement -> replacement.node().equals(end.node())
                        && end.at() > replacement.endedAt()
                        && end.at() <= replacement.readyAt());
    }
}
