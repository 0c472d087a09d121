/**
 * The agent's end of the stream. It dials out; the host opens no port.
 *
 * <p>Enters: commands of the controller. Leaves: what is woven, what is armed and what it did, and the journal's tail,
 * of this incarnation and of earlier ones whose records nobody has acknowledged.
 */
package dev.midwrite.agent.link;
