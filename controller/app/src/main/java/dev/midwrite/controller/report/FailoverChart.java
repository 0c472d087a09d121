package dev.midwrite.controller.report;

import dev.midwrite.controller.history.Failover;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long each user of a node that ended was without service. */
final class FailoverChart {
    /** More would be a smear; then each row is a user of that rank. */
    private static final int MOST_ROWS = 32;

    private static final double ROW = 7;
    private static final double TOP = 6;

    private final List<Failover> all;

    /** @param all the shortest first */
    FailoverChart(List<Failover> all) {
        this.all = all;
    }

    /** Empty if no user sat on a node that ended. */
    Optional<Chart> chart() {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        long never = all.stream().filter(each -> each.until() == Failover.NEVER).count();
        ChartText text = new ChartText(
                "failover",
                "Failover by user",
                "From the end of the node where a user sat to the first of ten good answers in a row, the longest last."
                        + (all.size() > MOST_ROWS
                                ? " " + MOST_ROWS + " of " + Wording.count(all.size())
                                        + " are drawn, evenly by rank, the longest among them."
                                : ""),
                "Half of " + Wording.count(all.size(), "user") + " were served again within "
                        + took(all.get((all.size() - 1) / 2)) + ", the last within "
                        + took(all.get(all.size() - 1))
                        + (never == 0
                                ? "."
                                : "; " + (never == 1 ? "one was" : Wording.count(never) + " were")
                                        + " not served again."));
        return Optional.of(new Chart(
                text,
                Map.of(),
                Chart.pictures((frame, style) -> draw(frame, style, text.label())),
                List.of("User", "Node", "Without service for"),
                all.stream()
                        .sorted(Comparator.comparing(FailoverChart::nanos).reversed())
                        .limit(100)
                        .map(each -> List.of(Wording.session(each.session()), each.node(), took(each)))
                        .toList()));
    }

    private static long nanos(Failover failover) {
        return failover.until() == Failover.NEVER ? Percentiles.NEVER : failover.until() - failover.from();
    }

    private static String took(Failover failover) {
        return Wording.duration(nanos(failover));
    }

    private List<Failover> shown() {
        if (all.size() <= MOST_ROWS) {
            return all;
        }
        List<Failover> shown = new ArrayList<>();
        for (int i = 1; i <= MOST_ROWS; i++) {
            shown.add(all.get((int) Math.ceil((double) i * all.size() / MOST_ROWS) - 1));
        }
        return shown;
    }

    private String draw(Frame frame, String style, String label) {
        List<Failover> shown = shown();
        long longest = shown.stream()
                .mapToLong(FailoverChart::nanos)
                .filter(nanos -> nanos != Percentiles.NEVER)
                .max()
                .orElse(1_000_000_000L);
        Svg svg = new Svg();
        Scale scale = new Scale(0, longest + longest / 8 + 1, frame.left(), frame.right());
        double bottom = TOP + shown.size() * ROW + 4;
        Lanes.axis(svg, scale, 0, TOP, bottom);
        String node = "";
        for (int i = 0; i < shown.size(); i++) {
            Failover each = shown.get(i);
            double y = TOP + 2 + i * ROW;
            boolean never = each.until() == Failover.NEVER;
            double end = never ? frame.right() : Math.max(frame.left() + 2, scale.x(nanos(each)));
            svg.rect(never ? "bar-never" : "bar-ok", frame.left(), y, end - frame.left(), ROW - 2, 1, "");
            svg.rect(
                    "hit",
                    frame.left(),
                    y - 1,
                    frame.right() - frame.left(),
                    ROW,
                    0,
                    "User " + Wording.session(each.session()) + " on " + each.node() + ": " + took(each));
            node = node.isEmpty() || node.equals(each.node()) ? each.node() : "users";
        }
        svg.text("lane-name", frame.left() - 8, TOP + 12, "end", node);
        return svg.picture(style, frame.width(), bottom + 22, label);
    }
}
