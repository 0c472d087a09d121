/**
 * What the agent counts about itself, in Micrometer's Prometheus registry.
 *
 * <p>Enters: records on their way into the journal, points, injections. Leaves: Prometheus text for the controller, and
 * on an endpoint of the agent's own if its operator wants one.
 */
package dev.midwrite.agent.meter;
