package dev.midwrite.controller.run;

import java.util.concurrent.TimeUnit;

/** How many requests a second were answered of late, for whoever looks at a run while it goes on. Not thread-safe. */
final class AnswerRate {
    /** A rate of less would jump with every answer. */
    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);

    private long since;
    private long before;
    private double perSecond;
    private boolean begun;

    /**
     * Such as {@code 41 requests/s}: of the last second, or of the time since the last call where that is longer.
     *
     * @param now nanoseconds, never less than at the last call
     * @param answers all so far
     */
    String words(long now, Answers answers) {
        long all = answers.ok() + answers.failed() + answers.unknown();
        if (!begun) {
            begun = true;
            since = now;
            before = all;
        } else if (now - since >= SHORTEST) {
            perSecond = (all - before) * 1e9 / (now - since);
            since = now;
            before = all;
        }
        return Math.round(perSecond) + " requests/s";
    }
}
