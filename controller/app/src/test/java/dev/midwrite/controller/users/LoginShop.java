package dev.midwrite.controller.users;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop with a login form, CSRF tokens and a basket, in memory. Knows one password. */
public final class LoginShop implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger forgetAtAccount = new AtomicInteger();
    private final String password;
    private volatile int dropOneIn = Integer.MAX_VALUE;
    private volatile boolean idInRedirects;
    private volatile boolean oneSessionPerUser;
    private volatile boolean changesToken;
    private volatile boolean logoutTakesTheCookieOnly;
    private volatile boolean remembers;
    private volatile String selector = "item";

    private static final class Session {
        private volatile String csrf = UUID.randomUUID().toString();
        private final List<String> basket = new ArrayList<>();
        private String user = "";
    }

    public LoginShop(String password) throws IOException {
        this.password = password;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** As after a restart of a node that keeps sessions in memory. */
    void forgetAll() {
        sessions.clear();
    }

    /** The next so many sessions that ask for their account are forgotten right then. */
    void forgetAtAccount(int many) {
        forgetAtAccount.set(many);
    }

    /** Whether there were so many. */
    boolean hasForgotten() {
        return forgetAtAccount.get() == 0;
    }

    /** As a servlet container for who has shown no cookie yet. */
    void putIdInRedirects() {
        idInRedirects = true;
    }

    /** A login ends the user's sessions before it. */
    public void permitOneSessionPerUser() {
        oneSessionPerUser = true;
    }

    /** A logout takes the cookie from the browser, and leaves the session. */
    public void takeOnlyTheCookieAtLogout() {
        logoutTakesTheCookieOnly = true;
    }

    /** A login gives another token than the page with the form had, as against fixation. */
    public void changeTokenAtLogin() {
        changesToken = true;
    }

    /** A login gives a second cookie, which outlives the browser, and logs in anew whoever comes with it. */
    public void rememberUsers() {
        remembers = true;
    }

    /** One write in so many is acknowledged and not made. */
    void dropOneIn(int many) {
        dropOneIn = many;
    }

    /** The class of an entry on the page. */
    public void entryClass(String name) {
        selector = name;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = cookie(exchange);
            Session session = sessions.get(id);
            if (session == null && header(exchange).contains("REMEMBER=")) {
                session = new Session();
                session.user = "customer-one";
                give(exchange, session);
            }
            Map<String, String> form =
                    form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean post = exchange.getRequestMethod().equals("POST");
            switch (exchange.getRequestURI().getPath()) {
                case "/login" -> login(exchange, session, form, post);
                case "/basket" -> {
                    if (session == null || session.user.isEmpty()) {
                        redirect(exchange, 302, "/login");
                    } else if (!post) {
                        send(exchange, 200, page(session));
                    } else if (!session.csrf.equals(form.get("_csrf"))) {
                        send(exchange, 403, "bad token");
                    } else {
                        synchronized (session) {
                            if (writes.incrementAndGet() % dropOneIn != 0) {
                                session.basket.add(form.get("item"));
                            }
                        }
                        redirect(exchange, 303, "/basket");
                    }
                }
                case "/logout" -> {
                    if (session == null || !session.csrf.equals(form.get("_csrf"))) {
                        send(exchange, 403, "bad token");
                    } else {
                        if (!logoutTakesTheCookieOnly) {
                            sessions.remove(id);
                        }
                        exchange.getResponseHeaders().add("Set-Cookie", "SID=; Path=/; Max-Age=0");
                        exchange.getResponseHeaders().add("Set-Cookie", "REMEMBER=; Path=/; Max-Age=0");
                        redirect(exchange, 302, "/login?out");
                    }
                }
                case "/account" -> {
                    if (session != null && forgetAtAccount.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        sessions.remove(id);
                        session = null;
                    }
                    if (session == null || session.user.isEmpty()) {
                        send(exchange, 401, "who are you?");
                    } else {
                        send(exchange, 200, "{\"user\":\"" + session.user + "\"}");
                    }
                }
                default -> send(exchange, 200, "shop");
            }
        }
    }

    private void login(HttpExchange exchange, Session known, Map<String, String> form, boolean post)
            throws IOException {
        if (!post) {
            Session session = new Session();
            give(exchange, session);
            send(exchange, 200, page(session));
        } else if (known == null || !known.csrf.equals(form.get("_csrf"))) {
            send(exchange, 403, "bad token");
        } else if (password.equals(form.get("password"))) {
            String user = form.get("username");
            if (oneSessionPerUser) {
                sessions.values().removeIf(session -> session.user.equals(user));
            }
            known.user = user;
            if (changesToken) {
                known.csrf = UUID.randomUUID().toString();
            }
            if (remembers) {
                exchange.getResponseHeaders().add("Set-Cookie", "REMEMBER=me; Path=/; Max-Age=86400");
            }
            redirect(exchange, 302, "/");
        } else {
            exchange.getResponseHeaders().add("Location", "/login?error");
            send(exchange, 302, "\n  no such user with password " + form.get("password") + "\n");
        }
    }

    private String page(Session session) {
        StringBuilder page =
                new StringBuilder("<form><input type=hidden name=_csrf value=\"" + session.csrf + "\"></form>");
        synchronized (session) {
            session.basket.forEach(item -> page.append("<li class=")
                    .append(selector)
                    .append('>')
                    .append(item)
                    .append("</li>"));
        }
        return page.toString();
    }

    private void give(HttpExchange exchange, Session session) {
        String id = UUID.randomUUID().toString();
        sessions.put(id, session);
        exchange.getResponseHeaders().add("Set-Cookie", "SID=" + id + "; Path=/; HttpOnly");
    }

    private static String cookie(HttpExchange exchange) {
        return header(exchange).replaceFirst(".*SID=([^;]*).*", "$1");
    }

    private static String header(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Cookie");
        return header == null ? "" : header;
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&")) {
            String[] pair = field.split("=", 2);
            form.put(pair[0], pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private void redirect(HttpExchange exchange, int status, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to + (idInRedirects ? ";jsessionid=0123456789ABCDEF" : ""));
        send(exchange, status, "");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
