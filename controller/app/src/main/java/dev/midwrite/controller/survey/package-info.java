/**
 * A first look at a service that nobody has described yet.
 *
 * <p>What enters: a command line. What leaves: what the agent and a few requests found out
 * ({@link dev.midwrite.controller.survey.Findings}), and a drill that runs as it stands
 * ({@link dev.midwrite.controller.survey.DrillText}). Nothing that was started outlives the look.
 */
package dev.midwrite.controller.survey;
