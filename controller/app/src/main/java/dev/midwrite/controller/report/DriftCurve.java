package dev.midwrite.controller.report;

import dev.midwrite.check.fleet.CopyDrift;
import dev.midwrite.controller.report.LaneChart.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How far the copies of each node were behind, over the time of the drill: how they came together again after it had healed. */
final class DriftCurve {
    /** More lanes would be a wall; the worst are shown. */
    private static final int MOST_NODES = 8;

    private static final double HEIGHT = 40;

    private final ReportInput input;
    private final List<CopyDrift> drifts;
    private final long behind;

    DriftCurve(ReportInput input) {
        this.input = input;
        List<CopyDrift> all = input.replication().drifts().stream()
                .filter(drift -> !drift.curve().isEmpty())
                .toList();
        this.behind = all.size();
        this.drifts = all.stream()
                .sorted(Comparator.comparingLong(CopyDrift::most).reversed())
                .limit(MOST_NODES)
                .sorted(Comparator.comparing(CopyDrift::replica))
                .toList();
    }

    /** Empty if no copy was ever behind. */
    Optional<Chart> chart() {
        if (drifts.isEmpty()) {
            return Optional.empty();
        }
        List<Lane> lanes = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        for (CopyDrift drift : drifts) {
            lanes.add(Lane.upTo(
                    drift.replica(),
                    "bar-info",
                    HEIGHT,
                    StandingValues.of(drift.curve(), input.curves().buckets()),
                    Wording::count));
            sentences.add(drift.replica() + ": up to " + Wording.count(drift.most(), "session") + caughtUp(drift));
        }
        return Optional.of(LaneChart.of(
                new ChartText(
                        "drift",
                        "Drift of copies",
                        "Sessions of which a node's copy lacked something that their users had been told was saved, by"
                                + " node, in lanes with scales of their own; of each stretch of time the most."
                                + (behind > MOST_NODES
                                        ? " Of " + Wording.count(behind, "node") + " the " + MOST_NODES
                                                + " that were behind most."
                                        : "")
                                + " What came late may have replaced something newer: whether copies agree in the end,"
                                + " the property convergence says.",
                        String.join("; ", sentences) + "."),
                frame -> new TimeGround(input, frame),
                lanes));
    }

    private static String caughtUp(CopyDrift drift) {
        OptionalLong nanos = drift.caughtUpNanos();
        StringBuilder words = new StringBuilder();
        if (nanos.isPresent()) {
            words.append(
                    nanos.getAsLong() == 0
                            ? ", none of before when all had healed"
                            : ", caught up " + Wording.duration(nanos.getAsLong()) + " after the heal");
        }
        if (drift.never() > 0) {
            words.append(", ").append(Wording.count(drift.never())).append(" for good");
        }
        if (drift.open() > 0) {
            words.append(", and of ")
                    .append(Wording.count(drift.open(), "write"))
                    .append(" nobody knows");
        }
        return words.toString();
    }
}
