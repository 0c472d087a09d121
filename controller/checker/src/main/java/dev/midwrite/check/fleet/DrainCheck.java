package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Replacement;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Was every request served that reached a node while a rollout replaced it, from the moment at which it was taken out of
 * rotation until its successor was in it? Attempts are judged, not what retries made of them: behind a proxy that does not
 * retry, each is a user's error. What one node did to all its requests is one violation of each kind.
 */
public final class DrainCheck {
    private static final Property PROPERTY = Property.DRAIN;
    private static final String DELAY = "delay";
    private static final int SERVER_ERROR = 500;
    private static final int SHOWN = 3;
    private static final double NANOS_BY_SECOND = 1e9;
    private static final String WHY =
            "Because the end of the node was planned, it must answer what it has accepted and what is still routed to it,"
                    + " and end when nothing comes any more.";

    private DrainCheck() {}

    public static void check(Trial trial, Iterable<UserOperation> operations, Tally tally) {
        if (trial.replacements().isEmpty()) {
            return;
        }
        Set<Long> delayed = hit(trial, DELAY::equals);
        Set<Long> hit = hit(trial, fault -> !fault.equals(DELAY));
        Map<Replacement, List<Reached>> reached = new LinkedHashMap<>();
        trial.replacements().forEach(replacement -> reached.put(replacement, new ArrayList<>()));
        List<Reached> nobodys = new ArrayList<>();
        // An attempt without an answer has no end of its own; it lies after all that had ended when it was written
        // down.
        long ended = Long.MIN_VALUE;
        for (UserOperation operation : byCompletion(operations)) {
            if (operation.returned() != UserOperation.NEVER) {
                ended = Math.max(ended, operation.returned());
            }
            if (!operation.is(UserOperation.FINAL)
                    && !operation.is(UserOperation.JOURNALED)
                    && !hit.contains(operation.request())) {
                long end = operation.returned() == UserOperation.NEVER
                        ? Math.max(ended, operation.invoked())
                        : operation.returned();
                Reached one = new Reached(operation, end, delayed.contains(operation.request()));
                if (trial.proxied() && operation.node() == 0) {
                    if (trial.replacements().stream()
                            .anyMatch(replacement -> during(replacement, operation.invoked(), end)
                                    && end >= replacement.terminatedAt())) {
                        nobodys.add(one);
                    }
                    continue;
                }
                trial.replacements().stream()
                        .filter(replacement -> during(replacement, operation.invoked(), end)
                                && concerns(trial.nodes().indexOf(replacement.node()), operation))
                        .findFirst()
                        .ifPresent(replacement -> reached.get(replacement).add(one));
            }
        }
        undecided(nobodys, tally);
        StoreOutages outages = StoreOutages.of(trial);
        reached.forEach((replacement, own) -> {
            tally.checked(PROPERTY, own.size());
            judge(trial, replacement, own, outages, tally);
        });
        SuccessorCheck.check(trial, operations, union(hit, delayed), outages, tally);
    }

    private static Set<Long> union(Set<Long> some, Set<Long> others) {
        Set<Long> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** Behind a proxy whose answer does not say whom it asked: any node may have left it unanswered, or the proxy itself. */
    private static void undecided(List<Reached> nobodys, Tally tally) {
        long bad = nobodys.stream()
                .filter(one -> cut(one.operation()) || rejected(one.operation()))
                .count();
        if (bad > 0) {
            tally.inconclusive(
                    PROPERTY,
                    bad,
                    "While nodes were replaced, the proxy left " + bad + (bad == 1 ? " request" : " requests")
                            + " unanswered or failed " + (bad == 1 ? "it" : "them")
                            + " without saying which node it had asked: whose doing that was, nobody knows.");
        }
    }

    /** Requests that were hit by faults of these names, and may have failed by them. */
    private static Set<Long> hit(Trial trial, Predicate<String> name) {
        return trial.faults().stream()
                .filter(fault -> name.test(fault.name()))
                .flatMap(fault -> fault.happened().stream())
                .map(Trial.Happening::request)
                .collect(Collectors.toSet());
    }

    /**
     * An attempt.
     *
     * @param end when it ended; of one without an answer the latest moment that is known to lie before that
     * @param delayed by a fault: that may be why it was rejected, but not why its connection was cut off
     */
    private record Reached(UserOperation operation, long end, boolean delayed) {}

    private static List<UserOperation> byCompletion(Iterable<UserOperation> operations) {
        List<UserOperation> sorted = new ArrayList<>();
        operations.forEach(sorted::add);
        sorted.sort(Comparator.comparingLong(UserOperation::seq));
        return sorted;
    }

    private static boolean during(Replacement replacement, long from, long to) {
        return to >= replacement.removedAt() && from < replacement.readyAt();
    }

    /** Node 0 is an attempt for which no node was in rotation. */
    private static boolean concerns(int node, UserOperation operation) {
        return operation.node() == node || operation.node() == 0;
    }

    private static void judge(
            Trial trial, Replacement replacement, List<Reached> reached, StoreOutages outages, Tally tally) {
        Map<Anomaly, List<UserOperation>> bad = new EnumMap<>(Anomaly.class);
        long slow = 0;
        long storeless = 0;
        for (Reached one : reached) {
            UserOperation operation = one.operation();
            if (one.end() < replacement.terminatedAt()) {
                continue; // Nobody had asked the node to end.
            }
            if (cut(operation) && timedOut(trial, one)) {
                slow++;
            } else if (cut(operation)) {
                bad.computeIfAbsent(Anomaly.REQUEST_CUT, key -> new ArrayList<>())
                        .add(operation);
            } else if (operation.status() >= SERVER_ERROR && outages.may(operation.invoked(), one.end())) {
                storeless++;
            } else if (rejected(operation) && !one.delayed()) {
                bad.computeIfAbsent(Anomaly.REQUEST_REJECTED, key -> new ArrayList<>())
                        .add(operation);
            }
        }
        if (slow > 0) {
            tally.inconclusive(
                    PROPERTY,
                    slow,
                    "While " + replacement.node() + " was replaced, " + slow + (slow == 1 ? " request" : " requests")
                            + " waited in vain for as long as users wait: whether it cut them off or was slow, nobody"
                            + " knows.");
        }
        outages.undecided(storeless, replacement.node() + " was replaced", tally);
        if (bad.isEmpty()) {
            return;
        }
        if (endedOtherwise(trial, replacement)) {
            tally.inconclusive(
                    PROPERTY,
                    bad.values().stream().mapToLong(List::size).sum(),
                    replacement.node() + " did not end because the rollout had asked it to, so what it left unanswered"
                            + " may not be the rollout's doing.");
            return;
        }
        bad.forEach((anomaly, operations) -> {
            tally.violated(violation(trial, replacement, anomaly, operations, reached.size()), operations.size());
            operations.stream()
                    .map(UserOperation::session)
                    .distinct()
                    .forEach(session -> tally.sessionViolated(Set.of(anomaly)));
        });
    }

    /** It was sent, and nothing came. */
    private static boolean cut(UserOperation operation) {
        return operation.outcome() == Outcome.INFO && operation.status() == 0;
    }

    /** A connection that is cut ends the attempt at once; the end is known only to lie a little later than its bound. */
    private static boolean timedOut(Trial trial, Reached one) {
        return trial.timeoutNanos() > 0 && one.end() - one.operation().invoked() >= trial.timeoutNanos() / 10 * 9;
    }

    /** It could not be sent, or was answered with a server error. */
    private static boolean rejected(UserOperation operation) {
        return (operation.outcome() == Outcome.FAIL && !operation.is(UserOperation.ABSENT))
                || operation.status() >= SERVER_ERROR;
    }

    private static boolean endedOtherwise(Trial trial, Replacement replacement) {
        return trial.nodeEnds().stream()
                .anyMatch(end -> end.node().equals(replacement.node())
                        && end.by() != NodeEnd.By.ASKED
                        && end.at() >= replacement.removedAt()
                        && end.at() <= replacement.endedAt());
    }

    private static Violation violation(
            Trial trial, Replacement replacement, Anomaly anomaly, List<UserOperation> bad, int reached) {
        UserOperation first = bad.get(0);
        UserOperation last = bad.get(bad.size() - 1);
        String what = replacement.node() + (anomaly == Anomaly.REQUEST_CUT ? " left " : " rejected ") + bad.size()
                + " of " + reached + " requests"
                + (anomaly == Anomaly.REQUEST_CUT ? " without an answer" : ways(bad))
                + " while it was replaced, the first " + first(first, replacement) + ".";
        return new Violation(
                anomaly,
                Severities.of(anomaly, trial.profile(), true, true, trial.idempotencyKeys()),
                first.session(),
                -1,
                bad.stream().limit(SHOWN).toList(),
                what,
                WHY,
                first.invoked(),
                Math.max(0, last.invoked() - first.invoked()),
                true);
    }

    private static String way(UserOperation operation) {
        if (operation.status() > 0) {
            return "with status " + operation.status();
        }
        return operation.node() == 0 ? "with no node in rotation" : "without a connection";
    }

    private static String first(UserOperation first, Replacement replacement) {
        long after = first.invoked() - replacement.removedAt();
        return after >= 0
                ? seconds(after) + " after it was taken out of rotation"
                : "under way when it was taken out of rotation";
    }

    /** Such as " (12 without a connection, 3 with status 503)". */
    private static String ways(List<UserOperation> bad) {
        Map<String, Long> ways =
                bad.stream().collect(Collectors.groupingBy(DrainCheck::way, TreeMap::new, Collectors.counting()));
        return ways.entrySet().stream()
                .map(way -> way.getValue() + " " + way.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    /**
     * Why it was so, as far as the order of the replacement says: of the first that was not over when the first request began.
     *
     * @param violation one of this check's
     */
    public static String cause(Trial trial, Violation violation) {
        UserOperation first = violation.witness().get(0);
        Optional<Replacement> before = Successors.of(trial).before(first);
        if (before.isPresent()) {
            return SuccessorCheck.cause(before.get());
        }
        return trial.replacements().stream()
                .filter(replacement -> first.invoked() < replacement.readyAt()
                        && concerns(trial.nodes().indexOf(replacement.node()), first))
                .findFirst()
                .map(DrainCheck::cause)
                .orElse("");
    }

    private static String cause(Replacement replacement) {
        List<String> sentences = new ArrayList<>();
        sentences.add("SIGTERM came " + seconds(replacement.terminatedAt() - replacement.removedAt())
                + " after it was taken out of rotation, requests were still routed to it for "
                + seconds(replacement.routedUntil() - replacement.removedAt()) + ", and its process ended "
                + seconds(replacement.endedAt() - replacement.terminatedAt()) + " after the signal.");
        if (replacement.terminatedAt() < replacement.routedUntil()) {
            sentences.add(
                    "It was asked to end while requests were still routed to it: wait before the signal at least as"
                            + " long as routing takes to catch up.");
        }
        if (replacement.killed()) {
            sentences.add("It had not ended when its grace period was over, and was killed.");
        }
        return String.join(" ", sentences);
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_BY_SECOND);
    }
}
