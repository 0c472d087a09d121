/**
 * JVMs under test: processes of ours, and nodes that somebody else starts.
 *
 * <p>What enters: a command line with placeholders ({@link dev.midwrite.controller.plan.NodesSpec}) and where the run
 * lives ({@link dev.midwrite.controller.nodes.NodeSetting}), or where nodes of others are. What leaves: nodes that are up,
 * observed and recording ({@link dev.midwrite.controller.nodes.NodeProcess}), and every exit as an event. What was started
 * here does not outlive the run; what others started goes on.
 */
package dev.midwrite.controller.nodes;
