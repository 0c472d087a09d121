package dev.midwrite.controller.front;

import dev.midwrite.event.SessionHash;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the id of the session in a cookie or a header, and keeps nothing of it but a keyed hash. Not thread-safe. */
final class SessionId {
    private final SessionNames names;
    private final SessionHash hash;

    SessionId(SessionNames names, SessionHash hash) {
        this.names = names;
        this.hash = hash;
    }

    /**
     * What an answer does with the session's id.
     *
     * @param given hash of the id that it gives; 0 if it gives none
     * @param taken it takes the id away
     */
    record Gift(long given, boolean taken) {
        static final Gift NONE = new Gift(0, false);
    }

    /** The hash of the id that came, of several cookies in the first of them; 0 if none did. */
    long of(MultiMap headers) {
        if (!names.header().isEmpty()) {
            String id = headers.get(names.header());
            return id == null || id.isBlank() ? 0 : hash.of(id.strip());
        }
        List<Cookie> cookies = new ArrayList<>();
        headers.getAll("Cookie").forEach(header -> cookies.addAll(ServerCookieDecoder.LAX.decodeAll(header)));
        for (String name : names.cookies()) {
            for (Cookie cookie : cookies) {
                if (cookie.name().equals(name) && !cookie.value().isEmpty()) {
                    return hash.of(cookie.value());
                }
            }
        }
        return 0;
    }

    Gift in(MultiMap headers) {
        return names.header().isEmpty() ? inCookies(headers) : inHeader(headers.get(names.header()));
    }

    /** An empty one ends the session, as with Spring Session. */
    private Gift inHeader(String id) {
        if (id == null) {
            return Gift.NONE;
        }
        return id.isBlank() ? new Gift(0, true) : new Gift(hash.of(id.strip()), false);
    }

    private Gift inCookies(MultiMap headers) {
        Gift gift = Gift.NONE;
        Set<String> known = Set.copyOf(names.cookies());
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
