package dev.midwrite.controller.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.history.SocketFacts;
import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.plan.SocketSpec;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.SessionHandle;
import dev.midwrite.controller.users.UserClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real server. */
@Timeout(60)
class SocketsTest {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private Target node;

    @BeforeEach
    void serve() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .webSocketHandshakeHandler(handshake -> {
                    if (handshake.path().equals("/forbidden")) {
                        handshake.reject(403);
                    } else {
                        handshake.accept();
                    }
                })
                .webSocketHandler(this::talk)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        node = new Target(1, "node-1", URI.create("http://127.0.0.1:" + server.actualPort()));
    }

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aWebSocketComesBackAndResends() throws Exception {
        try (Sockets sockets = start(spec(SocketSpec.Kind.WEBSOCKET, "/orders", Optional.of(orders()), false))) {
            await().until(() -> connections.get() > 1 && first(sockets).confirmed() > 5);
            sockets.rest();
            sockets.ask();

            SocketFacts.Conversation facts = first(sockets);
            assertThat(facts.confirmed()).isEqualTo(facts.numbered());
            assertThat(facts.kept()).contains(1L, 2L, facts.numbered());
            assertThat(facts.connections().get(0).code()).isEqualTo(1001);
            assertThat(asked).allSatisfy(headers -> assertThat(headers).isEqualTo("id=7 " + node.address()));
        }
    }

    @Test
    void stompComesThroughItsFrames() throws Exception {
        try (Sockets sockets = start(spec(SocketSpec.Kind.STOMP, "/stomp", Optional.of(orders()), false))) {
            await().until(() -> first(sockets).confirmed() > 2);
            sockets.rest();
            sockets.ask();

            assertThat(first(sockets).kept()).contains(1L, 2L);
        }
        assertThat(frames).element(0).asString().startsWith("CONNECT\naccept-version:1.2,1.1\nhost:127.0.0.1\n");
        assertThat(frames).element(1).asString().contains("SUBSCRIBE\n", "destination:/user/queue/orders\n");
        assertThat(frames).element(2).asString().contains("SEND\n", "destination:/app/orders\n", "\n\norder 1\0");
    }

    @Test
    void eventsGoOnWhereTheyHadEnded() throws Exception {
        try (Sockets sockets = start(spec(SocketSpec.Kind.EVENTS, "/prices", Optional.empty(), true))) {
            await().until(() -> first(sockets).feed().size() >= 6);

            assertThat(first(sockets).feed())
                    .extracting(SocketFacts.Arrival::number)
                    .startsWith(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(first(sockets).connections().get(0).code()).isZero();
        }
    }

    @Test
    void aRejectedHandshakeIsCountedByItsStatus() throws Exception {
        try (Sockets sockets = start(spec(SocketSpec.Kind.WEBSOCKET, "/forbidden", Optional.of(orders()), false))) {
            await().until(() -> first(sockets).rejected().getOrDefault(403, 0L) > 0);
        }
        try (Sockets sockets = start(spec(SocketSpec.Kind.EVENTS, "/forbidden", Optional.empty(), true))) {
            await().until(() -> first(sockets).rejected().getOrDefault(403, 0L) > 0);
        }
    }

    @Test
    void nobodyListensIsHeardOf() throws Exception {
        List<Target> refused = new CopyOnWriteArrayList<>();
        Target nowhere = new Target(1, "node-1", URI.create("http://127.0.0.1:1"));
        SocketSpec spec = spec(SocketSpec.Kind.WEBSOCKET, "/orders", Optional.of(orders()), false);
        try (Sockets sockets = Sockets.start(new SocketSetting(
                List.of(spec), () -> List.of(new Session(nowhere)), refused::add, UserClock.start(), false))) {
            await().until(() -> !refused.isEmpty());
            assertThat(first(sockets).connections()).isEmpty();
        }
    }

    private Sockets start(SocketSpec spec) {
        return Sockets.start(new SocketSetting(
                List.of(spec), () -> List.of(new Session(node)), target -> {}, UserClock.start(), false));
    }

    private static SocketFacts.Conversation first(Sockets sockets) throws InterruptedException {
        List<SocketFacts.Conversation> all = new ArrayList<>();
        await().until(() -> {
            all.addAll(sockets.facts().conversations());
            return !all.isEmpty();
        });
        return all.get(0);
    }

    private static SocketSpec.Send orders() {
        return new SocketSpec.Send(
                "order {number}",
                Duration.ofMillis(20),
                json("/accepted"),
                Optional.of(new SocketSpec.Kept("all", json("/orders"))),
                false);
    }

    private static SocketSpec spec(SocketSpec.Kind kind, String path, Optional<SocketSpec.Send> send, boolean feeds) {
        return new SocketSpec(
                kind,
                path,
                1,
                send,
                feeds
                        ? Optional.of(new SocketSpec.Feed(
                                new Extraction(Extraction.Source.HEADER, "id", ""), "?after={last}"))
                        : Optional.empty(),
                kind == SocketSpec.Kind.STOMP
                        ? Optional.of(new SocketSpec.Stomp(List.of("/user/queue/orders"), "/app/orders"))
                        : Optional.empty(),
                0,
                Duration.ofSeconds(30));
    }

    private static Extraction json(String pointer) {
        return new Extraction(Extraction.Source.JSON, pointer, "");
    }

    /** Two events each time, after the one that was asked for. */
    private void answer(HttpServerRequest request) {
        if (!request.path().equals("/prices")) {
            request.response().setStatusCode(403).end();
            return;
        }
        long after = request.getParam("after") == null ? 0 : Long.parseLong(request.getParam("after"));
        request.response()
                .putHeader("Content-Type", "text/event-stream")
                .end(":hello\n\nid: " + (after + 1) + "\ndata: {}\n\nid:" + (after + 2) + "\ndata: a\ndata: b\n\n");
    }

    private final List<Long> kept = new CopyOnWriteArrayList<>();
    private final List<String> frames = new CopyOnWriteArrayList<>();

    /** Takes orders; the first connection goes away after the third. */
    private void talk(ServerWebSocket socket) {
        asked.add(socket.headers().get("Cookie") + " " + socket.headers().get("Origin"));
        boolean first = connections.incrementAndGet() == 1;
        boolean stomp = socket.path().equals("/stomp");
        socket.textMessageHandler(text -> {
            if (stomp) {
                frames.add(text);
            }
            if (text.startsWith("CONNECT")) {
                socket.writeTextMessage("\nCONNECTED\nversion:1.2\n\n\0");
            } else if (!text.startsWith("SUBSCRIBE") && !text.startsWith("DISCONNECT")) {
                String answer = order(stomp ? text.substring(text.indexOf("\n\n") + 2) : text);
                socket.writeTextMessage(
                        stomp ? "MESSAGE\r\ndestination:/queue/orders\r\n\r\n" + answer + "\0" : answer);
                if (first && !stomp && kept.size() == 3) {
                    socket.close((short) 1001);
                }
            }
        });
    }

    private String order(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.find()) {
            return "{\"orders\":" + kept + "}";
        }
        kept.add(Long.valueOf(number.group()));
        return "{\"accepted\":" + number.group() + "}";
    }

    /** Of a user who stays. */
    private record Session(Target node) implements SessionHandle {

        @Override
        public long label() {
            return 7;
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public Optional<Target> route() {
            return Optional.of(node);
        }

        @Override
        public String cookies(URI to) {
            return "id=7";
        }
    }
}
