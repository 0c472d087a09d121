/**
 * A drill as its author wrote it.
 *
 * <p>What enters: a YAML file. What leaves: a {@link dev.midwrite.controller.plan.Drill} in which everything is there,
 * in range and possible; or sentences with file and line.
 */
package dev.midwrite.controller.plan;
