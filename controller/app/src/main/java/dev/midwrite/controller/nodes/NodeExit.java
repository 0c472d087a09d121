package dev.midwrite.controller.nodes;

/**
 * A node's process ended.
 *
 * @param start which start of the node, from 1
 * @param incarnation of its agent; 0 if there was none
 * @param code exit code; 128 + signal if a signal ended it
 * @param asked we stopped or killed it
 * @param nanos when it was observed, on {@link System#nanoTime()}
 * @param lastWords why, as far as code and log say, in sentences
 */
public record NodeExit(
        String node, int start, long incarnation, int code, boolean asked, long nanos, String lastWords) {}
