package dev.midwrite.agent.fault;

/**
 * What an injection did since it was armed.
 *
 * @param matched passages that the selector matched
 * @param applied faults that happened, or for a crash were announced
 * @param delays as they really were; goes on counting
 */
public record Counts(int injection, long matched, long applied, Delays delays) {}
