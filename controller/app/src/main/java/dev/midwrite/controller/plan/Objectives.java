package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * Figures that the drill gates on; what is empty is reported and gates nothing. Shares are below 1, because no number of
 * trials proves a certainty.
 *
 * @param score least session persistence score, 0 to 1
 * @param survival least share of sessions that kept their id, 0 to 1
 * @param failover greatest failover time: in 95 % of trials the 95th percentile over users stays below it
 * @param lag greatest time that 99 % of the writes may be behind at the nodes that they are replicated to
 * @param firstRequest greatest time that the first attempts of 95 % of the sessions may take at a node that has just started
 * @param success least share of trials that succeed, 0 to 1
 * @param correlation how much alike the sessions of one trial fare: 1 if they stand or fall together, 0 if they know
 *     nothing of each other; decides how many sessions without a loss prove a score
 * @param trials how many trials to run
 */
public record Objectives(
        Optional<Double> score,
        Optional<Double> survival,
        Optional<Duration> failover,
        Optional<Duration> lag,
        Optional<Duration> firstRequest,
        Optional<Double> success,
        double correlation,
        int trials) {
    public static final int MOST_TRIALS = 10_000;
    public static final Objectives NONE = new Objectives(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            1);
}
