package dev.midwrite.controller.history;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Trial;
import dev.midwrite.check.stats.ClusterBootstrap.Cluster;
import dev.midwrite.check.stats.Gate;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What became of the sessions that a fault put at risk: those with a write acknowledged through the faulted node in the
 * ten seconds before. Pure.
 *
 * @param fates by session label
 * @param excluded sessions at risk of which nothing can be said: their users ended them or may have, or changed the id
 *     without an answer, or their time may have run out
 * @param expired how many of these because their time may have run out
 */
record SessionPersistence(Map<Long, Fate> fates, int excluded, int expired) {
    /** If so many of the sessions at risk may simply have expired, the run says nothing of the fault. */
    private static final double MOST_EXPIRED = 0.1;

    private static final double CONFIDENCE = 0.95;
    private static final long AT_RISK_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Worst first: the first that fits counts. */
    enum Fate {
        /** No definite answer, or no final read. */
        UNREACHABLE,
        LOST,
        REPLACED,
        TORN,
        /** An acknowledged write from before the fault is missing. */
        STALE,
        FRESH
    }

    /** Empty if no fault happened. */
    static Optional<SessionPersistence> of(Trial trial, List<UserOperation> operations) {
        Map<Integer, NavigableMap<Long, Boolean>> moments = new HashMap<>();
        trial.faults().stream()
                .flatMap(fault -> fault.happened().stream())
                .forEach(happening -> struck(trial, happening.node())
                        .forEach(node -> moments.computeIfAbsent(node, at -> new TreeMap<>())
                                .put(happening.at(), true)));
        if (moments.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, Fate> fates = new TreeMap<>();
        int excluded = 0;
        int expired = 0;
        for (Map.Entry<Long, List<UserOperation>> session : operations.stream()
                .collect(Collectors.groupingBy(UserOperation::session))
                .entrySet()) {
            OptionalLong fault = lastFault(session.getValue(), moments);
            if (fault.isEmpty()) {
                continue;
            }
            if (mayHaveEnded(session.getValue())) {
                excluded++;
            } else if (mayHaveExpired(session.getValue(), fault.getAsLong(), trial)) {
                excluded++;
                expired++;
            } else {
                fates.put(session.getKey(), SessionFate.of(session.getValue(), fault.getAsLong()));
            }
        }
        return Optional.of(new SessionPersistence(Map.copyOf(fates), excluded, expired));
    }

    /** Numbers of the nodes whose sessions were at risk. */
    private static IntStream struck(Trial trial, String node) {
        return node.equals(Trial.STORE)
                ? IntStream.range(1, trial.nodes().size())
                : IntStream.of(trial.nodes().indexOf(node));
    }

    /** The last moment of a fault that put the session at risk. */
    private static OptionalLong lastFault(
            List<UserOperation> session, Map<Integer, NavigableMap<Long, Boolean>> moments) {
        return session.stream()
                .filter(operation -> operation.outcome() == Outcome.OK && writes(operation.kind()))
                .filter(operation -> moments.containsKey(operation.node()))
                .map(operation -> moments.get(operation.node())
                        .subMap(operation.returned(), true, operation.returned() + AT_RISK_NANOS, true))
                .filter(at -> !at.isEmpty())
                .mapToLong(NavigableMap::lastKey)
                .max();
    }

    /** Why nothing can be said of the fault's effect on sessions; empty if it can. */
    Optional<String> untested() {
        int population = fates.size() + excluded;
        return expired > population * MOST_EXPIRED
                ? Optional.of("Of " + population + " sessions at risk " + expired
                        + " may have expired by the time they were asked for: choose a longer time to live.")
                : Optional.empty();
    }

    private static boolean mayHaveEnded(List<UserOperation> session) {
        return session.stream().anyMatch(operation -> switch (operation.kind()) {
            case INVALIDATE, RELOGIN, LOG_OUT -> operation.outcome() != Outcome.FAIL;
            case ROTATE_ID -> operation.outcome() == Outcome.INFO;
            default -> false;
        });
    }

    private static boolean mayHaveExpired(List<UserOperation> session, long fault, Trial trial) {
        if (trial.ttlNanos() == 0) {
            return false;
        }
        long lastTouch = session.stream()
                .filter(operation -> touches(operation) && operation.returned() <= fault)
                .mapToLong(UserOperation::invoked)
                .max()
                .orElse(0);
        long firstAnswer = session.stream()
                .filter(operation -> operation.outcome() == Outcome.OK && operation.invoked() >= fault)
                .mapToLong(UserOperation::returned)
                .min()
                .orElse(0);
        return firstAnswer >= lastTouch + trial.ttlNanos() - trial.clockErrorNanos();
    }

    private static boolean touches(UserOperation operation) {
        return operation.outcome() == Outcome.OK && !operation.is(UserOperation.ABSENT);
    }

    /** A request that users were told has written. */
    static boolean acknowledgedWrite(UserOperation operation) {
        return operation.outcome() == Outcome.OK
                && operation.request() != 0
                && !operation.is(UserOperation.ABSENT)
                && writes(operation.kind());
    }

    static boolean writes(OperationKind kind) {
        return switch (kind) {
            case CREATE, WRITE, APPEND, INCREMENT, WRITE_GROUP, UPDATE, REMOVE -> true;
            default -> false;
        };
    }

    Map<Fate, Long> counts() {
        Map<Fate, Long> counts = new EnumMap<>(Fate.class);
        fates.values().forEach(fate -> counts.merge(fate, 1L, Long::sum));
        return counts;
    }

    long fresh() {
        return counts().getOrDefault(Fate.FRESH, 0L);
    }

    /** Those that kept their id, whatever they hold. */
    long alive() {
        Map<Fate, Long> counts = counts();
        return counts.getOrDefault(Fate.FRESH, 0L)
                + counts.getOrDefault(Fate.STALE, 0L)
                + counts.getOrDefault(Fate.TORN, 0L);
    }

    /** Of this one trial. */
    List<GateResult> figures(Objectives objectives) {
        return List.of(
                share("score", fresh(), objectives.score(), objectives.correlation()),
                share("survival", alive(), objectives.survival(), objectives.correlation()));
    }

    private GateResult share(String name, long good, Optional<Double> target, double correlation) {
        OptionalDouble least = target.map(OptionalDouble::of).orElse(OptionalDouble.empty());
        return Gate.share(name, List.of(new Cluster(good, fates.size())), least, correlation, CONFIDENCE, 1);
    }
}
