package dev.midwrite.controller.users;

import dev.midwrite.event.ProbeValue;
import java.util.HexFormat;

/**
 * One request to one node.
 *
 * @param node address
 * @param session label of the user's session
 * @param writeId for calls that carry a value, for a login the number of the name, else 0
 * @param incarnation of the session as far as it is known, else 0
 * @param variables what the session's requests know by name
 * @param cookies to send from and to put what comes back
 * @param trace the header that names its trace; empty for none
 * @param due when it could have been sent at the earliest, on the users' clock
 * @param deadline when it is given up, on the users' clock
 */
record Attempt(
        ProbeRoot probe,
        String node,
        Call call,
        long request,
        long session,
        long writeId,
        long incarnation,
        BrowserCookies cookies,
        Variables variables,
        String trace,
        long due,
        long deadline) {

    /** As it travels. */
    String requestId() {
        return HexFormat.of().toHexDigits(request);
    }

    /** What the request carries; empty if it carries nothing. */
    String value() {
        if (writeId == 0) {
            return "";
        }
        return call.logsIn() ? Principal.name(writeId) : ProbeValue.of(writeId);
    }

    /** What tells the value of a write apart: its own id, or that of the logical request for what may come twice. */
    long identity() {
        return writeId == 0 ? request : writeId;
    }

    String sessionLabel() {
        return HexFormat.of().toHexDigits(session);
    }
}
