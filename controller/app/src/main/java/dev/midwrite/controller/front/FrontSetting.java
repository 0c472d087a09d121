package dev.midwrite.controller.front;

import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.event.SessionHash;
import java.util.List;

/**
 * How a front listens and what it looks at.
 *
 * @param host name or address of the interface to listen at
 * @param port 0 for any free one
 * @param cookies names of the cookies that may hold a session, in this order
 * @param login answers that demand a login
 * @param tlsTerminated clients come over https, by way of a proxy: nodes are told so
 * @param hash for session cookies; the front's own
 */
public record FrontSetting(
        String host, int port, List<String> cookies, List<LoginAnswer> login, boolean tlsTerminated, SessionHash hash) {

    /** Those of Spring Session and of the servlet API. */
    public static final List<String> USUAL_COOKIES = List.of("SESSION", "JSESSIONID");

    public static final String LOOPBACK = "127.0.0.1";
}
