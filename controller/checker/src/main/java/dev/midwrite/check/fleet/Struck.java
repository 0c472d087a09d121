package dev.midwrite.check.fleet;

import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.BackpressureCheck.Window;
import dev.midwrite.check.fleet.BackpressureCheck.Write;
import dev.midwrite.check.fleet.ReplicatedWrite.Copy;
import dev.midwrite.check.stats.Quantile;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The writes whose way to another node an injection struck: these show how the store deals with it. */
final class Struck {
    private static final double TAIL = 0.99;
    private static final double MEDIAN = 0.5;

    private final Trial trial;
    private final List<ReplicatedWrite> writes;
    private final long steadyP99;
    private final long steadyMedian;

    Struck(Trial trial, List<ReplicatedWrite> writes) {
        this.trial = trial;
        this.writes = writes;
        long begin = trial.faults().stream().mapToLong(Trial.Fault::from).min().orElse(Long.MAX_VALUE);
        double[] steady = writes.stream()
                .map(ReplicatedWrite::operation)
                .filter(write -> write.returned() < begin)
                .mapToDouble(write -> write.returned() - write.invoked())
                .toArray();
        double p99 = Quantile.of(steady, TAIL);
        steadyMedian = (long) Quantile.of(steady, MEDIAN);
        // Without a steady phase nothing counts as delayed.
        steadyP99 = Double.isNaN(p99) ? Long.MAX_VALUE >> 2 : (long) p99;
    }

    /** Time to the answer, in nanoseconds; 0 if there were none. */
    long steadyMedian() {
        return steadyMedian;
    }

    static long median(List<Write> writes) {
        return (long) Quantile.of(
                writes.stream()
                        .mapToDouble(write -> write.returned() - write.invoked())
                        .toArray(),
                MEDIAN);
    }

    /** By injection, each write once: a copy on any second node is enough. */
    Map<Integer, List<Write>> byInjection() {
        Map<Integer, List<Write>> struck = new TreeMap<>();
        for (ReplicatedWrite write : writes) {
            for (int injection : write.injections()) {
                struck.computeIfAbsent(injection, id -> new ArrayList<>())
                        .add(write(write.operation(), write.copies()));
            }
        }
        return struck;
    }

    Window of(int injection) {
        return new Window(
                Long.MIN_VALUE, Long.MAX_VALUE, trial.healedAt(), steadyP99, trial.clockErrorNanos(), List.of());
    }

    String name(int injection) {
        return trial.faults().stream()
                .filter(fault -> fault.injection() == injection)
                .map(Trial.Fault::name)
                .findFirst()
                .orElse("");
    }

    /** Where nobody knows whether a replica had it before the answer, nobody knows how it was dealt with. */
    static Write write(UserOperation write, List<Copy> copies) {
        boolean first = copies.stream().anyMatch(copy -> copy.first(write));
        boolean behind = copies.stream().allMatch(copy -> copy.behind(write));
        long applied =
                copies.stream().mapToLong(copy -> copy.arrival().latest()).min().orElse(Long.MAX_VALUE);
        return new Write(
                write.session(),
                write.invoked(),
                write.returned(),
                first || behind ? write.outcome() : Outcome.INFO,
                false,
                first,
                applied);
    }
}
