package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Counts;
import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injection;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Point;
import dev.midwrite.link.v1.Quantiles;
import dev.midwrite.link.v1.Trigger;
import java.util.Arrays;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Our words as the link's, and back. Pure. */
final class Wire {

    private Wire() {}

    static Point point(PointReport report) {
        return Point.newBuilder()
                .setName(report.name())
                .setKind(report.kind().label())
                .setState(Point.State.valueOf(report.state().name()))
                .setReason(report.reason())
                .addAllClasses(report.classes())
                .build();
    }

    static Lifted.Cause cause(Ending ending) {
        return Lifted.Cause.valueOf(ending.name());
    }

    static Applied applied(Counts counts) {
        Applied.Builder applied = Applied.newBuilder()
                .setInjection(counts.injection())
                .setMatched(counts.matched())
                .setApplied(counts.applied());
        Histogram achieved = counts.delays().micros();
        if (achieved.getTotalCount() > 0) {
            applied.setAchievedMicros(Quantiles.newBuilder()
                    .setCount(achieved.getTotalCount())
                    .setMin(achieved.getMinValue())
                    .setP50(achieved.getValueAtPercentile(50))
                    .setP99(achieved.getValueAtPercentile(99))
                    .setMax(achieved.getMaxValue()));
        }
        return applied.build();
    }

    /** @throws IllegalArgumentException with one sentence if a value is out of its range or of a later version */
    static Injection injection(dev.midwrite.link.v1.Injection wire) {
        FaultKind fault = Arrays.stream(FaultKind.values())
                .filter(kind -> kind != FaultKind.NONE && kind.label().equals(wire.getFault()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this agent knows no fault '" + wire.getFault() + "'"));
        Trigger trigger = wire.getTrigger();
        return new Injection(
                positive("id", wire.getId()),
                fault,
                wire.getPoint(),
                edge(wire.getEdge()),
                wire.getStep(),
                wire.getCommand(),
                Set.copyOf(wire.getPeersList()),
                wire.getOnlyNew(),
                wire.getOnlyDirty(),
                orAll("session share", wire.getSessions().getShare()),
                Set.copyOf(wire.getSessions().getLabelsList()),
                orAll("probability", trigger.getProbability()),
                Math.max(1, natural("every", trigger.getEvery())),
                natural("after", trigger.getAfter()),
                natural("at most", trigger.getAtMost()),
                fault == FaultKind.CLOCK ? offset(wire.getOffsetMillis()) : amount(fault, wire.getAmount()),
                share(fault, wire.getShare()),
                wire.getError(),
                wire.getSeed(),
                wire.getDrawSeed() == 0 ? wire.getSeed() : wire.getDrawSeed(),
                wire.getTtlMillis() * 1_000_000L);
    }

    private static int positive(String what, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " must be positive, not " + value);
        }
        return value;
    }

    /** Of a number that may use all 32 bits of an unsigned one. */
    private static int natural(String what, int value) {
        return value < 0 ? positive(what, value) : value;
    }

    private static long amount(FaultKind fault, long value) {
        if (fault == FaultKind.THROTTLE && value == 0) {
            throw new IllegalArgumentException("amount of throttle must be a byte per second at least");
        }
        if (value < 0) {
            throw new IllegalArgumentException("amount must not be negative");
        }
        return value;
    }

    /** In nanoseconds, from milliseconds. */
    private static long offset(long millis) {
        if (millis == 0 || Math.abs(millis) > FaultKind.MOST_OFFSET.toMillis()) {
            throw new IllegalArgumentException("offset of clock must not be 0, and be " + FaultKind.MOST_OFFSET.toDays()
                    + " days at most, not " + millis + " ms");
        }
        return millis * 1_000_000;
    }

    private static double orAll(String what, double value) {
        double share = share(what, value);
        return share == 0 ? 1 : share;
    }

    private static double share(FaultKind fault, double value) {
        if (fault == FaultKind.PRESSURE && !(value > 0 && value <= FaultKind.MOST_PRESSURE)) {
            throw new IllegalArgumentException(
                    "share of pressure must be more than 0 and at most " + FaultKind.MOST_PRESSURE + ", not " + value);
        }
        return share("share", value);
    }

    private static double share(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be from 0 to 1, not " + value);
        }
        return value;
    }

    private static Edge edge(dev.midwrite.link.v1.Edge edge) {
        return switch (edge) {
            case BEFORE -> Edge.BEFORE;
            case STEP -> Edge.STEP;
            case INSIDE -> Edge.INSIDE;
            case AFTER -> Edge.AFTER;
            case EDGE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("this agent knows no such edge");
        };
    }
}
