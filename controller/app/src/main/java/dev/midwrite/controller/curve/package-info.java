/**
 * What users met over time, in as few numbers as a picture needs.
 *
 * <p>What enters: users' operations, their latencies, failovers and the nodes' clocks of one run
 * ({@link dev.midwrite.controller.history.History}). What leaves: {@link dev.midwrite.controller.curve.RunCurves}, figures per
 * stretch of time, whose number does not grow with the run. An operation that never ended is in every one of them.
 */
package dev.midwrite.controller.curve;
