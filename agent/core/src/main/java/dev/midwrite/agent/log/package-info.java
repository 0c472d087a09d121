/**
 * The agent's own log: one file, created at the first line; nothing of it reaches the host's output.
 *
 * <p>Enters: sentences of ours and of the libraries that travel with us. Leaves: lines in the log file.
 */
package dev.midwrite.agent.log;
