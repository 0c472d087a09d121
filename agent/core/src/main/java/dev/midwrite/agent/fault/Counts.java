package dev.midwrite.agent.fault;

import org.HdrHistogram.Histogram;

/**
 * What an injection did since it was armed.
 *
 * @param matched passages that the selector matched
 * @param applied faults that happened, or for a crash were announced
 * @param achievedMicros delays as they really were
 */
public record Counts(int injection, long matched, long applied, Histogram achievedMicros) {}
