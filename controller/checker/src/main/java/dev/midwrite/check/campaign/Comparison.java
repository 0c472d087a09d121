package dev.midwrite.check.campaign;

import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.stats.Change;
import dev.midwrite.check.stats.Change.State;
import dev.midwrite.check.stats.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Whether a candidate is worse than its base: trials of the same drill with the same seed are pairs, so that users and
 * faults are alike and only the build differs.
 *
 * @param pairs of trials
 * @param unpaired trials that have no counterpart; nothing is made of them
 * @param verdict PASS if no figure is worse by what matters, GATE_MISSED if one is, INCONCLUSIVE if that is open, INVALID
 *     if no pair says anything
 */
public record Comparison(Verdict verdict, List<Change> changes, int pairs, int unpaired) {
    private static final long SEED = 1;
    /** Milliseconds; a shorter time is measured as this. */
    private static final double SHORTEST = 1e-3;

    /** What one trial of a pair says of a figure: between these; both the same if it is known. */
    private record Range(double least, double most) {
        static final Range NOTHING = new Range(Double.NaN, Double.NaN);

        static Range of(double value) {
            return new Range(value, value);
        }

        boolean absent() {
            return Double.isNaN(least);
        }
    }

    /** @param targets decide which trials succeed */
    public static Comparison of(List<TrialResult> base, List<TrialResult> candidate, Targets targets, Limits limits) {
        Map<List<Object>, TrialResult> counterparts = new HashMap<>();
        base.forEach(trial -> counterparts.put(key(trial), trial));
        List<TrialResult[]> pairs = new ArrayList<>();
        for (TrialResult trial : candidate) {
            TrialResult counterpart = counterparts.remove(key(trial));
            if (counterpart != null) {
                pairs.add(new TrialResult[] {counterpart, trial});
            }
        }
        List<Change> changes = new ArrayList<>();
        share("score", pairs, trial -> share(trial, Figures::fresh), limits.score(), changes);
        failover(pairs, limits.failover(), changes);
        share("success", pairs, trial -> success(trial, targets), limits.success(), changes);
        boolean nothing = pairs.stream().noneMatch(pair -> pair[0].usable() && pair[1].usable());
        int unpaired = base.size() + candidate.size() - 2 * pairs.size();
        return new Comparison(
                nothing ? Verdict.INVALID : verdict(changes), List.copyOf(changes), pairs.size(), unpaired);
    }

    private static Verdict verdict(List<Change> changes) {
        if (changes.stream().anyMatch(change -> change.state() == State.REGRESSION)) {
            return Verdict.GATE_MISSED;
        }
        return changes.stream().allMatch(change -> change.state() == State.NO_REGRESSION)
                ? Verdict.PASS
                : Verdict.INCONCLUSIVE;
    }

    private static List<Object> key(TrialResult trial) {
        return List.of(trial.drill(), trial.seed());
    }

    /** Reads a figure of one trial. */
    private interface Reading {
        Range of(TrialResult trial);
    }

    private static Range share(TrialResult trial, ToLongFunction<Figures> good) {
        Figures figures = trial.figures();
        if (trial.measured() && figures.atRisk() > 0) {
            return Range.of((double) good.applyAsLong(figures) / figures.atRisk());
        }
        return trial.usable() && !figures.faulted() ? Range.NOTHING : new Range(0, 1);
    }

    private static Range success(TrialResult trial, Targets targets) {
        Validity success = trial.success(targets);
        return switch (success) {
            case TRUE -> Range.of(1);
            case FALSE -> Range.of(0);
            case UNKNOWN -> new Range(0, 1);
        };
    }

    private static Range failover(TrialResult trial) {
        OptionalDouble time = trial.figures().failover();
        if (trial.usable() && time.isEmpty()) {
            return Range.NOTHING;
        }
        if (trial.measured()) {
            return Range.of(Math.max(SHORTEST, time.getAsDouble()));
        }
        return new Range(0, Double.POSITIVE_INFINITY);
    }

    private static void share(
            String name, List<TrialResult[]> pairs, Reading reading, double minimum, List<Change> changes) {
        List<Range[]> read = read(pairs, reading, new Range(0, 1));
        if (!read.isEmpty()) {
            changes.add(Change.ofShare(
                    name,
                    mean(read, 0),
                    mean(read, 1),
                    differences(read, pair -> pair[1].least() - pair[0].most()),
                    differences(read, pair -> pair[1].most() - pair[0].least()),
                    minimum,
                    Gates.CONFIDENCE,
                    SEED));
        }
    }

    private static void failover(List<TrialResult[]> pairs, double minimum, List<Change> changes) {
        List<Range[]> read = read(pairs, Comparison::failover, new Range(0, Double.POSITIVE_INFINITY));
        if (!read.isEmpty()) {
            changes.add(Change.ofTime(
                    "failover.p95",
                    median(read, 0),
                    median(read, 1),
                    differences(read, pair -> log(pair[1].least(), pair[0].most(), Double.NEGATIVE_INFINITY)),
                    differences(read, pair -> log(pair[1].most(), pair[0].least(), Double.POSITIVE_INFINITY)),
                    minimum,
                    Gates.CONFIDENCE));
        }
    }

    /** Two that never ended, or two of which nothing is known, differ by anything. */
    private static double log(double time, double by, double anything) {
        double log = Math.log(time) - Math.log(by);
        return Double.isNaN(log) ? anything : log;
    }

    /** Pairs of which at least one trial has the figure; what the other lacks is unknown. */
    private static List<Range[]> read(List<TrialResult[]> pairs, Reading reading, Range unknown) {
        List<Range[]> read = new ArrayList<>();
        for (TrialResult[] pair : pairs) {
            Range base = reading.of(pair[0]);
            Range candidate = reading.of(pair[1]);
            if (!base.absent() || !candidate.absent()) {
                read.add(new Range[] {base.absent() ? unknown : base, candidate.absent() ? unknown : candidate});
            }
        }
        boolean measured =
                read.stream().anyMatch(pair -> pair[0].least() == pair[0].most() || pair[1].least() == pair[1].most());
        return measured ? read : List.of();
    }

    private static double mean(List<Range[]> read, int side) {
        return Arrays.stream(known(read, side)).average().orElse(Double.NaN);
    }

    /** Of times, of which one may be endless. */
    private static double median(List<Range[]> read, int side) {
        return Quantile.of(known(read, side), 0.5);
    }

    private static double[] known(List<Range[]> read, int side) {
        return read.stream()
                .map(pair -> pair[side])
                .filter(range -> range.least() == range.most())
                .mapToDouble(Range::least)
                .toArray();
    }

    private static double[] differences(List<Range[]> read, ToDoubleFunction<Range[]> difference) {
        return read.stream().mapToDouble(difference).toArray();
    }
}
