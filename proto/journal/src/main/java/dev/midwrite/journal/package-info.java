/**
 * Frames on disk, in a Chronicle Queue: what a process wrote before it died can be read by the next one.
 *
 * <p>Enters: sealed frames of {@link dev.midwrite.event.Frame}. Leaves: the same frames, as far as they are whole, and
 * the place where they stop being so.
 */
package dev.midwrite.journal;
