package dev.midwrite.controller.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.midwrite.controller.users.Router.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A probe written from docs/probe.md alone: no servlet, no code of the first one. Each flaw breaks one sentence of the
 * page.
 */
final class SecondProbe implements AutoCloseable {

    /** What may be wrong with it. */
    enum Flaw {
        LOGIN_PAGE,
        LOGIN_WANTED,
        POST_FORBIDDEN,
        NOT_MOUNTED,
        LIST_UNREADABLE,
        OTHERS_SESSIONS_UNREADABLE,
        PLAIN_PAGE,
        NOT_READY_AT_FIRST,
        SECURE_COOKIE,
        NO_COOKIE,
        ID_IN_HEADER,
        COOKIE_TWICE,
        COOKIE_CHANGES,
        NO_HEADER_ECHO,
        NO_BODY_ECHO,
        NO_NODE,
        CACHEABLE,
        ALWAYS_MAKES_A_SESSION,
        SAME_INCARNATION,
        OLD_SESSION_KEPT,
        ONE_REGISTER,
        REMOVE_IGNORED,
        BAD_REQUEST_ACCEPTED,
        UNNAMED_REQUEST_ACCEPTED,
        UNKNOWN_PATH_ACCEPTED,
        WRONG_HASH,
        NO_WHOLE,
        WHOLE_LIST_ALWAYS,
        REPEAT_DROPPED,
        COUNTS_BY_TWO,
        THREE_IN_A_GROUP,
        NO_PARENT,
        OLD_ID_ALIVE,
        ROTATE_FORGETS,
        LOGOUT_IGNORED,
        RELOGIN_KEEPS_THE_SESSION,
        LARGE_IS_LOST,
        CHANGE_IS_LOST,
        DISPATCH_IS_LOST,
        SESSIONS_ARE_NOT_LISTED,
        LISTS_EVERYBODY,
        ENDS_EVERYBODY,
        ENDS_NOBODY
    }

    /** A stored session; values as they came. */
    static final class Stored {
        final Map<String, String> values = new ConcurrentHashMap<>();
        final List<String> list = new ArrayList<>();
        final String incarnation;
        long counter;

        Stored(String incarnation) {
            this.incarnation = incarnation;
        }
    }

    private static final String COOKIE = "sid";

    private final String node;
    private final Map<String, Stored> sessions;
    private final Set<Flaw> flaws;
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private int refusals = 3;

    /** @param sessions shared by the nodes of one service */
    SecondProbe(String node, Map<String, Stored> sessions, Flaw... flaws) throws IOException {
        this.node = node;
        this.sessions = sessions;
        this.flaws = flaws.length == 0 ? EnumSet.noneOf(Flaw.class) : EnumSet.copyOf(Arrays.asList(flaws));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/probe/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Target target(int number) {
        return new Target(number, node, address());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/probe".length());
            if (!obstructed(exchange, path)) {
                answer(exchange, exchange.getRequestMethod(), path);
            }
        }
    }

    private boolean obstructed(HttpExchange exchange, String path) throws IOException {
        boolean post = exchange.getRequestMethod().equals("POST");
        if (has(Flaw.LOGIN_PAGE)) {
            exchange.getResponseHeaders().set("Location", "http://shop.example/login");
            return respond(exchange, 302, "");
        } else if (has(Flaw.LOGIN_WANTED)) {
            return respond(exchange, 401, "\n<html>\n<title>Who are you?</title>");
        } else if (has(Flaw.POST_FORBIDDEN) && post) {
            return respond(exchange, 403, "Forbidden");
        } else if (has(Flaw.NOT_MOUNTED)) {
            return respond(exchange, 404, "{\"status\":404,\"error\":\"Not Found\"}");
        } else if (has(Flaw.LIST_UNREADABLE) && path.equals("/list") && !post) {
            return respond(exchange, 500, "SerializationException: Could not read JSON");
        } else if (has(Flaw.OTHERS_SESSIONS_UNREADABLE) && othersSession(exchange)) {
            return respond(exchange, 500, "InvalidClassException: Basket");
        } else if (has(Flaw.PLAIN_PAGE)) {
            return respond(exchange, 200, "Welcome!");
        } else if (has(Flaw.NOT_READY_AT_FIRST) && refusals-- > 0) {
            return respond(exchange, 503, "Starting");
        }
        return false;
    }

    private boolean othersSession(HttpExchange exchange) {
        String id = cookie(exchange);
        return id != null && sessions.containsKey(id) && !made.contains(id);
    }

    private void answer(HttpExchange exchange, String method, String path) throws IOException {
        String request = exchange.getRequestHeaders().getFirst("X-Midwrite-Request");
        if (request == null || !request.matches("[0-9a-f]{16}")) {
            if (has(Flaw.UNNAMED_REQUEST_ACCEPTED)) {
                ok(exchange, "0000000000000000", "\"session\":false");
            } else {
                respond(exchange, 400, "No request id.");
            }
            return;
        }
        String id = cookie(exchange);
        Stored session = id == null ? null : sessions.get(id);
        if (session == null && has(Flaw.ALWAYS_MAKES_A_SESSION)) {
            session = begin(exchange);
        }
        String reply;
        if (method.equals("POST") && path.equals("/create")) {
            if (session != null && id != null && !has(Flaw.OLD_SESSION_KEPT)) {
                sessions.remove(id);
            }
            session = begin(exchange);
            reply = "";
        } else if (session == null) {
            ok(exchange, request, "\"session\":false");
            return;
        } else if (method.equals("POST") && path.equals("/relogin")) {
            reply = ",\"ended\":\"" + session.incarnation + "\"";
            if (!has(Flaw.RELOGIN_KEEPS_THE_SESSION)) {
                sessions.remove(id);
                session = begin(exchange);
            }
        } else {
            reply = act(exchange, method, path, id, session, request);
        }
        if (reply == null) {
            respond(exchange, 400, "There is no " + method + " " + path + ".");
            return;
        }
        ok(exchange, request, "\"session\":true,\"incarnation\":\"" + session.incarnation + "\"" + reply);
    }

    private String act(HttpExchange exchange, String method, String path, String id, Stored session, String request)
            throws IOException {
        boolean read = method.equals("GET");
        String value = parameter(exchange, "value");
        boolean carries = path.startsWith("/register/")
                || path.startsWith("/dispatch/")
                || List.of("/group", "/document", "/large", "/mutate").contains(path);
        if (method.equals("POST") && carries && value == null) {
            return has(Flaw.BAD_REQUEST_ACCEPTED) ? ",\"value\":null" : null;
        }
        if (path.startsWith("/register/")) {
            String name = has(Flaw.ONE_REGISTER) && path.endsWith("b-2") ? "register/a" : path.substring(1);
            if (method.equals("DELETE") && !has(Flaw.REMOVE_IGNORED)) {
                session.values.remove(name);
            } else if (method.equals("POST")) {
                session.values.put(name, value);
            }
            return ",\"value\":" + json(session.values.get(name));
        }
        if (path.startsWith("/dispatch/")) {
            String name = "register/" + path.substring("/dispatch/".length());
            if (!has(Flaw.DISPATCH_IS_LOST) || !name.endsWith("async")) {
                session.values.put(name, value);
            }
            return ",\"value\":" + json(value);
        }
        switch (path) {
            case "/principal" -> {
                if (!read) {
                    session.values.put("principal", parameter(exchange, "name"));
                }
                return ofPrincipal(session, own(session).values());
            }
            case "/principal/end" -> {
                Map<String, Stored> ended = own(session);
                if (!has(Flaw.ENDS_EVERYBODY)) {
                    ended.remove(id);
                }
                String reply = ofPrincipal(session, ended.values());
                if (!has(Flaw.ENDS_NOBODY) && !has(Flaw.SESSIONS_ARE_NOT_LISTED)) {
                    sessions.keySet().removeAll(ended.keySet());
                }
                return reply;
            }
            case "/mutate" -> {
                if (!read && !has(Flaw.CHANGE_IS_LOST)) {
                    session.values.put("mutate", value);
                }
                return ",\"value\":" + json(session.values.get("mutate"));
            }
            case "/alive" -> {
                if (has(Flaw.COOKIE_CHANGES)) {
                    sessions.remove(id);
                    give(exchange, session);
                }
                return "";
            }
            case "/list" -> {
                if (!read && !(has(Flaw.REPEAT_DROPPED) && session.list.contains(request))) {
                    session.list.add(request);
                }
                return list(session.list, "true".equals(parameter(exchange, "whole")));
            }
            case "/counter" -> {
                session.counter += read ? 0 : has(Flaw.COUNTS_BY_TWO) ? 2 : 1;
                return ",\"value\":" + session.counter;
            }
            case "/group" -> {
                if (!read) {
                    session.values.put("group", value);
                }
                String stamp = json(session.values.get("group"));
                return Stream.generate(() -> stamp)
                        .limit(has(Flaw.THREE_IN_A_GROUP) ? 3 : 4)
                        .collect(Collectors.joining(",", ",\"group\":[", "]"));
            }
            case "/large" -> {
                if (!read && !has(Flaw.LARGE_IS_LOST)) {
                    session.values.put("large", value);
                }
                return ",\"group\":[" + json(session.values.get("large")) + "]";
            }
            case "/document" -> {
                if (!read) {
                    String parent = session.values.get("version");
                    if (parent != null && !has(Flaw.NO_PARENT)) {
                        session.values.put("parent", parent);
                    }
                    session.values.put("version", value);
                }
                return ",\"version\":" + json(session.values.get("version")) + ",\"parent\":"
                        + json(session.values.get("parent"));
            }
            case "/rotate" -> {
                if (!has(Flaw.OLD_ID_ALIVE)) {
                    sessions.remove(id);
                }
                Stored next = session;
                if (has(Flaw.ROTATE_FORGETS)) {
                    next = new Stored(session.incarnation);
                }
                give(exchange, next);
                return "";
            }
            case "/logout" -> {
                if (!has(Flaw.LOGOUT_IGNORED)) {
                    sessions.remove(id);
                }
                return "";
            }
            default -> {
                return has(Flaw.UNKNOWN_PATH_ACCEPTED) ? "" : null;
            }
        }
    }

    /** Sessions of the same principal, by id. */
    private Map<String, Stored> own(Stored session) {
        Map<String, Stored> own = new HashMap<>(sessions);
        own.values()
                .removeIf(other -> !has(Flaw.LISTS_EVERYBODY)
                        && !Objects.equals(other.values.get("principal"), session.values.get("principal")));
        return own;
    }

    private String ofPrincipal(Stored session, Collection<Stored> listed) {
        String name = session.values.get("principal");
        boolean none = name == null || has(Flaw.SESSIONS_ARE_NOT_LISTED);
        return ",\"principal\":" + json(name) + ",\"sessions\":"
                + (none
                        ? "null"
                        : listed.stream()
                                .map(stored -> json(stored.incarnation))
                                .collect(Collectors.joining(",", "[", "]")));
    }

    private Stored begin(HttpExchange exchange) {
        long nonce = has(Flaw.SAME_INCARNATION) ? 1 : UUID.randomUUID().getMostSignificantBits();
        Stored session = new Stored(hex(nonce));
        give(exchange, session);
        return session;
    }

    private void give(HttpExchange exchange, Stored session) {
        String id = UUID.randomUUID().toString();
        sessions.put(id, session);
        made.add(id);
        if (has(Flaw.ID_IN_HEADER)) {
            exchange.getResponseHeaders().set("X-Token-Of-Nobody", hex(42));
            exchange.getResponseHeaders().set("X-Auth-Token", id);
        } else if (has(Flaw.COOKIE_TWICE)) {
            exchange.getResponseHeaders().add("Set-Cookie", COOKIE + "=first; Path=/");
            exchange.getResponseHeaders().add("Set-Cookie", COOKIE + "=" + id + "; Path=/");
        } else if (!has(Flaw.NO_COOKIE)) {
            String attributes = has(Flaw.SECURE_COOKIE) ? "; Secure" : "";
            exchange.getResponseHeaders().set("Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly" + attributes);
        }
    }

    private String list(List<String> ids, boolean whole) {
        long hash = 0;
        for (String id : ids) {
            long k = (hash + 0x9E3779B97F4A7C15L) ^ Long.parseUnsignedLong(id, 16);
            k = (k ^ k >>> 33) * 0xFF51AFD7ED558CCDL;
            k = (k ^ k >>> 33) * 0xC4CEB9FE1A85EC53L;
            hash = has(Flaw.WRONG_HASH) ? k : k ^ k >>> 33;
        }
        boolean all = whole || has(Flaw.WHOLE_LIST_ALWAYS);
        List<String> shown = all ? ids : ids.subList(Math.max(0, ids.size() - 8), ids.size());
        return ",\"length\":" + ids.size() + ",\"hash\":\"" + hex(hash) + "\""
                + (has(Flaw.NO_WHOLE) ? "" : ",\"whole\":" + whole)
                + shown.stream().map(SecondProbe::json).collect(Collectors.joining(",", ",\"ids\":[", "]"));
    }

    private void ok(HttpExchange exchange, String request, String fields) throws IOException {
        if (!has(Flaw.NO_HEADER_ECHO)) {
            exchange.getResponseHeaders().set("X-Midwrite-Request", request);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (!has(Flaw.CACHEABLE)) {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
        }
        String echo = has(Flaw.NO_BODY_ECHO) ? "" : "\"request\":\"" + request + "\",";
        String name = has(Flaw.NO_NODE) ? "" : "\"node\":\"" + node + "\",";
        respond(exchange, 200, "{" + echo + name + fields + "}");
    }

    private static boolean respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        return true;
    }

    private String cookie(HttpExchange exchange) {
        if (has(Flaw.ID_IN_HEADER)) {
            return exchange.getRequestHeaders().getFirst("X-Auth-Token");
        }
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : header.split("; *")) {
                if (pair.startsWith(COOKIE + "=")) {
                    return pair.substring(COOKIE.length() + 1);
                }
            }
        }
        return null;
    }

    private static String parameter(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    private static String json(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static String hex(long value) {
        return String.format("%016x", value);
    }
}
