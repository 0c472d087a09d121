/**
 * Traces of a run, for tools that speak OpenTelemetry's protocol.
 *
 * <p>What enters: a bundle that has been judged ({@link dev.midwrite.controller.trace.RunTraces}). What leaves: spans, in a
 * file and at an endpoint ({@link dev.midwrite.controller.trace.TraceExport}). Only where somebody wants them
 * ({@link dev.midwrite.controller.trace.TraceTarget}) is a class of OpenTelemetry loaded.
 */
package dev.midwrite.controller.trace;
