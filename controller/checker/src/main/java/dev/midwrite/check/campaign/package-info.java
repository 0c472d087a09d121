/**
 * Judges several trials as one experiment.
 *
 * <p>What enters: the judgement and the figures of each trial. What leaves: one {@link dev.midwrite.check.Judgement} over
 * all, whose figures have bounds and gate, or how two such experiments differ. Pure: no I/O, no threads, no clock.
 */
package dev.midwrite.check.campaign;
