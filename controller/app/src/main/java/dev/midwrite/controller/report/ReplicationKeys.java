package dev.midwrite.controller.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.check.fleet.Arrival;
import dev.midwrite.check.fleet.CopyDrift;
import dev.midwrite.check.fleet.Exposure.Point;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.check.fleet.ReplicationFigures.Range;
import java.util.List;
import java.util.Locale;

/** The key {@code replication} of {@code verdict.json}. Spans are nanoseconds, moments count from {@code origin}; null for never. */
final class ReplicationKeys {
    private static final int MOST_POINTS = 2000;

    private final long origin;

    ReplicationKeys(long origin) {
        this.origin = origin;
    }

    void write(ObjectNode node, ReplicationFigures figures) {
        node.put("writes", figures.writes());
        ArrayNode lags = node.putArray("replicas");
        for (ReplicationFigures.Lag lag : figures.lags()) {
            ObjectNode each = lags.addObject();
            each.put("replica", lag.replica())
                    .put("phase", lag.phase())
                    .put("mode", lag.mode().name());
            ArrayNode asked = each.putArray("asked");
            lag.asked().stream().sorted().forEach(one -> asked.add(one.name()));
            each.put("writes", lag.writes()).put("undecided", lag.undecided()).put("never", lag.never());
            range(each, "p50", lag.p50());
            range(each, "p99", lag.p99());
            range(each, "max", lag.max());
        }
        exposure(node.putObject("exposure"), figures.exposed());
        ArrayNode drifts = node.putArray("drift");
        figures.drifts().forEach(drift -> drift(drifts.addObject(), drift));
        ArrayNode reactions = node.putArray("reactions");
        for (ReplicationFigures.Reaction reaction : figures.reactions()) {
            ObjectNode each = reactions.addObject();
            each.put("injection", reaction.injection()).put("fault", reaction.fault());
            each.put("replica", reaction.replica())
                    .put("conduct", reaction.conduct().name());
            each.put("answeredP50Nanos", reaction.answered()).put("steadyP50Nanos", reaction.steady());
            ObjectNode counts = each.putObject("writes");
            reaction.counts().forEach((treatment, count) -> counts.put(treatment.name(), count));
        }
        node.put("missing", figures.missing());
        ArrayNode named = node.putArray("named");
        for (ReplicationFigures.Missing missing : figures.named()) {
            ObjectNode each = named.addObject();
            each.put("session", hex(missing.session())).put("request", hex(missing.request()));
            each.put("atNanos", missing.at() - origin).put("node", missing.node());
            each.put("replica", missing.replica());
        }
    }

    private void exposure(ObjectNode node, ReplicationFigures.Exposed exposed) {
        node.put("peakLeast", exposed.peak().least())
                .put("peakMost", exposed.peak().most());
        node.put("peakAtNanos", exposed.peakAt() - origin);
        node.put("never", exposed.never()).put("unknown", exposed.open());
        nanos(node, "drainNanos", exposed.drain().orElse(Arrival.NEVER));
        curve(node, exposed.curve(), "writes");
    }

    private void drift(ObjectNode node, CopyDrift drift) {
        node.put("replica", drift.replica()).put("most", drift.most());
        node.put("never", drift.never()).put("unknown", drift.open());
        nanos(node, "caughtUpNanos", drift.caughtUpNanos().orElse(Arrival.NEVER));
        curve(node, drift.curve(), "sessions");
    }

    private void curve(ObjectNode node, List<Point> points, String counted) {
        ArrayNode curve = node.putArray("curve");
        points.stream()
                .limit(MOST_POINTS)
                .forEach(point ->
                        curve.addObject().put("atNanos", point.at() - origin).put(counted, point.writes()));
    }

    private static void range(ObjectNode node, String key, Range range) {
        nanos(node, key + "LeastNanos", range.least());
        nanos(node, key + "MostNanos", range.most());
    }

    private static void nanos(ObjectNode node, String key, long value) {
        if (value == Arrival.NEVER) {
            node.putNull(key);
        } else {
            node.put(key, value);
        }
    }

    private static String hex(long id) {
        return String.format(Locale.ROOT, "%016x", id);
    }
}
