/**
 * The vocabulary that agent, controller and checker share: what an event is and how it lies in bytes.
 *
 * <p>What enters: an operation that a node saw ({@link dev.midwrite.event.EventRecord}) or that a user performed
 * ({@link dev.midwrite.event.UserOperation}). What leaves: a frame of fixed layout, little-endian, with a checksum,
 * that can be read back from any cut. Nothing here does I/O or starts a thread.
 */
package dev.midwrite.event;
