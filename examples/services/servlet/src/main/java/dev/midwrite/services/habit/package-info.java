/**
 * What applications do that costs their users sessions; {@code service.habit} chooses.
 *
 * <p>What enters: a request on its way to the probe. What leaves: the same request, and a session that has been treated
 * badly.
 */
package dev.midwrite.services.habit;
