/**
 * Properties that the users' operations alone cannot decide.
 *
 * <p>What enters: what the store held in the end, and events of the nodes' journals as small records. What leaves: counts
 * and violations in the same {@link dev.midwrite.check.session.Tally}.
 */
package dev.midwrite.check.fleet;
