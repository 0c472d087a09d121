package dev.midwrite.controller.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.front.FrontAttempt.Ending;
import dev.midwrite.controller.front.FrontAttempt.Form;
import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import dev.midwrite.event.SessionHash;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrontTest {
    private static final byte[] KEY = {7};

    private final Vertx vertx = Vertx.vertx();
    private final List<FrontAttempt> seen = new CopyOnWriteArrayList<>();
    private final Router router = new Router(Routing.STICKY, List.of("node-1", "node-2"));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private Front front;

    @BeforeEach
    void listen() {
        front = Front.start(setting(0), router, UserClock.start(), seen::add);
    }

    @AfterEach
    void end() throws Exception {
        front.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static FrontSetting setting(int port) {
        return setting(port, "");
    }

    private static FrontSetting setting(int port, String sessionHeader) {
        return new FrontSetting(
                FrontSetting.LOOPBACK,
                port,
                new SessionNames(List.of(), sessionHeader),
                List.of(LoginAnswer.parse("302 /login").orElseThrow()),
                false,
                new SessionHash(KEY));
    }

    private HttpServer node(String name, Handler<HttpServerRequest> handler) throws Exception {
        return node(name, handler, socket -> socket.close());
    }

    private HttpServer node(String name, Handler<HttpServerRequest> handler, Handler<ServerWebSocket> sockets)
            throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(handler)
                .webSocketHandler(sockets)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        router.up(name, URI.create("http://127.0.0.1:" + server.actualPort()));
        return server;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(front.url() + path));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private FrontAttempt only() {
        await().until(() -> seen.size() == 1);
        return seen.get(0);
    }

    @Test
    void passesARequestOnAndStampsWhatIsMissing() throws Exception {
        node(
                "node-1",
                request -> request.body()
                        .onSuccess(body -> request.response()
                                .setStatusCode(201)
                                .putHeader("X-Host", request.getHeader("Host"))
                                .putHeader("X-Id", request.getHeader("X-Request-Id"))
                                .putHeader("X-Ours", request.getHeader("X-Midwrite-Request"))
                                .putHeader("X-Trace", request.getHeader("traceparent"))
                                .end(request.method() + " " + request.uri() + " " + body)));
        HttpResponse<String> answer = client.send(
                request("/a?b=c%20d")
                        .header("traceparent", "00-11111111111111111111111111111111-2222222222222222-01")
                        .POST(HttpRequest.BodyPublishers.ofString("böden"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("POST /a?b=c%20d böden");
        assertThat(answer.headers().firstValue("X-Host")).contains("127.0.0.1:" + front.port());
        assertThat(answer.headers().firstValue("X-Trace"))
                .contains("00-11111111111111111111111111111111-2222222222222222-01");
        FrontAttempt attempt = only();
        assertThat(attempt.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(attempt.status()).isEqualTo(201);
        assertThat(attempt.method()).isEqualTo("POST");
        assertThat(attempt.node()).isEqualTo(1);
        assertThat(attempt.ended()).isGreaterThan(attempt.invoked());
        String id = String.format("%016x", attempt.request());
        assertThat(answer.headers().firstValue("X-Ours")).contains(id);
        assertThat(answer.headers().firstValue("X-Id")).contains(id);
    }

    @Test
    void keepsTheIdsThatCame() throws Exception {
        node(
                "node-1",
                request -> request.response()
                        .end(request.getHeader("X-Request-Id") + " " + request.getHeader("X-Midwrite-Request")));
        HttpResponse<String> answer = get("/", "X-Request-Id", "mine", "X-Midwrite-Request", "00000000000000aa");
        assertThat(answer.body()).isEqualTo("mine 00000000000000aa");
        assertThat(only().request()).isEqualTo(0xaa);
    }

    @Test
    void doesNotAnswerForARedirectOrAnErrorAndKnowsALogin() throws Exception {
        node(
                "node-1",
                request -> request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/login?next=1")
                        .end());
        HttpResponse<String> answer = get("/cart");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/login?next=1");
        assertThat(only().login()).isTrue();
    }

    @Test
    void knowsASessionByItsCookieAndKeepsOnlyAHash() throws Exception {
        node(
                "node-1",
                request -> request.response()
                        .putHeader("Set-Cookie", (Iterable<String>)
                                List.of("theme=dark; Path=/", "SESSION=second; Path=/; HttpOnly"))
                        .end());
        get("/", "Cookie", "theme=light; SESSION=first");
        FrontAttempt attempt = only();
        assertThat(attempt.session()).isEqualTo(new SessionHash(KEY).of("first"));
        assertThat(attempt.given()).isEqualTo(new SessionHash(KEY).of("second"));
        assertThat(attempt.replaced()).isTrue();
        assertThat(attempt.toString()).doesNotContain("first").doesNotContain("second");
    }

    /** As Spring Session's HeaderHttpSessionIdResolver has it; a container's own cookie is not the session's. */
    @Test
    void knowsASessionByItsHeaderIfTheApplicationHasOne() throws Exception {
        front.close();
        front = Front.start(setting(0, "X-Auth-Token"), router, UserClock.start(), seen::add);
        node(
                "node-1",
                request -> request.response()
                        .putHeader("X-Auth-Token", request.path().equals("/logout") ? "" : "second")
                        .putHeader("Set-Cookie", "JSESSIONID=another; Path=/")
                        .end());
        get("/", "x-auth-token", "first", "Cookie", "JSESSIONID=another");
        FrontAttempt attempt = only();
        assertThat(attempt.session()).isEqualTo(new SessionHash(KEY).of("first"));
        assertThat(attempt.given()).isEqualTo(new SessionHash(KEY).of("second"));
        seen.clear();
        get("/logout", "X-Auth-Token", "second");
        assertThat(only().session()).isEqualTo(new SessionHash(KEY).of("second"));
        assertThat(only().taken()).isTrue();
    }

    @Test
    void seesThatTheCookieIsTakenAway() throws Exception {
        node(
                "node-1",
                request -> request.response()
                        .putHeader("Set-Cookie", "JSESSIONID=; Max-Age=0; Path=/")
                        .end());
        get("/", "Cookie", "JSESSIONID=first");
        assertThat(only().taken()).isTrue();
        assertThat(only().replaced()).isFalse();
    }

    @Test
    void aSessionStaysWhereItWasMade() throws Exception {
        Set<String> served = ConcurrentHashMap.newKeySet();
        AtomicInteger sessions = new AtomicInteger();
        for (String name : List.of("node-1", "node-2")) {
            node(name, request -> {
                String cookie = request.getHeader("Cookie");
                if (cookie == null) {
                    request.response().putHeader("Set-Cookie", "SESSION=" + name + sessions.incrementAndGet());
                } else {
                    served.add(cookie.contains(name) ? "home" : "away");
                }
                request.response().end();
            });
        }
        for (int i = 0; i < 10; i++) {
            String cookie = get("/").headers().firstValue("Set-Cookie").orElseThrow();
            get("/", "Cookie", cookie);
            get("/", "Cookie", cookie);
        }
        assertThat(served).containsExactly("home");
        assertThat(seen.stream().map(FrontAttempt::node)).contains(1, 2);
    }

    @Test
    void asksTheNextNodeIfOneCannotBeReached() throws Exception {
        try (ServerSocket closed = new ServerSocket(0)) {
            router.up("node-1", URI.create("http://127.0.0.1:" + closed.getLocalPort()));
        }
        node("node-2", request -> request.response().end("two"));
        assertThat(get("/").body()).isEqualTo("two");
        await().until(() -> seen.size() == 2);
        assertThat(seen.get(0).ending()).isEqualTo(Ending.UNSENT);
        assertThat(seen.get(0).node()).isEqualTo(1);
        assertThat(seen.get(1).ending()).isEqualTo(Ending.ANSWERED);
        assertThat(seen.get(1).attempt()).isEqualTo(2);
        assertThat(seen.get(1).request()).isEqualTo(seen.get(0).request());
    }

    @Test
    void withoutANodeItSaysSoItself() throws Exception {
        HttpResponse<String> answer = get("/");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("No node is in rotation");
        assertThat(only().ending()).isEqualTo(Ending.UNSENT);
        assertThat(only().node()).isZero();
    }

    @Test
    void aNodeThatClosesWithoutAnAnswerCutTheRequest() throws Exception {
        node(
                "node-1",
                request -> request.body().onSuccess(body -> request.connection().close()));
        HttpResponse<String> answer = client.send(
                request("/").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(only().ending()).isEqualTo(Ending.CUT);
    }

    @Test
    void anAnswerThatBreaksOffBreaksOffForTheClient() throws Exception {
        node("node-1", request -> {
            request.response().setChunked(true);
            request.response()
                    .write("half")
                    .onSuccess(sent -> request.connection().close());
        });
        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
        assertThat(only().ending()).isEqualTo(Ending.CUT);
        assertThat(only().status()).isEqualTo(200);
    }

    @Test
    void aKeptConnectionThatWasClosedMeanwhileIsNoLoss() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        Thread closing;
        try (ServerSocket server = new ServerSocket(0)) {
            router.up("node-1", URI.create("http://127.0.0.1:" + server.getLocalPort()));
            closing = new Thread(() -> serveOnceThenCloseAtTheNext(server, requests));
            closing.start();
            assertThat(get("/").body()).isEqualTo("ok");
            assertThat(get("/").body()).isEqualTo("ok");
        }
        assertThat(requests.get()).isEqualTo(3);
        assertThat(seen.stream().map(FrontAttempt::ending)).containsOnly(Ending.ANSWERED);
        assertThat(seen.stream().map(FrontAttempt::attempt)).containsOnly(1);
        closing.join();
    }

    /** The second request on a connection is read and not answered, as by a server that is about to close it. */
    private static void serveOnceThenCloseAtTheNext(ServerSocket server, AtomicInteger requests) {
        while (true) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                if (head(in)) {
                    requests.incrementAndGet();
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.UTF_8));
                    requests.addAndGet(head(in) ? 1 : 0);
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private static boolean head(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return line != null;
    }

    @Test
    void eventsComeWhenTheyAreSent() throws Exception {
        CompletableFuture<Void> firstRead = new CompletableFuture<>();
        node("node-1", request -> {
            request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            request.response().write("data: one\n\n");
            CompletableFuture<Void> unused =
                    firstRead.thenRun(() -> request.response().end("data: two\n\n"));
        });
        HttpResponse<InputStream> answer =
                client.send(request("/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader events = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).isEqualTo("data: one");
            assertThat(seen).isEmpty();
            firstRead.complete(null);
            assertThat(events.lines()).contains("data: two");
        }
        assertThat(only().form()).isEqualTo(Form.EVENT_STREAM);
        assertThat(only().ending()).isEqualTo(Ending.ANSWERED);
    }

    @Test
    void aClientThatLeavesIsNotTheNodesFault() throws Exception {
        CompletableFuture<Void> left = new CompletableFuture<>();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        node("node-1", request -> {
            request.connection().closeHandler(gone -> left.complete(null));
            arrived.complete(null);
        });
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            arrived.get(30, TimeUnit.SECONDS);
        }
        assertThat(only().ending()).isEqualTo(Ending.ABANDONED);
        left.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aWebSocketPassesWithItsCloseCode() throws Exception {
        node("node-1", request -> request.response().setStatusCode(404).end(), socket -> {
            socket.textMessageHandler(text -> {
                if (text.equals("end")) {
                    socket.close((short) 1001, "going away");
                } else {
                    socket.writeTextMessage("echo " + text);
                }
            });
        });
        List<String> texts = new CopyOnWriteArrayList<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + front.port() + "/chat"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        texts.add(data.toString());
                        webSocket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                })
                .get(30, TimeUnit.SECONDS);
        socket.sendText("x".repeat(200), true).get(30, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(texts).containsExactly("echo " + "x".repeat(200)));
        assertThat(seen).isEmpty();
        socket.sendText("end", true).get(30, TimeUnit.SECONDS);
        assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(1001);
        FrontAttempt attempt = only();
        assertThat(attempt.form()).isEqualTo(Form.WEB_SOCKET);
        assertThat(attempt.status()).isEqualTo(101);
        assertThat(attempt.closedByNode()).isEqualTo(1001);
        assertThat(attempt.ending()).isEqualTo(Ending.ANSWERED);
    }

    @Test
    void aPortThatIsTakenIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Front.start(setting(taken.getLocalPort()), router, UserClock.start(), seen::add))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }
}
