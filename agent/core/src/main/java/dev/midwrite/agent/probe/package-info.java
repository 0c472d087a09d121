/**
 * The probe as the agent carries it, for services that mount none.
 *
 * <p>Enters: a request and a response of the host, as its own servlet API has them. Leaves: an answer of the probe, which
 * is the mounted probe's own code, run on the host's session.
 */
package dev.midwrite.agent.probe;
