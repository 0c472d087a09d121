package dev.midwrite.controller.report;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Trial;
import java.util.Comparator;
import java.util.List;

/** The whole drill on one strip: faults, nodes and findings. */
final class DrillCourse {
    private static final double NODE_ROW = 24;

    private final ReportInput input;
    private final Wording wording;

    DrillCourse(ReportInput input) {
        this.input = input;
        this.wording = new Wording(input);
    }

    /** In both sizes. */
    String picture() {
        return Chart.pictures(this::draw);
    }

    private String draw(Frame frame, String style) {
        Trial trial = input.trial();
        Svg svg = new Svg();
        Scale scale = CourseWindow.of(input).scale(frame);
        Lanes lanes = new Lanes(svg, scale, wording, input.origin());
        List<NodeInstant> instants = input.instants().stream()
                .sorted(Comparator.comparingLong(NodeInstant::at))
                .toList();
        List<String> nodes = trial.nodes().stream().skip(1).toList();
        double top = lanes.bandRows(trial.faults()) * Lanes.BAND_ROW + 6;
        double findings = top + 8 + nodes.size() * NODE_ROW;
        double bottom = findings + (input.judgement().cards().isEmpty() ? 4 : NODE_ROW) + 14;
        lanes.axis(top, bottom);
        lanes.bands(trial.faults(), 0, top, bottom);
        lanes.milestones(trial, top, bottom);
        instants.stream()
                .filter(instant -> instant.kind() == NodeInstant.Kind.ROLLOUT)
                .forEach(instant -> lanes.milestone(instant.at(), top, bottom, top + 10, instant.label()));
        for (int i = 0; i < nodes.size(); i++) {
            double y = top + 8 + i * NODE_ROW + NODE_ROW / 2;
            lanes.name(y, nodes.get(i));
            lanes.life(y, nodes.get(i), instants);
            happenings(svg, scale, nodes.get(i), y);
        }
        if (!input.judgement().cards().isEmpty()) {
            double y = findings + NODE_ROW / 2;
            lanes.name(y, "findings");
            for (AnomalyCard card : input.judgement().cards()) {
                svg.circle(
                        "finding is-" + Wording.lower(card.violation().severity()),
                        scale.x(card.violation().at()),
                        y,
                        5,
                        card.id() + ": " + card.violation().anomaly().title() + ", "
                                + wording.moment(card.violation().at()));
            }
        }
        return svg.picture(style, frame.width(), bottom + 22, "Course of the drill");
    }

    private void happenings(Svg svg, Scale scale, String node, double y) {
        for (Trial.Fault fault : input.trial().faults()) {
            fault.happened().stream()
                    .filter(happening -> happening.node().equals(node))
                    .limit(500)
                    .forEach(happening -> svg.diamond(
                            "fault",
                            scale.x(happening.at()),
                            y,
                            6.5,
                            fault.name() + " at " + fault.point() + ", " + wording.moment(happening.at())));
        }
    }
}
