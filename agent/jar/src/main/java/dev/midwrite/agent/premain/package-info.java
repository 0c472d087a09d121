/**
 * The only classes of ours that a host's class path can see.
 *
 * <p>Enters: the JVM's call before main. Leaves: a call of the agent's core inside its own class loader. Nothing here
 * logs or uses NIO's file systems: the host's main has not begun. The one state is which loader is inside, until it leaves.
 */
package dev.midwrite.agent.premain;
