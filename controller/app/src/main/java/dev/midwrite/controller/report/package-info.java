/**
 * Tells people and machines what a drill proved.
 *
 * <p>What enters: a {@link dev.midwrite.check.Judgement} and the facts of the run it belongs to
 * ({@link dev.midwrite.controller.report.ReportInput}). What leaves: a summary for the terminal, one offline HTML page,
 * and files for machines ({@code verdict.json}, {@code junit.xml}, {@code anomalies.jsonl}).
 */
package dev.midwrite.controller.report;
