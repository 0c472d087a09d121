/**
 * Decides, as a pure function of seed, injection, session label and ordinal, what happens to a passage.
 *
 * <p>Enters: a {@link dev.midwrite.agent.scope.Passage} and what the controller armed. Leaves: a
 * {@link dev.midwrite.agent.fault.Decision}.
 */
package dev.midwrite.agent.fault;
