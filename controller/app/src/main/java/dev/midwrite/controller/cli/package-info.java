/**
 * The command line.
 *
 * <p>What enters: words a person typed. What leaves: plain lines, and an exit code ({@link
 * dev.midwrite.controller.cli.ExitCode}); never a stack trace.
 */
package dev.midwrite.controller.cli;
