/**
 * Where a node keeps its sessions, as its journals show it.
 *
 * <p>What enters: the records of a node's journals, in their order. What leaves: a map for people and for programs
 * ({@link dev.midwrite.controller.map.NodeMap}). Nothing is asked of the node.
 */
package dev.midwrite.controller.map;
