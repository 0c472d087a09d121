package dev.midwrite.controller.users;

import java.time.Instant;
import java.util.List;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.CookieSpec;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.RFC6265LaxSpec;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;

/** Keeps and sends cookies as browsers do (RFC 6265). Thread-safe. */
final class CookieRules {
    private final CookieSpec spec = new RFC6265LaxSpec();

    /** Adds what the store has for this place. */
    void send(CookieStore store, CookieOrigin origin, HttpRequest request) {
        Instant now = Instant.now();
        store.clearExpired(now);
        List<Cookie> matching = store.getCookies().stream()
                .filter(cookie -> !cookie.isExpired(now) && spec.match(cookie, origin))
                .toList();
        if (!matching.isEmpty()) {
            spec.formatCookies(matching).forEach(request::addHeader);
        }
    }

    /** Keeps what the answer sets; a cookie that a browser would not take is dropped. */
    void keep(CookieStore store, CookieOrigin origin, HttpResponse response) {
        for (Header header : response.getHeaders(HttpHeaders.SET_COOKIE)) {
            try {
                for (Cookie cookie : spec.parse(header, origin)) {
                    keep(store, origin, cookie);
                }
            } catch (MalformedCookieException e) {
                // As a browser: no cookie.
            }
        }
    }

    private void keep(CookieStore store, CookieOrigin origin, Cookie cookie) {
        try {
            spec.validate(cookie, origin);
            store.addCookie(cookie);
        } catch (MalformedCookieException e) {
            // Not for this place; the others of the same header may be.
        }
    }
}
