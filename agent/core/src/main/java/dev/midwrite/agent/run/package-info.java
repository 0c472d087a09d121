/**
 * Starts the agent's parts in an order that the host does not notice, and opens and closes the gate.
 *
 * <p>Enters: the premain's arguments. Leaves: one line for stderr, a filter on class loading, and, if a controller is
 * named, a link to it on a thread of ours.
 */
package dev.midwrite.agent.run;
