/**
 * JVMs that run, and the agent in them.
 *
 * <p>Enters: a process, and what a user wants of an agent there. Leaves: what stands in the way, and what the agent
 * answered. Only {@link dev.midwrite.controller.attach.TargetJvm} names the attach API, which a runtime may lack.
 */
package dev.midwrite.controller.attach;
