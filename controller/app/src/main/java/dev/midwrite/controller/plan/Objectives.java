package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * Figures that the drill gates on; what is empty is reported and gates nothing.
 *
 * @param score least session persistence score, 0 to 1
 * @param failover greatest 99th percentile of the failover time
 * @param trials how many trials to run at the most
 */
public record Objectives(Optional<Double> score, Optional<Duration> failover, int trials) {
    public static final Objectives NONE = new Objectives(Optional.empty(), Optional.empty(), 1);
}
