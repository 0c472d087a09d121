package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.Buckets;
import java.util.Locale;

/** The time of a drill: its faults, where nodes went down and came up, and its phases stand behind what users met. */
final class TimeGround implements Ground {
    private final ReportInput input;
    private final Frame frame;
    private final Scale scale;
    private final Wording wording;

    TimeGround(ReportInput input, Frame frame) {
        this.input = input;
        this.frame = frame;
        this.scale = CourseWindow.of(input).scale(frame);
        this.wording = new Wording(input);
    }

    private Buckets buckets() {
        return input.curves().buckets();
    }

    Scale scale() {
        return scale;
    }

    @Override
    public Frame frame() {
        return frame;
    }

    @Override
    public String name() {
        return "Time";
    }

    @Override
    public int columns() {
        return buckets().count();
    }

    @Override
    public double x(int column) {
        return scale.x(buckets().start(column));
    }

    @Override
    public double width(int column) {
        return scale.x(buckets().end(column)) - x(column);
    }

    @Override
    public String label(int column) {
        return String.format(
                Locale.ROOT,
                "%.1f – %.1f s",
                wording.seconds(buckets().start(column)),
                wording.seconds(buckets().end(column)));
    }

    @Override
    public void draw(Svg svg, double top, double bottom) {
        Lanes lanes = new Lanes(svg, scale, wording, input.origin());
        lanes.axis(top, bottom);
        lanes.shades(input.trial().faults(), top, bottom);
        lanes.phases(input.trial(), top, bottom);
        for (NodeInstant instant : input.instants()) {
            boolean down = instant.kind() == NodeInstant.Kind.DOWN;
            if ((down || instant.kind() == NodeInstant.Kind.UP) && scale.shows(instant.at())) {
                double x = scale.x(instant.at());
                svg.line(down ? "turn is-down" : "turn", x, top, x, bottom);
                svg.circle(
                        down ? "node-down" : "node-up",
                        x,
                        top,
                        3.5,
                        instant.node() + ": " + instant.label() + ", " + wording.moment(instant.at()));
            }
        }
    }
}
