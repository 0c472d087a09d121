package dev.midwrite.agent.run;

import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which fault is possible at which point, as text: read from what the points say of themselves. */
public final class FaultMatrix {
    private static final List<FaultKind> FAULTS = Arrays.stream(FaultKind.values())
            .filter(fault -> fault != FaultKind.NONE)
            .toList();
    private static final Edge[] EDGES = {Edge.BEFORE, Edge.INSIDE, Edge.STEP, Edge.AFTER};

    private FaultMatrix() {}

    /** A table in Markdown, and below it why what is not there is impossible. Called by the premain, through reflection. */
    public static String text() {
        StringBuilder table = new StringBuilder("| point | kind |");
        StringBuilder rule = new StringBuilder("|---|---|");
        for (FaultKind fault : FAULTS) {
            table.append(' ').append(fault.label()).append(" |");
            rule.append("---|");
        }
        table.append('\n').append(rule).append('\n');
        Set<String> reasons = new LinkedHashSet<>();
        for (Point point : new Catalogue(Libraries.all()).all()) {
            table.append("| ")
                    .append(point.name())
                    .append(" | ")
                    .append(point.kind().label())
                    .append(" |");
            for (FaultKind fault : FAULTS) {
                table.append(' ').append(edges(point, fault, reasons)).append(" |");
            }
            table.append('\n');
        }
        reasons.forEach(reason -> table.append('\n').append(reason));
        return table.append('\n').toString();
    }

    /** Where it is possible, or a dash. */
    private static String edges(Point point, FaultKind fault, Set<String> reasons) {
        StringBuilder possible = new StringBuilder();
        for (Edge edge : EDGES) {
            if (hasEdge(point, edge) && point.reason(fault, edge).isEmpty()) {
                possible.append(possible.length() == 0 ? "" : ", ").append(word(edge));
            }
        }
        if (possible.length() == 0) {
            Edge usual = fault.isInside() ? Edge.INSIDE : Edge.BEFORE;
            point.reason(fault, usual).ifPresent(reasons::add);
            return "-";
        }
        return possible.toString();
    }

    /** Steps are told of the operation that owns them. */
    private static boolean hasEdge(Point point, Edge edge) {
        return edge != Edge.STEP || point.role() == Role.OPERATION || point.role() == Role.CHANGE;
    }

    /** As drills write it. */
    private static String word(Edge edge) {
        return edge == Edge.STEP ? "after-step" : edge.name().toLowerCase(Locale.ROOT);
    }
}
