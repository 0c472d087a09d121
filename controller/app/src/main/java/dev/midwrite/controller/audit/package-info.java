/**
 * Reads the store itself, with a client of its own, after quiescence.
 *
 * <p>What enters: the address of a store and the drill's key. What leaves: one
 * {@link dev.midwrite.check.StoredSession} per stored session, its id only as a keyed hash.
 */
package dev.midwrite.controller.audit;
