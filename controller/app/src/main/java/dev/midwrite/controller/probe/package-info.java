/**
 * The probe, looked at from outside.
 *
 * <p>What enters: the address where a probe is said to be mounted. What leaves: what stands in its way, before users start
 * ({@link dev.midwrite.controller.probe.FirstContact}), and whether it keeps its contract
 * ({@link dev.midwrite.controller.probe.ProbeCheck}).
 */
package dev.midwrite.controller.probe;
