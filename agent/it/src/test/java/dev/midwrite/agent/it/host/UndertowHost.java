package dev.midwrite.agent.it.host;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.session.InMemorySessionManager;
import io.undertow.server.session.Session;
import io.undertow.server.session.SessionAttachmentHandler;
import io.undertow.server.session.SessionCookieConfig;
import io.undertow.server.session.SessionManager;
import io.undertow.util.Sessions;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;

/** Undertow with its sessions in memory and one I/O thread; says on which port it listens. A line ends it. */
public final class UndertowHost {

    private UndertowHost() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // Undertow's log is no answer.
        SessionManager sessions = new InMemorySessionManager("host");
        HttpHandler work = new SessionAttachmentHandler(UndertowHost::answer, sessions, new SessionCookieConfig());
        Undertow server = Undertow.builder()
                .setIoThreads(1)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(new BlockingHandler(work))
                .build();
        server.start();
        out.println(((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
        System.in.read();
        server.stop();
        System.exit(0);
    }

    /** Sessions as users see them: /set?name=&amp;value=, /get?name=, /rename, /expire, /logout. */
    private static void answer(HttpServerExchange exchange) throws Exception {
        String answer = "ok";
        switch (exchange.getRequestPath()) {
            case "/set" ->
                Sessions.getOrCreateSession(exchange).setAttribute(of(exchange, "name"), of(exchange, "value"));
            case "/rename" -> Sessions.getSession(exchange).changeSessionId(exchange, new SessionCookieConfig());
            case "/expire" -> Sessions.getSession(exchange).setMaxInactiveInterval(1);
            case "/logout" -> Sessions.getSession(exchange).invalidate(exchange);
            default -> {
                Session session = Sessions.getSession(exchange);
                answer = session == null ? "no session" : "" + session.getAttribute(of(exchange, "name"));
            }
        }
        exchange.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static String of(HttpServerExchange exchange, String parameter) {
        Deque<String> values = exchange.getQueryParameters().get(parameter);
        return values == null ? null : values.peek();
    }
}
