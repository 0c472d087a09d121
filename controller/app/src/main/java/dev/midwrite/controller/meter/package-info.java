/**
 * The controller's own meters.
 *
 * <p>What enters: what users, checks and the runner count ({@link dev.midwrite.controller.meter.ControllerMeters}). What
 * leaves: Prometheus text, every name of which begins with {@code midwrite_}; {@code docs/metrics.md} lists them.
 */
package dev.midwrite.controller.meter;
