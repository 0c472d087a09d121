/**
 * Decides what a history proves. Pure Java: no I/O, no threads, no clock.
 *
 * <p>What enters: user operations of one session after the other, and the trial they belong to. What leaves: one
 * {@link dev.midwrite.check.PropertyResult} per property, merged into a {@link dev.midwrite.check.Judgement}.
 */
package dev.midwrite.check;
