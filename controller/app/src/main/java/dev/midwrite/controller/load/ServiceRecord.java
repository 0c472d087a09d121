package dev.midwrite.controller.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a service served the requests of a file.
 *
 * @param requests all of them
 * @param millis from the first request's start to the last one's
 * @param failures how many by kind
 * @param interruptions in order of time
 */
public record ServiceRecord(
        long requests, double millis, Map<String, Long> failures, List<Interruption> interruptions) {
    /** As for users of ours: service is back when so many in a row were served. */
    static final int STEADY = 10;

    /**
     * From the start of a request that failed to the start of the first one that was served and after which the next ten
     * were served, too.
     *
     * @param from milliseconds since the first request
     * @param millis how long; infinite if it was not over when the file ends
     */
    public record Interruption(double from, double millis, long failed) {}

    /** @param results in any order */
    public static ServiceRecord of(List<RequestResult> results) {
        List<RequestResult> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparingDouble(RequestResult::start));
        double first = sorted.get(0).start();
        Map<String, Long> failures = new TreeMap<>();
        List<Interruption> interruptions = new ArrayList<>();
        double from = -1;
        double back = 0;
        long failed = 0;
        int good = 0;
        for (RequestResult result : sorted) {
            double at = result.start() - first;
            if (!result.served()) {
                failures.merge(result.failure(), 1L, Long::sum);
                from = from < 0 ? at : from;
                failed++;
                good = 0;
            } else if (from >= 0) {
                back = good == 0 ? at : back;
                good++;
                if (good > STEADY) {
                    interruptions.add(new Interruption(from, back - from, failed));
                    from = -1;
                    failed = 0;
                    good = 0;
                }
            }
        }
        if (from >= 0) {
            interruptions.add(new Interruption(from, Double.POSITIVE_INFINITY, failed));
        }
        double last = sorted.get(sorted.size() - 1).start();
        return new ServiceRecord(sorted.size(), last - first, Map.copyOf(failures), List.copyOf(interruptions));
    }

    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Share of the requests that were served, 0 to 1. */
    public double availability() {
        return 1 - (double) failed() / requests;
    }
}
