package dev.midwrite.controller.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Which drill this was.
 *
 * @param file as the user gave it
 * @param command that repeats the drill with the same seed, ready to be pasted
 * @param versions of everything that took part, such as {@code Redis -> 6.2.11}, in the order in which to show them
 * @param startedAt wall clock
 * @param metricsPort at which the fleet was scraped while the drill ran, on loopback; 0 if nobody knows
 */
public record DrillFacts(
        String name,
        String description,
        long seed,
        String file,
        String command,
        Map<String, String> versions,
        Instant startedAt,
        Duration duration,
        int metricsPort) {}
