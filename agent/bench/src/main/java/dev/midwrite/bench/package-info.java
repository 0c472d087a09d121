/**
 * What Midwrite costs, measured beside the alternative in one run. {@code docs/performance.md} has the commands.
 *
 * <p>Enters: the shipped agent jar. Leaves: tables on standard output. Nothing here runs in a test.
 */
package dev.midwrite.bench;
