/**
 * Speaks to Kubernetes for drills whose nodes are pods.
 *
 * <p>What enters: which Deployment a drill means, and what the API server tells of it, its ReplicaSets, pods and endpoint slices.
 * What leaves: states of pods ({@link dev.midwrite.controller.nodes.PodState}), and what is asked of the server. Only a drill
 * that needs this package has it loaded.
 */
package dev.midwrite.controller.kubernetes;
