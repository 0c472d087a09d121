package dev.midwrite.drills;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lightest service that has sessions: a login, a basket that is added to and shown, and all of it in memory. It has no
 * servlet, no probe and no agent.
 */
public final class MemorySessions {
    private static final Pattern COOKIE = Pattern.compile("(?:^|;\\s*)SID=([^;]+)");
    private static final Pattern ITEM = Pattern.compile("(?:^|&)item=([^&]*)");

    private final Map<String, List<String>> baskets = new ConcurrentHashMap<>();

    private MemorySessions() {}

    /** {@code args}: the port. */
    public static void main(String[] args) throws IOException {
        MemorySessions sessions = new MemorySessions();
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/health", exchange -> answer(exchange, 200, "up"));
        server.createContext("/login", sessions::login);
        server.createContext("/basket", sessions::basket);
        server.start();
    }

    private void login(HttpExchange exchange) throws IOException {
        String id = UUID.randomUUID().toString();
        baskets.put(id, new CopyOnWriteArrayList<>());
        exchange.getResponseHeaders().add("Set-Cookie", "SID=" + id + "; Path=/; HttpOnly");
        answer(exchange, 200, "welcome");
    }

    private void basket(HttpExchange exchange) throws IOException {
        Matcher cookie =
                COOKIE.matcher(String.join(";", exchange.getRequestHeaders().getOrDefault("Cookie", List.of())));
        List<String> basket = cookie.find() ? baskets.get(cookie.group(1)) : null;
        if (basket == null) {
            answer(exchange, 401, "log in first");
            return;
        }
        if (exchange.getRequestMethod().equals("POST")) {
            Matcher item =
                    ITEM.matcher(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
            if (item.find()) {
                basket.add(URLDecoder.decode(item.group(1), StandardCharsets.UTF_8));
            }
        }
        answer(exchange, 200, "{\"items\":[\"" + String.join("\",\"", basket) + "\"]}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
