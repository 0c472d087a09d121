package dev.midwrite.controller.front;

import dev.midwrite.event.RequestHeaders;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Which headers go through a proxy, and which are between two neighbours (RFC 9110, section 7.6.1). */
final class RelayHeaders {
    static final String REQUEST_ID = "X-Request-Id";

    private static final Set<String> OF_THE_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private RelayHeaders() {}

    /** Those that go through; of an upgrade to a WebSocket also the ones that say so. */
    static MultiMap through(MultiMap headers, boolean upgrade) {
        Set<String> left = new HashSet<>(OF_THE_HOP);
        headers.getAll("Connection").forEach(named -> {
            for (String name : named.split(",")) {
                left.add(name.strip().toLowerCase(Locale.ROOT));
            }
        });
        if (upgrade) {
            left.remove("connection");
            left.remove("upgrade");
        }
        MultiMap through = MultiMap.caseInsensitiveMultiMap();
        headers.forEach((name, value) -> {
            if (!left.contains(name.toLowerCase(Locale.ROOT))) {
                through.add(name, value);
            }
        });
        return through;
    }

    static boolean upgradesToWebSocket(MultiMap headers) {
        return headers.getAll("Upgrade").stream().anyMatch(value -> value.equalsIgnoreCase("websocket"));
    }

    /** The id that a client of ours sent; 0 if there is none. */
    static long request(MultiMap headers) {
        String id = headers.get(RequestHeaders.REQUEST);
        if (id == null || !id.matches("[0-9a-f]{16}")) {
            return 0;
        }
        return Long.parseUnsignedLong(id, 16);
    }

    static String first(MultiMap headers, String name, String otherwise) {
        String value = headers.get(name);
        return value == null ? otherwise : value.strip();
    }
}
