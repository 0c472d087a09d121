/**
 * The only classes of ours that a host's class path can see.
 *
 * <p>Enters: the JVM's call before main. Leaves: a call of the agent's core inside its own class loader. Nothing here
 * logs, uses NIO's file systems or holds state: the host's main has not begun.
 */
package dev.midwrite.agent.premain;
