package dev.midwrite.check.fleet;

import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.BackpressureCheck.Window;
import dev.midwrite.check.fleet.BackpressureCheck.Write;
import dev.midwrite.check.fleet.ReplicatedWrite.Asked;
import dev.midwrite.check.fleet.ReplicatedWrite.Copy;
import dev.midwrite.check.fleet.ReplicationCheck.Mode;
import dev.midwrite.check.fleet.ReplicationCheck.Replicated;
import dev.midwrite.check.fleet.ReplicationFigures.Exposed;
import dev.midwrite.check.fleet.ReplicationFigures.Lag;
import dev.midwrite.check.fleet.ReplicationFigures.Missing;
import dev.midwrite.check.fleet.ReplicationFigures.Range;
import dev.midwrite.check.fleet.ReplicationFigures.Reaction;
import dev.midwrite.check.stats.Quantile;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Turns acknowledged writes and where they went into figures. */
final class ReplicationMeasure {
    static final String STEADY = "steady";
    private static final String FAULT = "fault";
    private static final String RECOVERY = "recovery";
    private static final int MOST_NAMED = 20;
    private static final double TAIL = 0.99;

    private final Trial trial;
    private final List<ReplicatedWrite> writes;

    ReplicationMeasure(Trial trial, List<ReplicatedWrite> writes) {
        this.trial = trial;
        this.writes = writes.stream()
                .sorted(Comparator.comparingLong(write -> write.operation().returned()))
                .toList();
    }

    ReplicationFigures figures() {
        List<Missing> missing = missing();
        return new ReplicationFigures(
                writes.size(),
                lags(),
                exposed(),
                drifts(),
                reactions(),
                missing.size(),
                missing.stream().limit(MOST_NAMED).toList());
    }

    /** By the first fault and the last. */
    String phase(long moment) {
        boolean before = true;
        for (Trial.Fault fault : trial.faults()) {
            if (fault.from() <= moment && moment <= fault.to()) {
                return FAULT;
            }
            before &= moment < fault.from();
        }
        return before ? STEADY : RECOVERY;
    }

    /** One write to one node. */
    private record Sent(UserOperation write, Copy copy) {}

    private List<Lag> lags() {
        Map<String, Map<String, List<Sent>>> all = new TreeMap<>();
        for (ReplicatedWrite write : writes) {
            String phase = phase(write.operation().returned());
            for (Copy copy : write.copies()) {
                all.computeIfAbsent(copy.replica(), replica -> new TreeMap<>(Comparator.comparingInt(this::order)))
                        .computeIfAbsent(phase, key -> new ArrayList<>())
                        .add(new Sent(write.operation(), copy));
            }
        }
        List<Lag> lags = new ArrayList<>();
        all.forEach((replica, phases) -> phases.forEach((phase, sent) -> lags.add(lag(replica, phase, sent))));
        return List.copyOf(lags);
    }

    private int order(String phase) {
        return List.of(STEADY, FAULT, RECOVERY).indexOf(phase);
    }

    private static Lag lag(String replica, String phase, List<Sent> sent) {
        Set<Asked> asked = EnumSet.noneOf(Asked.class);
        List<Replicated> decided = new ArrayList<>();
        long never = 0;
        for (Sent each : sent) {
            Copy copy = each.copy();
            asked.add(copy.asked());
            never += copy.arrival().never() && !copy.confirmedFirst() ? 1 : 0;
            if (copy.first(each.write()) || copy.behind(each.write())) {
                decided.add(new Replicated(
                        each.write().session(),
                        phase,
                        replica,
                        each.write().returned(),
                        copy.arrival().earliest(),
                        copy.first(each.write())));
            }
        }
        Mode mode = decided.isEmpty()
                ? Mode.UNDECIDED
                : ReplicationCheck.modes(decided).get(0).mode();
        return new Lag(
                replica,
                phase,
                Set.copyOf(asked),
                mode,
                sent.size(),
                sent.size() - decided.size(),
                never,
                range(sent, 0.5),
                range(sent, TAIL),
                range(sent, 1));
    }

    private static Range range(List<Sent> sent, double quantile) {
        return new Range(
                at(sent, quantile, each -> each.copy().least(each.write())),
                at(sent, quantile, each -> each.copy().most(each.write())));
    }

    private static long at(List<Sent> sent, double quantile, ToLongFunction<Sent> nanos) {
        double found = Quantile.of(
                sent.stream()
                        .mapToLong(nanos)
                        .mapToDouble(each -> each == Arrival.NEVER ? Double.POSITIVE_INFINITY : each)
                        .toArray(),
                quantile);
        return Double.isInfinite(found) ? Arrival.NEVER : (long) found;
    }

    private Exposed exposed() {
        List<Write> least = new ArrayList<>();
        List<Write> middle = new ArrayList<>();
        List<Write> most = new ArrayList<>();
        long open = 0;
        for (ReplicatedWrite write : writes) {
            Arrival second = write.second();
            least.add(write(write.operation(), second.open() ? write.operation().returned() : second.earliest()));
            most.add(write(write.operation(), second.latest()));
            if (second.open()) {
                open++;
            } else {
                boolean blurred = !second.never()
                        && second.earliest() <= write.operation().returned();
                middle.add(write(write.operation(), blurred ? second.earliest() : second.middle()));
            }
        }
        Window whole = new Window(Long.MIN_VALUE, trial.settledAt(), trial.healedAt(), 0, 0, List.of());
        Exposure shown = Exposure.of(middle, whole);
        long peakAt = shown.curve().stream()
                .filter(point -> point.writes() == shown.most())
                .mapToLong(Exposure.Point::at)
                .findFirst()
                .orElse(0);
        return new Exposed(
                new Range(
                        Exposure.of(least, whole).most(),
                        Exposure.of(most, whole).most()),
                peakAt,
                shown.curve(),
                shown.never(),
                open,
                open > 0 ? OptionalLong.empty() : shown.drainNanos());
    }

    private static Write write(UserOperation write, long appliedAt) {
        return new Write(write.session(), write.invoked(), write.returned(), write.outcome(), false, false, appliedAt);
    }

    private List<CopyDrift> drifts() {
        Map<String, CopyDrift.Tally> tallies = new TreeMap<>();
        for (ReplicatedWrite write : writes) {
            for (Copy copy : write.copies()) {
                tallies.computeIfAbsent(copy.replica(), CopyDrift.Tally::new)
                        .add(write.operation().session(), write.operation().returned(), copy);
            }
        }
        return tallies.values().stream()
                .map(tally -> tally.drift(trial.healedAt()))
                .toList();
    }

    private List<Reaction> reactions() {
        Map<Integer, Map<String, List<Write>>> struck = new TreeMap<>();
        for (ReplicatedWrite write : writes) {
            for (Copy copy : write.copies()) {
                for (int injection : copy.injections()) {
                    struck.computeIfAbsent(injection, id -> new TreeMap<>())
                            .computeIfAbsent(copy.replica(), replica -> new ArrayList<>())
                            .add(Struck.write(write.operation(), List.of(copy)));
                }
            }
        }
        Struck windows = new Struck(trial, writes);
        List<Reaction> reactions = new ArrayList<>();
        struck.forEach((injection, replicas) -> replicas.forEach((replica, own) -> {
            BackpressureCheck.Result result = BackpressureCheck.look(own, windows.of(injection));
            reactions.add(new Reaction(
                    injection,
                    windows.name(injection),
                    replica,
                    result.conduct(),
                    result.counts(),
                    Struck.median(own),
                    windows.steadyMedian()));
        }));
        return List.copyOf(reactions);
    }

    private List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        for (ReplicatedWrite write : writes) {
            UserOperation operation = write.operation();
            for (Copy copy : write.copies()) {
                if (copy.arrival().never() && !copy.confirmedFirst()) {
                    missing.add(new Missing(
                            operation.session(),
                            operation.request(),
                            operation.returned(),
                            write.node(),
                            copy.replica()));
                }
            }
            if (write.copies().isEmpty()) {
                missing.add(
                        new Missing(operation.session(), operation.request(), operation.returned(), write.node(), ""));
            }
        }
        return missing;
    }
}
