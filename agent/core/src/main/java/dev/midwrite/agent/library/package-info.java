/**
 * The libraries: one file each, with all that the agent knows of it. {@link dev.midwrite.agent.library.Libraries} lists
 * them.
 */
package dev.midwrite.agent.library;
