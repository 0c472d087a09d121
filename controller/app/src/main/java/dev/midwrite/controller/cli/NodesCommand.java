package dev.midwrite.controller.cli;

import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.ListNodesRequest;
import dev.midwrite.link.v1.Node;
import dev.midwrite.link.v1.Point;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midwrite nodes}. */
@Command(name = "nodes", description = "List the nodes that a controller knows.", mixinStandardHelpOptions = true)
final class NodesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerAddress controller;

    @Option(names = "--points", description = "Also list every point, and why it is not woven.")
    private boolean points;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        controller.call(operator -> operator.listNodes(ListNodesRequest.getDefaultInstance())
                .getNodesList()
                .forEach(node -> print(node, out)));
        out.flush();
    }

    /** Nothing if everything is. */
    static String permitted(Node node) {
        List<String> faults = node.getAllowedFaultsList();
        boolean all = Arrays.stream(FaultKind.values())
                .filter(fault -> fault != FaultKind.NONE)
                .allMatch(fault -> faults.contains(fault.label()));
        String kinds = all ? "" : "permits " + (faults.isEmpty() ? "no fault" : String.join(", ", faults)) + "\n";
        return kinds + String.join("\n", node.getPolicyList());
    }

    private void print(Node node, PrintWriter out) {
        long woven = node.getPointsList().stream()
                .filter(point -> point.getState() == Point.State.WOVEN)
                .count();
        out.printf(
                "%-16s %-12s %-9s incarnation %s  pid %d  %s  %d of %d points woven  %d records%n",
                node.getName(),
                node.getConnected() ? "connected" : "disconnected",
                node.getRecording() ? "recording" : "dormant",
                HexFormat.of().toHexDigits(node.getIncarnation()),
                node.getPid(),
                node.getJdk(),
                woven,
                node.getPointsCount(),
                node.getRecords());
        permitted(node).lines().forEach(line -> out.println("  " + line));
        node.getInjectionsList()
                .forEach(injection -> out.printf(
                        "  injection %d: matched %d, applied %d%n",
                        injection.getInjection(), injection.getMatched(), injection.getApplied()));
        if (points) {
            node.getPointsList()
                    .forEach(point -> out.printf(
                            "  %-40s %-16s %-8s %s%n",
                            point.getName(),
                            point.getKind(),
                            point.getState().name().toLowerCase(java.util.Locale.ROOT),
                            point.getReason()));
        }
    }
}
