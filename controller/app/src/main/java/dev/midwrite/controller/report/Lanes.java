package dev.midwrite.controller.report;

import dev.midwrite.check.Trial;
import java.util.List;
import java.util.Locale;

/** What all timelines share: lanes with names, shaded faults, nodes that go down and come up, and the axis. */
final class Lanes {
    static final double WIDTH = 1000;
    static final double LEFT = 96;
    static final double RIGHT = 972;
    static final double BAND_ROW = 16;
    private static final int MOST_BAND_ROWS = 8;
    private static final double LABEL_ROW = 13;
    /** Room for half a label right of the last moment. */
    private static final double EDGE = 8;

    /** How much of the end of a long name is shown. */
    private static final int TAIL = 6;

    /** Names may be as wide as they are on average: there is a little room beside them. */
    private static final double NAME_CHARACTER = 5.3;

    private final Svg svg;
    private final Scale scale;
    private final Wording wording;
    private final long origin;

    Lanes(Svg svg, Scale scale, Wording wording, long origin) {
        this.svg = svg;
        this.scale = scale;
        this.wording = wording;
        this.origin = origin;
    }

    void name(double y, String name) {
        int room = (int) ((scale.left() - 12) / NAME_CHARACTER);
        String shown = name.length() <= room ? name : shortened(name, room);
        svg.text("lane-name", scale.left() - 12, y + 4, "end", shown);
    }

    /** Pods of one Deployment differ at their end. */
    private static String shortened(String name, int room) {
        int end = Math.min(TAIL, room / 2);
        return name.substring(0, Math.max(0, room - end - 1)) + "…" + name.substring(name.length() - end);
    }

    /** How many rows the labels of the faults take. */
    int bandRows(List<Trial.Fault> faults) {
        Rows rows = new Rows(MOST_BAND_ROWS, 8);
        faults.stream().filter(this::shown).forEach(fault -> place(rows, fault));
        return rows.used();
    }

    /** Shades every fault from {@code top} to {@code bottom} and names it above that. */
    void bands(List<Trial.Fault> faults, double labels, double top, double bottom) {
        Rows rows = new Rows(MOST_BAND_ROWS, 8);
        for (Trial.Fault fault : faults) {
            if (shown(fault)) {
                double x = scale.x(fault.from());
                double width = Math.max(2, scale.x(fault.to()) - x);
                double y = labels + place(rows, fault) * BAND_ROW;
                svg.rect("band", x, top, width, bottom - top, 0, title(fault));
                svg.rect("band-head", x, y + 12, width, 2, 1, "");
                svg.text("band-label", labelAt(fault), y + 9, "start", label(fault));
            }
        }
    }

    /** Shades every fault; who wants to know which it is points at it, or looks at the course. */
    void shades(List<Trial.Fault> faults, double top, double bottom) {
        for (Trial.Fault fault : faults) {
            if (shown(fault)) {
                double x = scale.x(fault.from());
                svg.rect("band", x, top, Math.max(2, scale.x(fault.to()) - x), bottom - top, 0, title(fault));
            }
        }
    }

    private boolean shown(Trial.Fault fault) {
        return scale.shows(fault.from(), fault.to());
    }

    private int place(Rows rows, Trial.Fault fault) {
        double x = labelAt(fault);
        return rows.place(x, Math.max(x + Svg.widthOf(label(fault)), scale.x(fault.to())));
    }

    /** Left end of the label; a label never leaves the picture. */
    private double labelAt(Trial.Fault fault) {
        return Math.max(scale.left(), Math.min(scale.x(fault.from()), scale.right() - Svg.widthOf(label(fault))));
    }

    private static String label(Trial.Fault fault) {
        return fault.name() + (fault.node().isEmpty() ? "" : " · " + fault.node());
    }

    private String title(Trial.Fault fault) {
        return fault.name() + " at " + fault.point() + " on " + fault.node() + ", "
                + wording.moment(fault.from())
                + (fault.to() == Long.MAX_VALUE ? "" : " to " + wording.moment(fault.to()))
                + "; matched " + fault.matched() + ", applied " + fault.applied();
    }

    /** A line while the node is up, dashes while it is down. */
    void life(double y, String node, List<NodeInstant> instants) {
        boolean up = wasUp(node, instants);
        long since = scale.from();
        for (NodeInstant instant : instants) {
            boolean turn = instant.node().equals(node)
                    && (instant.kind() == NodeInstant.Kind.DOWN || instant.kind() == NodeInstant.Kind.UP);
            if (turn && instant.at() <= scale.to()) {
                if (instant.at() >= scale.from()) {
                    lifeLine(y, up, since, instant.at());
                    since = instant.at();
                }
                up = instant.kind() == NodeInstant.Kind.UP;
            }
        }
        lifeLine(y, up, since, scale.to());
        for (NodeInstant instant : instants) {
            if (instant.node().equals(node) && scale.shows(instant.at())) {
                String title = instant.label() + ", " + wording.moment(instant.at());
                if (instant.kind() == NodeInstant.Kind.DOWN) {
                    svg.circle("node-down", scale.x(instant.at()), y, 4, title);
                } else if (instant.kind() == NodeInstant.Kind.UP) {
                    svg.circle("node-up", scale.x(instant.at()), y, 4, title);
                } else if (instant.kind() == NodeInstant.Kind.CLUSTER) {
                    svg.circle("node-said", scale.x(instant.at()), y, 2.5, title);
                }
            }
        }
    }

    /** Before the first turn that is known: what comes up was not there, nor is what never comes where others do. */
    private boolean wasUp(String node, List<NodeInstant> instants) {
        List<NodeInstant> turns = instants.stream()
                .filter(instant -> instant.kind() == NodeInstant.Kind.UP || instant.kind() == NodeInstant.Kind.DOWN)
                .toList();
        return turns.stream()
                .filter(instant -> instant.node().equals(node))
                .findFirst()
                .map(first -> first.kind() == NodeInstant.Kind.DOWN)
                .orElse(turns.isEmpty());
    }

    private void lifeLine(double y, boolean up, long from, long to) {
        svg.line(up ? "node-line" : "node-line is-down", scale.x(from), y, scale.x(to), y);
    }

    /** Thin lines across all lanes where the faults had ended and where the final reads began; labels stay apart. */
    void milestones(Trial trial, double top, double bottom) {
        String healed = "healed";
        String reads = "final reads";
        boolean near = trial.healedAt() != Long.MAX_VALUE
                && scale.x(trial.settledAt()) - scale.x(trial.healedAt())
                        < Svg.widthOf(healed) + Svg.widthOf(reads) + 16;
        milestone(trial.healedAt(), top, bottom, bottom - 5, healed);
        milestone(trial.settledAt(), top, bottom, near ? bottom - 5 - LABEL_ROW : bottom - 5, reads);
    }

    /** The same lines without labels. */
    void phases(Trial trial, double top, double bottom) {
        for (long at : new long[] {trial.healedAt(), trial.settledAt()}) {
            if (at != Long.MAX_VALUE && scale.shows(at)) {
                svg.line("milestone", scale.x(at), top, scale.x(at), bottom);
            }
        }
    }

    /** The label stands right of its line, where there is room. */
    void milestone(long at, double top, double bottom, double y, String label) {
        if (at != Long.MAX_VALUE && scale.shows(at)) {
            double x = scale.x(at);
            boolean right = x + Svg.widthOf(label) + 6 < scale.right();
            svg.line("milestone", x, top, x, bottom);
            svg.text("milestone-label", right ? x + 5 : x - 5, y, right ? "start" : "end", label);
        }
    }

    void axis(double top, double bottom) {
        axis(svg, scale, origin, top, bottom);
    }

    /** Round moments after the origin, and the line on which they stand. */
    static void axis(Svg svg, Scale scale, long origin, double top, double bottom) {
        List<Long> ticks = scale.ticks(origin);
        long step = ticks.size() > 1 ? ticks.get(1) - ticks.get(0) : 1_000_000_000L;
        int digits = step >= 1_000_000_000L ? 0 : step >= 100_000_000L ? 1 : step >= 10_000_000L ? 2 : 3;
        for (long tick : ticks) {
            double x = scale.x(tick);
            svg.line("grid", x, top, x, bottom);
            String label = String.format(Locale.ROOT, "%." + digits + "f s", (tick - origin) / 1e9);
            double edge = scale.right() + EDGE;
            boolean inside = x + Svg.widthOf(label) / 2 <= edge;
            svg.text("tick", inside ? x : edge, bottom + 15, inside ? "middle" : "end", label);
        }
        svg.line("axis", scale.left(), bottom, scale.right(), bottom);
    }
}
