package dev.midwrite.controller.run;

/**
 * How users' requests have been answered so far.
 *
 * @param failed they were not, for certain
 * @param unknown nobody knows whether they were
 */
public record Answers(long ok, long failed, long unknown) {}
