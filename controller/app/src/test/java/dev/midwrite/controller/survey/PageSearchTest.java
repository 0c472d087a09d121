package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.midwrite.controller.probe.ProbeConnection;
import dev.midwrite.event.CarriedProbe;
import dev.midwrite.event.RequestHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageSearchTest {
    private static final String SECRET = "f".repeat(64);

    private HttpServer server;
    /** The only page in whose place an agent would answer. */
    private String carried = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPageThatTheAgentAnswersForWillDo() throws Exception {
        carried = "/shop/";
        assertThat(search().find(Optional.empty(), "/shop")).contains("/shop/");
    }

    @Test
    void whatALoginPageShowsIsShownToEverybody() throws Exception {
        carried = "/assets/style.css";
        PageSearch search = search();
        assertThat(search.find(Optional.empty(), "")).contains("/assets/style.css");
        assertThat(search.answers())
                .extracting(PageAnswer::words)
                .containsExactly(
                        "/ sends users to /login?next=/ (302)",
                        "/login answers 200",
                        "/assets/style.css is answered by the agent");
    }

    @Test
    void ifNothingWillDoAllThatWasTriedIsKnown() throws Exception {
        PageSearch search = search();
        assertThat(search.find(Optional.empty(), "")).isEmpty();
        assertThat(search.answers())
                .extracting(PageAnswer::path)
                .contains("/", "/login", "/assets/style.css", "/health")
                .as("another host is none of the service")
                .noneMatch(path -> path.contains("elsewhere"));
    }

    @Test
    void ifAPageIsNamedNoOtherIsTried() throws Exception {
        carried = "/assets/style.css";
        PageSearch search = search();
        assertThat(search.find(Optional.of("/health"), "")).isEmpty();
        assertThat(search.answers()).extracting(PageAnswer::words).containsExactly("/health answers 404");
    }

    private PageSearch search() {
        return new PageSearch(
                new ProbeConnection(Duration.ofSeconds(30)),
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                SECRET);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String request = exchange.getRequestHeaders().getFirst(RequestHeaders.REQUEST);
        boolean right = SECRET.equals(exchange.getRequestHeaders().getFirst(CarriedProbe.SECRET_HEADER))
                && "GET /alive".equals(exchange.getRequestHeaders().getFirst(CarriedProbe.OPERATION_HEADER));
        int status = 404;
        String body = "";
        if (path.equals(carried) && right) {
            status = 200;
            exchange.getResponseHeaders().add(RequestHeaders.REQUEST, request);
            body = "{\"request\":\"" + request + "\",\"session\":false}";
        } else if (path.equals("/")) {
            status = 302;
            exchange.getResponseHeaders().add("Location", "/login?next=/");
        } else if (path.equals("/login")) {
            status = 200;
            body = "<link href='assets/style.css'><a href=http://elsewhere.example/x>";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
