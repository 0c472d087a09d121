package dev.midwrite.controller.curve;

import dev.midwrite.controller.history.LatencyFacts;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * How long logical requests of users took, retries included, by the time at which they were planned.
 *
 * @param spans per bucket; empty where there was no request
 * @param planned they count from planned times; else from the first attempt, because the run does not say more
 */
public record LatencyCurve(List<Optional<Span>> spans, Optional<Span> whole, boolean planned) {

    /** Nanoseconds; {@link UserOperation#NEVER} where that request never ended. */
    public record Span(long p50, long p95, long p99, long requests, long neverEnded) {

        private static Optional<Span> of(Histogram histogram, long neverEnded) {
            return histogram.getTotalCount() + neverEnded == 0
                    ? Optional.empty()
                    : Optional.of(new Span(
                            Ranks.at(histogram, neverEnded, 0.5),
                            Ranks.at(histogram, neverEnded, 0.95),
                            Ranks.at(histogram, neverEnded, 0.99),
                            histogram.getTotalCount() + neverEnded,
                            neverEnded));
        }
    }

    private static final int DIGITS = 2;

    private static final class Gathering {
        private final Buckets buckets;
        private final Histogram[] nanos;
        private final long[] neverEnded;

        Gathering(Buckets buckets) {
            this.buckets = buckets;
            this.nanos = Stream.generate(() -> new Histogram(DIGITS))
                    .limit(buckets.count())
                    .toArray(Histogram[]::new);
            this.neverEnded = new long[buckets.count()];
        }

        LatencyCurve curve(boolean planned) {
            List<Optional<Span>> spans = new ArrayList<>();
            Histogram all = new Histogram(DIGITS);
            long never = 0;
            for (int i = 0; i < buckets.count(); i++) {
                spans.add(Span.of(nanos[i], neverEnded[i]));
                all.add(nanos[i]);
                never += neverEnded[i];
            }
            return new LatencyCurve(List.copyOf(spans), Span.of(all, never), planned);
        }
    }

    static LatencyCurve of(Buckets buckets, LatencyFacts facts) {
        Gathering gathering = new Gathering(buckets);
        for (LatencyFacts.Window window : facts.windows()) {
            int index = buckets.index(window.at());
            gathering.nanos[index].add(window.histogram());
            gathering.neverEnded[index] += window.neverEnded();
        }
        return gathering.curve(true);
    }

    /** @param probes sessions of those who are no users */
    static LatencyCurve of(Buckets buckets, List<UserOperation> operations, Set<Long> probes) {
        Map<Long, List<UserOperation>> requests = new LinkedHashMap<>();
        operations.stream()
                .filter(operation -> !operation.is(UserOperation.FINAL) && !probes.contains(operation.session()))
                .sorted(Comparator.comparingLong(UserOperation::invoked))
                .forEach(operation -> requests.computeIfAbsent(operation.request(), id -> new ArrayList<>())
                        .add(operation));
        Gathering gathering = new Gathering(buckets);
        requests.values().forEach(attempts -> gather(gathering, attempts));
        return gathering.curve(false);
    }

    /** What was never sent took no time. */
    private static void gather(Gathering gathering, Collection<UserOperation> attempts) {
        long sent = attempts.iterator().next().invoked();
        int index = gathering.buckets.index(sent);
        Optional<UserOperation> answered = attempts.stream()
                .filter(attempt -> attempt.outcome() == Outcome.OK || attempt.is(UserOperation.ABSENT))
                .findFirst();
        if (answered.isPresent()) {
            gathering.nanos[index].recordValue(Math.max(0, answered.get().returned() - sent));
        } else if (attempts.stream().anyMatch(attempt -> attempt.outcome() == Outcome.INFO)) {
            gathering.neverEnded[index]++;
        }
    }
}
