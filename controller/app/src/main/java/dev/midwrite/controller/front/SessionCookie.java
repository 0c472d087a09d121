package dev.midwrite.controller.front;

import dev.midwrite.event.SessionHash;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the cookie that holds the session, and keeps nothing of it but a keyed hash. Not thread-safe. */
final class SessionCookie {
    private final List<String> names;
    private final SessionHash hash;

    SessionCookie(List<String> names, SessionHash hash) {
        this.names = names;
        this.hash = hash;
    }

    /**
     * What an answer does with the session's cookie.
     *
     * @param given hash of the value that it sets; 0 if it sets none
     * @param taken it takes the cookie away
     */
    record Gift(long given, boolean taken) {
        static final Gift NONE = new Gift(0, false);
    }

    /** The hash of the first of these cookies that came; 0 if none did. */
    long of(MultiMap headers) {
        List<Cookie> cookies = new ArrayList<>();
        headers.getAll("Cookie").forEach(header -> cookies.addAll(ServerCookieDecoder.LAX.decodeAll(header)));
        for (String name : names) {
            for (Cookie cookie : cookies) {
                if (cookie.name().equals(name) && !cookie.value().isEmpty()) {
                    return hash.of(cookie.value());
                }
            }
        }
        return 0;
    }

    Gift in(MultiMap headers) {
        Gift gift = Gift.NONE;
        Set<String> known = Set.copyOf(names);
        for (String header : headers.getAll("Set-Cookie")) {
            Cookie cookie = ClientCookieDecoder.LAX.decode(header);
            if (cookie == null || !known.contains(cookie.name())) {
                continue;
            }
            // Two of one name in one answer: browsers keep the last.
            boolean removes = cookie.value().isEmpty() || cookie.maxAge() == 0;
            gift = removes ? new Gift(0, true) : new Gift(hash.of(cookie.value()), false);
        }
        return gift;
    }
}
