package dev.midwrite.agent.fault;

import java.util.Map;

/**
 * What an injection did since it was armed.
 *
 * @param matched passages that the selector matched
 * @param applied faults that happened, or for a crash were announced
 * @param heldBack how often what kept it from an operation at its point
 * @param delays as they really were; goes on counting
 * @param isDry nothing was injected: applied is what would have been
 */
public record Counts(
        int injection, long matched, long applied, Map<Reason, Long> heldBack, Delays delays, boolean isDry) {}
