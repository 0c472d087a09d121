package dev.midwrite.controller.history;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Trial;
import dev.midwrite.check.stats.Gate;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * How long users of a node were without service when it ended: from the node's end to the first probe that was answered
 * and after which the next ten were, too. Pure.
 *
 * @param each one per node's end and probe session that sat there, the shortest first
 */
record FailoverTime(List<Failover> each) {
    private static final int STEADY_PROBES = 10;
    /** A session sits where it was asked so shortly before, or last of all. */
    private static final long SAT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final double NANOS_BY_MILLI = 1e6;
    private static final Set<String> ENDINGS =
            Set.of("crash", "tear", "kill", "stop", "restart", "rollout", "failover");

    /** Empty if no node ended, or nobody probed there. */
    static Optional<FailoverTime> of(Trial trial, List<UserOperation> operations, List<Long> probeSessions) {
        List<Trial.Happening> ends = trial.faults().stream()
                .filter(fault -> ENDINGS.contains(fault.name()))
                .flatMap(fault -> fault.happened().stream())
                .toList();
        Set<Long> probes = new HashSet<>(probeSessions);
        Map<Long, List<UserOperation>> bySession = operations.stream()
                .filter(operation -> probes.contains(operation.session()) && !operation.is(UserOperation.FINAL))
                .collect(Collectors.groupingBy(UserOperation::session));
        List<Failover> times = new ArrayList<>();
        bySession.forEach((label, session) -> {
            List<Probe> sequence = probes(session);
            for (Trial.Happening end : ends) {
                if (satAt(session, trial.nodes().indexOf(end.node()), end.at())) {
                    times.add(new Failover(label, end.node(), end.at(), served(sequence, end.at())));
                }
            }
        });
        if (times.isEmpty()) {
            return Optional.empty();
        }
        times.sort(Comparator.comparingDouble(Failover::nanos)
                .thenComparingLong(Failover::from)
                .thenComparingLong(Failover::session));
        return Optional.of(new FailoverTime(List.copyOf(times)));
    }

    /** Whether it was asked there last, or shortly before, as one that is sent round is. */
    private static boolean satAt(List<UserOperation> session, int node, long end) {
        long last = session.stream()
                .mapToLong(UserOperation::invoked)
                .filter(invoked -> invoked < end)
                .max()
                .orElse(Long.MIN_VALUE);
        long from = Math.min(last, end - SAT_NANOS);
        return session.stream()
                .anyMatch(operation ->
                        operation.node() == node && operation.invoked() >= from && operation.invoked() < end);
    }

    /** One logical probe: when its first attempt began, and when the attempt that was answered did, if one was. */
    private record Probe(long began, long answered, boolean ok) {}

    private static List<Probe> probes(List<UserOperation> session) {
        Map<Long, List<UserOperation>> byRequest = session.stream()
                .sorted(Comparator.comparingLong(UserOperation::invoked))
                .collect(Collectors.groupingBy(UserOperation::request, LinkedHashMap::new, Collectors.toList()));
        return byRequest.values().stream()
                .map(attempts -> {
                    Optional<UserOperation> good = attempts.stream()
                            .filter(attempt -> attempt.outcome() == Outcome.OK && !attempt.is(UserOperation.ABSENT))
                            .findFirst();
                    return new Probe(
                            attempts.get(0).invoked(),
                            good.map(UserOperation::invoked).orElse(0L),
                            good.isPresent());
                })
                .toList();
    }

    private static long served(List<Probe> sequence, long end) {
        int good = 0;
        long found = Failover.NEVER;
        // From the last probe backwards: how many good ones follow.
        for (int i = sequence.size() - 1; i >= 0; i--) {
            Probe probe = sequence.get(i);
            if (probe.ok() && probe.answered() >= end) {
                if (good >= STEADY_PROBES) {
                    found = probe.answered();
                }
                good++;
            } else if (probe.began() >= end) {
                good = 0;
            }
        }
        return found;
    }

    /** 95th percentile over ends and the sessions that sat there, milliseconds; infinite if it never ended. */
    double p95() {
        return millis(each.get((int) Math.ceil(0.95 * each.size()) - 1));
    }

    /** Of this one trial. */
    List<GateResult> figures(Objectives objectives) {
        OptionalDouble most = objectives
                .failover()
                .map(duration -> OptionalDouble.of(duration.toNanos() / NANOS_BY_MILLI))
                .orElse(OptionalDouble.empty());
        return List.of(
                figure("failover.p95", p95(), most),
                figure("failover.max", millis(each.get(each.size() - 1)), OptionalDouble.empty()));
    }

    private static double millis(Failover failover) {
        return failover.nanos() / NANOS_BY_MILLI;
    }

    private static GateResult figure(String name, double value, OptionalDouble most) {
        double[] trial = {value};
        return Gate.time(name, trial, trial, 0.95, "ms", most, 0.95);
    }
}
