package dev.midwrite.controller.front;

import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.event.SessionHash;
import java.util.List;

/**
 * How a front listens and what it looks at.
 *
 * @param host name or address of the interface to listen at
 * @param port 0 for any free one
 * @param sessions where a session's id is
 * @param login answers that demand a login
 * @param tlsTerminated clients come over https, by way of a proxy: nodes are told so
 * @param hash for ids of sessions; the front's own
 */
public record FrontSetting(
        String host,
        int port,
        SessionNames sessions,
        List<LoginAnswer> login,
        boolean tlsTerminated,
        SessionHash hash) {

    public static final String LOOPBACK = "127.0.0.1";
}
