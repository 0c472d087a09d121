/**
 * Runs a drill from its start to its verdict.
 *
 * <p>What enters: a {@link dev.midwrite.controller.plan.Drill} and where things are
 * ({@link dev.midwrite.controller.run.RunSetting}). What leaves: a bundle, a report in it, and a judgement
 * ({@link dev.midwrite.controller.run.DrillRun}). Everything it started is gone afterwards, also after Ctrl-C.
 */
package dev.midwrite.controller.run;
