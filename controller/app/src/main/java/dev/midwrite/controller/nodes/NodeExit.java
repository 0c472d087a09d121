package dev.midwrite.controller.nodes;

/**
 * A node's process ended.
 *
 * @param start which start of the node, from 1
 * @param code exit code; 128 + signal if a signal ended it
 * @param asked we stopped or killed it
 * @param nanos when it was observed, on {@link System#nanoTime()}
 */
public record NodeExit(String node, int start, int code, boolean asked, long nanos) {}
