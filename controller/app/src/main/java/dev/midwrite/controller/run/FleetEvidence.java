package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.ClockFacts;
import dev.midwrite.controller.report.RunHealth.PointHealth;
import dev.midwrite.controller.serve.ClockBound;
import dev.midwrite.controller.serve.ClockTrack;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.serve.JournalState;
import dev.midwrite.link.v1.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * What agents leave behind when a run is over.
 *
 * @param journals of every incarnation
 * @param clocks of every incarnation that spoke
 * @param points of every node, woven or not
 * @param versions of JDKs and agents, by what they are of
 */
record FleetEvidence(
        List<JournalState> journals, List<ClockFacts> clocks, List<PointHealth> points, Map<String, String> versions) {
    private static final Duration JOURNALS = Duration.ofSeconds(20);
    /** A second has one; what is written each second must not grow with the run. */
    private static final int MOST_BOUNDS = 120;

    /**
     * Ends recording on all nodes that are up, and waits for what journals still hold.
     *
     * @param names of the drill's nodes; where agents of others dial, some may come that are none
     */
    static FleetEvidence of(Fleet fleet, List<String> names) throws InterruptedException {
        List<FleetNode> nodes = nodes(fleet, names);
        long deadline = System.nanoTime() + JOURNALS.toNanos();
        for (FleetNode node : nodes) {
            try {
                fleet.record(node.name(), false).join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof Problem)) {
                    throw e;
                }
                // The node is down or silent; its journal then stays incomplete, and the verdict knows.
            }
        }
        List<JournalState> states = new ArrayList<>();
        for (FleetNode node : nodes) {
            for (long incarnation : node.incarnations()) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                states.add(fleet.journals().awaitComplete(node.name(), incarnation, left));
            }
        }
        return new FleetEvidence(states, clocks(nodes, Integer.MAX_VALUE), points(nodes), versions(nodes));
    }

    /** What has come by now, while nodes go on recording; of clocks some of it, which is as true and less exact. */
    static FleetEvidence known(Fleet fleet, List<String> names) {
        List<FleetNode> nodes = nodes(fleet, names);
        List<JournalState> states = nodes.stream()
                .flatMap(node -> node.incarnations().stream()
                        .flatMap(incarnation -> fleet.journals().state(node.name(), incarnation).stream()))
                .toList();
        return new FleetEvidence(states, clocks(nodes, MOST_BOUNDS), points(nodes), versions(nodes));
    }

    private static List<FleetNode> nodes(Fleet fleet, List<String> names) {
        return fleet.nodes().stream()
                .filter(node -> names.contains(node.name()))
                .toList();
    }

    /** Evenly spaced ones; all if they contradict each other, which is to be known. */
    static List<ClockBound> thinned(List<ClockBound> bounds, int most) {
        if (bounds.size() <= most || ClockTrack.of(bounds).contradiction() > 0) {
            return bounds;
        }
        int last = bounds.size() - 1;
        return IntStream.range(0, most)
                .mapToObj(i -> bounds.get((int) ((long) i * last / (most - 1))))
                .toList();
    }

    private static List<ClockFacts> clocks(List<FleetNode> nodes, int most) {
        List<ClockFacts> clocks = new ArrayList<>();
        for (FleetNode node : nodes) {
            for (long incarnation : node.incarnations()) {
                node.clock(incarnation)
                        .ifPresent(interval -> clocks.add(new ClockFacts(
                                node.name(),
                                incarnation,
                                interval.lower(),
                                interval.upper(),
                                thinned(node.clockBounds(incarnation), most))));
            }
        }
        return clocks;
    }

    private static List<PointHealth> points(List<FleetNode> nodes) {
        return nodes.stream()
                .flatMap(node -> node.points().stream()
                        .map(point -> new PointHealth(
                                node.name(),
                                point.getName(),
                                point.getKind(),
                                point.getState() == Point.State.WOVEN,
                                point.getReason())))
                .toList();
    }

    private static Map<String, String> versions(List<FleetNode> nodes) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (FleetNode node : nodes) {
            versions.put(node.name() + " JDK", node.jdk());
            versions.put(node.name() + " agent", node.agentVersion());
        }
        return versions;
    }
}
