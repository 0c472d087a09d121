package dev.midwrite.controller.nodes;

import dev.midwrite.check.Trial.NodeEnd;

/**
 * A node's process ended.
 *
 * @param start which start of the node, from 1
 * @param incarnation of its agent; 0 if there was none
 * @param code exit code; 128 + signal if a signal ended it; {@link #UNKNOWN} of a process that somebody else started
 * @param asked we stopped or killed it
 * @param nanos when it was observed, on {@link System#nanoTime()}
 * @param lastWords why, as far as code and log say, in sentences
 */
public record NodeExit(
        String node, int start, long incarnation, int code, boolean asked, long nanos, String lastWords) {
    public static final int UNKNOWN = NodeEnd.UNKNOWN_CODE;

    /** Such as {@code exit code 3}. */
    public String status() {
        return code == UNKNOWN ? "exit status not known" : "exit code " + code;
    }
}
