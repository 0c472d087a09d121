package dev.midwrite.controller.front;

import java.util.List;

/**
 * Where requests and answers name a session.
 *
 * @param cookies names of the cookies that may hold its id, in this order; not looked at if a header does
 * @param header name of the header that holds it both ways; empty if cookies do
 */
public record SessionNames(List<String> cookies, String header) {
    /** Those of Spring Session and of the servlet API. */
    public static final List<String> USUAL_COOKIES = List.of("SESSION", "JSESSIONID");

    public SessionNames {
        cookies = cookies.isEmpty() ? USUAL_COOKIES : List.copyOf(cookies);
    }
}
