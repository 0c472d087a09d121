/**
 * What happens at a passage: it is written down, and what is armed for it takes place, in this order.
 *
 * <p>Enters: calls of the gate. Leaves: journal records, and delays, exceptions, skipped bodies, cut bytes, the end of the
 * process.
 */
package dev.midwrite.agent.effect;
