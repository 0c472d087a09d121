package dev.midwrite.controller.history;

import java.util.Map;

/**
 * That users named a trace with each request, and which; {@code traces.json} of a bundle.
 *
 * @param format version of this file, {@link #FORMAT}
 * @param ids of this run
 * @param addresses of nodes by name, as far as they were up in the end
 */
public record TraceFacts(int format, TraceIds ids, Map<String, String> addresses) {
    public static final int FORMAT = 1;

    /** Of this format. */
    public static TraceFacts of(TraceIds ids, Map<String, String> addresses) {
        return new TraceFacts(FORMAT, ids, addresses);
    }
}
