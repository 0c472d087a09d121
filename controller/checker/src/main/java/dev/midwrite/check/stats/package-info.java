/**
 * What few samples can prove.
 *
 * <p>What enters: counts and measurements of independent trials. What leaves: bounds that hold with a stated confidence,
 * and three-way decisions ({@link dev.midwrite.check.GateResult}).
 */
package dev.midwrite.check.stats;
