/**
 * JVMs under test as processes.
 *
 * <p>What enters: a command line with placeholders ({@link dev.midwrite.controller.plan.NodesSpec}) and where the run
 * lives ({@link dev.midwrite.controller.nodes.NodeSetting}). What leaves: nodes that are up, observed and recording
 * ({@link dev.midwrite.controller.nodes.NodeProcess}), and every exit as an event. Nothing here outlives the run.
 */
package dev.midwrite.controller.nodes;
