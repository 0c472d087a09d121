package dev.midwrite.controller.report;

import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One session around one violation, in real time: what the user did, then what each node's journal says. */
final class SessionTimeline {
    private static final long MARGIN = 2_000_000_000L;
    /** Least margin where only journals speak: what happens inside one save takes milliseconds. */
    private static final long CLOSE = 10_000_000L;

    /** More would only be a smear, and the page must stay small. */
    private static final int MOST_MARKS = 400;

    private static final int MOST_USER_ROWS = 3;
    private static final double EVIDENCE_ROW = 34;
    private static final double USER_ROW = 14;
    private static final double NODE_ROW = 32;
    private static final double LEAST_BAR = 3;
    private static final double FADE = 90;

    private static final Set<OperationKind> READS = EnumSet.of(
            OperationKind.READ,
            OperationKind.READ_LIST,
            OperationKind.READ_COUNTER,
            OperationKind.READ_GROUP,
            OperationKind.READ_DOCUMENT,
            OperationKind.READ_MUTATED,
            OperationKind.LIST_SESSIONS,
            OperationKind.PROBE,
            OperationKind.PROBE_OLD_ID,
            OperationKind.PROBE_LOGGED_OUT);

    private final ReportInput input;
    private final Violation violation;
    private final Wording wording;
    private final List<UserOperation> operations;
    private final List<NodeInstant> instants;
    private final Svg svg = new Svg();
    private final Scale scale;
    private final Lanes lanes;

    /** @param operations of the session, in order of invocation */
    SessionTimeline(ReportInput input, Violation violation, List<UserOperation> operations) {
        this.input = input;
        this.violation = violation;
        this.wording = new Wording(input);
        this.operations = operations;
        this.instants = input.instants().stream()
                .filter(this::concerns)
                .sorted(Comparator.comparingLong(NodeInstant::at))
                .toList();
        this.scale = window();
        this.lanes = new Lanes(svg, scale, wording, input.origin());
    }

    private boolean concerns(NodeInstant instant) {
        boolean ofNoSession = instant.session() == 0 && instant.idHash() == 0;
        return ofNoSession || instant.session() == violation.session() || instant.idHash() == violation.session();
    }

    /** Around the witness; where there is none, around what the journals say of the session; else the whole trial. */
    private Scale window() {
        List<Long> moments = new ArrayList<>();
        for (UserOperation operation : violation.witness()) {
            moments.add(operation.invoked());
            if (operation.returned() != UserOperation.NEVER) {
                moments.add(operation.returned());
            }
        }
        for (Trial.Fault fault : input.trial().faults()) {
            fault.happened().stream().filter(this::hits).forEach(happening -> moments.add(happening.at()));
        }
        if (violation.witness().isEmpty()) {
            instants.stream()
                    .filter(instant -> instant.session() != 0 || instant.idHash() != 0)
                    .forEach(instant -> moments.add(instant.at()));
        }
        if (moments.isEmpty()) {
            operations.forEach(operation -> moments.add(operation.invoked()));
        }
        if (moments.isEmpty()) {
            moments.add(violation.at());
        }
        long from = moments.stream().mapToLong(Long::longValue).min().getAsLong();
        long to = moments.stream().mapToLong(Long::longValue).max().getAsLong();
        boolean usersSpeak = !violation.witness().isEmpty() || !operations.isEmpty();
        long margin = usersSpeak ? MARGIN : Math.max(CLOSE, Math.min(MARGIN, 2 * (to - from)));
        return new Scale(from - margin, to + margin, Lanes.LEFT, Lanes.RIGHT);
    }

    private boolean hits(Trial.Happening happening) {
        if (happening.session() != 0 && happening.session() == violation.session()) {
            return true;
        }
        return happening.request() != 0
                && violation.witness().stream().anyMatch(operation -> operation.request() == happening.request());
    }

    String picture() {
        Trial trial = input.trial();
        double top = lanes.bandRows(trial.faults()) * Lanes.BAND_ROW + 6;
        double y = top + 4;
        List<Bar> evidence = evidence();
        List<Bar> others = others();
        int evidenceRows = evidence.stream().mapToInt(Bar::row).max().orElse(-1) + 1;
        int userRows = others.stream().mapToInt(Bar::row).max().orElse(-1) + 1;
        double evidenceTop = y;
        y += evidenceRows * EVIDENCE_ROW;
        double userTop = y;
        y += userRows * USER_ROW + (userRows > 0 ? 10 : 0);
        List<String> nodes = nodes();
        double nodesTop = y;
        double bottom = y + nodes.size() * NODE_ROW + 12;

        lanes.axis(top, bottom);
        lanes.bands(trial.faults(), 0, top, bottom);
        lanes.milestones(trial, top, bottom);
        if (evidenceRows > 0) {
            lanes.name(evidenceTop + EVIDENCE_ROW - 14, "evidence");
            evidence.forEach(bar -> draw(bar, evidenceTop));
        }
        if (userRows > 0) {
            lanes.name(userTop + 8, "user");
            others.forEach(bar -> draw(bar, userTop));
        }
        for (int i = 0; i < nodes.size(); i++) {
            node(nodes.get(i), nodesTop + i * NODE_ROW + NODE_ROW / 2 + 4);
        }
        return svg.picture(Lanes.WIDTH, bottom + 22, "Timeline of session " + Wording.session(violation.session()));
    }

    private record Bar(UserOperation operation, int number, int row, double x, double width) {}

    private List<Bar> evidence() {
        Rows rows = new Rows(Integer.MAX_VALUE, 10);
        List<UserOperation> ordered = violation.witness().stream()
                .sorted(Comparator.comparingLong(UserOperation::invoked))
                .toList();
        List<Bar> bars = new ArrayList<>();
        for (UserOperation operation : ordered) {
            int number = violation.witness().indexOf(operation) + 1;
            double x = scale.x(operation.invoked());
            double width = width(operation);
            double label = Svg.widthOf(label(operation)) + 20;
            int row = roomOnTheRight(x, operation)
                    ? rows.place(x, x + Math.max(width, label))
                    : rows.place(x - label, x + Math.max(width, 16));
            bars.add(new Bar(operation, number, row, x, width));
        }
        return bars;
    }

    private List<Bar> others() {
        Set<UserOperation> evidence = new LinkedHashSet<>(violation.witness());
        Rows rows = new Rows(MOST_USER_ROWS, 0.5);
        List<Bar> bars = new ArrayList<>();
        for (UserOperation operation : operations) {
            if (bars.size() < MOST_MARKS && shown(operation) && !evidence.contains(operation)) {
                double x = scale.x(operation.invoked());
                double width = width(operation);
                bars.add(new Bar(operation, 0, rows.place(x, x + width), x, width));
            }
        }
        return bars;
    }

    private boolean shown(UserOperation operation) {
        // An operation without an answer lasts for ever, and is drawn where it began.
        return operation.returned() == UserOperation.NEVER
                ? scale.shows(operation.invoked())
                : scale.shows(operation.invoked(), operation.returned());
    }

    private double width(UserOperation operation) {
        if (operation.returned() == UserOperation.NEVER) {
            return Math.min(FADE, Lanes.RIGHT - scale.x(operation.invoked()));
        }
        return Math.max(LEAST_BAR, scale.x(operation.returned()) - scale.x(operation.invoked()));
    }

    private String label(UserOperation operation) {
        String node = wording.node(operation);
        return wording.operation(operation) + (node.isEmpty() ? "" : " · " + node);
    }

    /** The label stands to the right of its number, and to the left where there is no room. */
    private boolean roomOnTheRight(double x, UserOperation operation) {
        return x + 20 + Svg.widthOf(label(operation)) <= Lanes.RIGHT;
    }

    private void draw(Bar bar, double top) {
        UserOperation operation = bar.operation();
        String title = label(operation) + ", " + wording.span(operation) + ", " + Wording.lower(operation.outcome());
        String style = "op is-" + Wording.lower(operation.outcome())
                + (READS.contains(operation.kind()) ? " is-read" : " is-write");
        if (bar.number() > 0) {
            double y = top + bar.row() * EVIDENCE_ROW;
            boolean right = roomOnTheRight(bar.x(), operation);
            svg.circle("number-disc", bar.x() + 7, y + 8, 7, "");
            svg.text("number", bar.x() + 7, y + 11.5, "middle", Integer.toString(bar.number()));
            svg.text("op-label", right ? bar.x() + 19 : bar.x() - 5, y + 12, right ? "start" : "end", label(operation));
            svg.rect(style + " is-evidence", bar.x(), y + 18, bar.width(), 9, 2, title);
        } else {
            double height = READS.contains(operation.kind()) ? 5 : 9;
            svg.rect(style, bar.x(), top + bar.row() * USER_ROW + 9 - height, bar.width(), height, 1.5, title);
        }
    }

    private List<String> nodes() {
        Set<String> nodes = new LinkedHashSet<>();
        input.trial().nodes().stream().skip(1).forEach(nodes::add);
        instants.stream()
                .map(NodeInstant::node)
                .filter(node -> !node.isEmpty()) // A rollout that stopped, say, concerns no node.
                .forEach(nodes::add);
        return List.copyOf(nodes);
    }

    private void node(String node, double y) {
        lanes.name(y, node);
        lanes.life(y, node, instants);
        double error = scale.width(input.trial().clockErrorNanos());
        List<Mark> marks = marks(node);
        List<Mark> shown = marks.subList(0, Math.min(MOST_MARKS, marks.size()));
        for (Mark mark : shown) {
            double x = scale.x(mark.at());
            if (error >= 3) {
                svg.line("whisker", x - error, y, x + error, y);
            }
            if (mark.fault()) {
                svg.diamond(mark.ours() ? "fault" : "fault is-other", x, y, mark.ours() ? 6 : 4, mark.title());
            } else {
                svg.rect("event", x - 1, y - 5, 2, 10, 1, mark.title());
            }
        }
        // Faults are named first; what then finds no room is in the tooltip.
        List<Mark> named = new ArrayList<>();
        shown.stream().filter(Mark::fault).forEach(mark -> name(mark, y, named));
        shown.stream().filter(mark -> !mark.fault()).forEach(mark -> name(mark, y, named));
    }

    private void name(Mark mark, double y, List<Mark> named) {
        double x = scale.x(mark.at());
        double half = Svg.widthOf(mark.label()) / 2;
        boolean room = mark.ours()
                && x - half >= Lanes.LEFT
                && x + half <= Lanes.RIGHT
                && named.stream()
                        .allMatch(other ->
                                Math.abs(scale.x(other.at()) - x) >= half + Svg.widthOf(other.label()) / 2 + 6);
        if (room) {
            svg.text(mark.fault() ? "event-label is-fault" : "event-label", x, y - 9, "middle", mark.label());
            named.add(mark);
        }
    }

    /** @param ours it hit this session, or was written in its name */
    private record Mark(long at, boolean fault, boolean ours, String label, String title) {}

    private List<Mark> marks(String node) {
        List<Mark> marks = new ArrayList<>();
        Set<Long> faults = new LinkedHashSet<>();
        for (Trial.Fault fault : input.trial().faults()) {
            for (Trial.Happening happening : fault.happened()) {
                if (happening.node().equals(node) && scale.shows(happening.at()) && faults.add(happening.at())) {
                    String detail = happening.step() == 0 ? "" : ", step " + happening.step();
                    marks.add(new Mark(
                            happening.at(),
                            true,
                            hits(happening),
                            fault.name(),
                            fault.name() + " at " + fault.point() + detail
                                    + (happening.command().isEmpty() ? "" : " (" + happening.command() + ")") + ", "
                                    + wording.moment(happening.at()) + ", journal record " + happening.seq()));
                }
            }
        }
        for (NodeInstant instant : instants) {
            boolean fault = instant.kind() == NodeInstant.Kind.FAULT;
            if (instant.node().equals(node)
                    && scale.shows(instant.at())
                    && (fault ? faults.add(instant.at()) : instant.kind() == NodeInstant.Kind.OPERATION)) {
                String detail = instant.detail().isEmpty() ? "" : ", " + instant.detail();
                marks.add(new Mark(
                        instant.at(),
                        fault,
                        true,
                        instant.label(),
                        instant.label() + ", " + wording.moment(instant.at()) + detail));
            }
        }
        marks.sort(Comparator.comparingLong(Mark::at));
        return marks;
    }
}
