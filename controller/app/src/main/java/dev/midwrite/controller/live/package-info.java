/**
 * Judges a run while it goes on, from the users' history as it is written.
 *
 * <p>What enters: a bundle with {@code start.json} and a history that grows. What leaves: violations as they become
 * certain ({@link dev.midwrite.controller.live.LiveHistory}), in words ({@link dev.midwrite.controller.live.LiveTally}). The
 * verdict rests on none of it.
 */
package dev.midwrite.controller.live;
