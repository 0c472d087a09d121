/**
 * The named incidents: published ways to lose sessions.
 *
 * <p>What enters: the pages of {@code incidents/}, which lie in this program as resources, and a finding, a figure that misses its
 * target, or a user's drill. What leaves: the incidents that the finding or the miss is or may be, and the drill with an incident's
 * course in the place of its own.
 */
package dev.midwrite.controller.incident;
