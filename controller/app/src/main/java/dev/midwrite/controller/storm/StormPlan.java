package dev.midwrite.controller.storm;

import dev.midwrite.event.Mix;
import java.time.Duration;

/**
 * How many storms of what kind, and how much work a failure is worth.
 *
 * @param seed of the first storm
 * @param storms at most
 * @param within after which no further storm begins; zero for no limit
 * @param over in which the steps of one storm begin
 * @param losing also faults that lose or falsify by themselves
 * @param tries of each smaller schedule until it counts as one that does not fail
 * @param confirm how often the smallest is run to measure how often it fails
 * @param shrinking after which no further schedule is tried
 */
public record StormPlan(
        long seed,
        StormProfile profile,
        int storms,
        Duration within,
        Duration over,
        boolean losing,
        int tries,
        int confirm,
        Duration shrinking) {
    /** Short enough to be typed. */
    private static final int SEED_SHIFT = 20;

    /** Of one storm, from 1; a storm that begins with it alone is the same one. */
    public long seedOf(int storm) {
        return storm == 1 ? seed : Mix.mix(seed, storm) >>> SEED_SHIFT;
    }
}
