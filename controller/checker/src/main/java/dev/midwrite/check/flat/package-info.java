/**
 * Reads large files of user operations and hands them over session by session, without an object for each operation; keeps
 * those of sessions that still grow in a file of its own.
 *
 * <p>What enters: a file of {@link dev.midwrite.event.UserOperation} frames, or the files of a Chronicle Queue of
 * them. What leaves: the frames of one session after
 * the other, on several threads; or {@link dev.midwrite.check.flat.BrokenFileException} with the first place that is not
 * whole. Unlike the rest of the checker this package reads files and starts threads.
 */
package dev.midwrite.check.flat;
