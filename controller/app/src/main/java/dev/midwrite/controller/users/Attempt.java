package dev.midwrite.controller.users;

import dev.midwrite.event.ProbeValue;
import java.util.HexFormat;

/**
 * One request to one node.
 *
 * @param session label of the user's session
 * @param writeId for calls that carry a value, for a login the number of the name, else 0
 * @param cookies to send from and to put what comes back
 * @param due when it could have been sent at the earliest, on the users' clock
 * @param deadline when it is given up, on the users' clock
 */
record Attempt(
        ProbeRoot probe,
        Call call,
        long request,
        long session,
        long writeId,
        BrowserCookies cookies,
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

    String sessionLabel() {
        return HexFormat.of().toHexDigits(session);
    }
}
