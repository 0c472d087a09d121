package dev.midwrite.controller.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Steps in the order of time, and how long users go on for them. Immutable.
 *
 * @param start how long a node takes to start, as it was measured
 */
record Schedule(List<StormStep> steps, Duration start) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** Users go on for so long after the last step: what it broke, they have to see. */
    private static final Duration REST = Duration.ofSeconds(5);

    private static final Duration LEAST = Duration.ofSeconds(8);

    Schedule {
        steps = steps.stream().sorted(Comparator.comparing(StormStep::at)).toList();
    }

    /** The same of these steps. */
    Schedule of(List<StormStep> others) {
        return new Schedule(others, start);
    }

    /** Until all that was begun is over and has been looked at, in whole seconds. */
    Duration duration() {
        Duration end = steps.stream()
                .map(step -> step.at()
                        .plus(step.lasting())
                        .plus(step.startsNodes() ? start.multipliedBy(times(step)) : Duration.ZERO))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plus(REST);
        Duration whole = end.compareTo(LEAST) < 0 ? LEAST : end;
        return Duration.ofSeconds(whole.plusMillis(999).toSeconds());
    }

    private static int times(StormStep step) {
        return step instanceof RolloutStep rollout ? rollout.nodes().size() : 1;
    }

    /** The block {@code timeline} of a drill. */
    String timeline() {
        if (steps.isEmpty()) {
            return "timeline: []\n";
        }
        StringBuilder timeline = new StringBuilder("timeline:\n");
        steps.forEach(step -> step.entries()
                .forEach(entry -> timeline.append("  - ").append(entry).append('\n')));
        return timeline.toString();
    }

    /** As much earlier as its first step can begin, with the same times in between. */
    Schedule earlier() {
        if (steps.isEmpty()) {
            return this;
        }
        Duration early = steps.get(0).at().minus(FIRST);
        List<StormStep> moved = new ArrayList<>();
        steps.forEach(step -> moved.add(step.at(step.at().minus(early))));
        return of(moved);
    }

    /** Each step in a few words, with its moment. */
    List<String> words() {
        return steps.stream()
                .map(step -> "at " + StormStep.written(step.at()) + " " + step.words())
                .toList();
    }
}
