package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.users.MisbehavingServer.Misbehaviour;
import dev.midwrite.event.CookieFlaw;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client sees decides the outcome, exactly: a wrong "did not happen" would acquit or convict a store wrongly. */
class ProbeClientTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final long REQUEST = 0x1122334455667788L;
    private static final Call WRITE = Call.of(OperationKind.WRITE, Attribute.REGISTER_A);
    private static final List<LoginAnswer> LOGIN = List.of(new LoginAnswer(302, "/login"), new LoginAnswer(401, ""));
    private static final Call READ = Call.of(OperationKind.READ, Attribute.REGISTER_A);

    /** Longer than any answer that comes takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** For answers that never come. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private BrowserCookies cookies = new BrowserCookies(false);
    private final UserClock clock = UserClock.start();
    private final Lateness lateness = new Lateness();
    private static final FlowSpec FLOW = FlowTest.with(
            FlowSpec.NONE,
            List.of(),
            Optional.empty(),
            Optional.of(new Extraction(Extraction.Source.CSS, "form.login", "")));

    private final ProbeClient client = new ProbeClient("users", clock, 16, 1, users(LOGIN), true, lateness);

    @AfterEach
    void close() {
        client.close();
    }

    static Stream<Arguments> whatMayHaveHappened() {
        return Stream.of(
                info(500, "500 with echo", e -> e.respond("500 No", e.echo(), e.alive())),
                info(503, "503 from a proxy", e -> e.respond("503 No", "", "")),
                info(404, "404", e -> e.respond("404 No", e.echo(), "")),
                info(200, "200 without echo", e -> e.respond("200 OK", "", e.alive())),
                info(
                        200,
                        "200 with another id in the header",
                        e -> e.respond("200 OK", "X-Midwrite-Request: 0000000000000001\r\n", e.alive())),
                info(
                        200,
                        "200 with another id in the body",
                        e -> e.respond("200 OK", e.echo(), e.alive().replace(e.id(), "0000000000000001"))),
                info(200, "200 with a cached page", e -> e.respond("200 OK", e.echo(), "<html>")),
                info(200, "200 with an empty body", e -> e.respond("200 OK", e.echo(), "")),
                info(
                        200,
                        "200 without incarnation",
                        e -> e.respond("200 OK", e.echo(), e.alive().replace("incarnation", "else"))),
                info("body cut", e -> {
                    e.write("HTTP/1.1 200 OK\r\n" + e.echo() + "Content-Length: 900\r\n\r\n" + e.alive());
                    e.socket().close();
                }),
                info("closed without an answer", e -> e.socket().close()),
                info("reset without an answer", MisbehavingServer.Exchange::reset),
                info("reset within the answer", e -> {
                    e.write("HTTP/1.1 200 OK\r\n");
                    e.reset();
                }),
                info("no HTTP", e -> e.write("nonsense\r\n\r\n")),
                info(302, "redirect", e -> e.respond("302 Found", "Location: /login\r\n", "")));
    }

    private static Arguments info(String name, Misbehaviour misbehaviour) {
        return info(0, name, misbehaviour);
    }

    private static Arguments info(int status, String name, Misbehaviour misbehaviour) {
        return Arguments.of(status, name, misbehaviour);
    }

    @Test
    void whomAProxyAskedIsKnownOfItsErrorsToo() throws IOException {
        try (MisbehavingServer server =
                new MisbehavingServer(e -> e.respond("502 No", Entrance.SERVED_BY + ": node-2\r\n", "<html>"))) {
            Answer answer = send(server.uri(), WRITE);
            assertThat(answer.outcome()).isEqualTo(Outcome.INFO);
            assertThat(answer.node()).isEqualTo("node-2");
        }
        try (MisbehavingServer server = new MisbehavingServer(e -> e.respond("504 No", "", "<html>"))) {
            assertThat(send(server.uri(), WRITE).node()).as("nobody's").isEmpty();
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void whatMayHaveHappened(int status, String name, Misbehaviour misbehaviour) throws IOException {
        try (MisbehavingServer server = new MisbehavingServer(misbehaviour)) {
            Answer answer = send(server.uri(), WRITE);
            assertThat(answer.outcome()).as(name).isEqualTo(Outcome.INFO);
            assertThat(answer.returned()).isEqualTo(UserOperation.NEVER);
            assertThat(answer.length()).as("status").isEqualTo(status);
            assertThat(server.heads()).as("attempts of our own accord").hasSize(1);
        }
    }

    @Test
    void silenceIsIndeterminate() throws IOException {
        AtomicReference<MisbehavingServer> self = new AtomicReference<>();
        try (MisbehavingServer server =
                new MisbehavingServer(exchange -> self.get().awaitEnd())) {
            self.set(server);
            assertThat(send(server.uri(), WRITE, SHORT).outcome()).isEqualTo(Outcome.INFO);
        }
    }

    @Test
    void trickleEndsAtTheDeadline() throws Exception {
        AtomicReference<MisbehavingServer> self = new AtomicReference<>();
        try (MisbehavingServer server = new MisbehavingServer(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            while (!exchange.socket().isClosed()) {
                exchange.write("x");
                self.get().awaitEnd(Duration.ofMillis(10));
            }
        })) {
            self.set(server);
            Answer answer = begin(server.uri(), READ, SHORT).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer.outcome()).isEqualTo(Outcome.INFO);
            assertThat(answer.length()).as("no whole answer, so no status").isZero();
        }
    }

    @Test
    void answerWithoutEndIsCutOff() throws IOException {
        try (MisbehavingServer server = new MisbehavingServer(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            while (!exchange.socket().isClosed()) {
                exchange.write("x".repeat(1 << 16));
            }
        })) {
            Answer answer = send(server.uri(), READ);
            assertThat(answer.outcome()).isEqualTo(Outcome.INFO);
            assertThat(answer.length()).as("status").isEqualTo(200);
        }
    }

    @Test
    void deadlineBeforeAnyByteLeftIsAFailure() throws IOException {
        AtomicReference<MisbehavingServer> self = new AtomicReference<>();
        try (MisbehavingServer server =
                        new MisbehavingServer(exchange -> self.get().awaitEnd());
                ProbeClient one = new ProbeClient("one", clock, 1, 1, users(List.of()), true, lateness)) {
            self.set(server);
            CompletableFuture<Answer> holding = one.send(attempt(server.uri(), WRITE, PATIENCE));
            await().until(() -> server.heads().size() == 1);
            Answer answer = one.send(attempt(server.uri(), WRITE, SHORT)).join();
            assertThat(answer.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(answer.refused()).isFalse();
            assertThat(server.heads()).hasSize(1);
            assertThat(holding).isNotDone();
        }
    }

    @Test
    void timeInOurOwnQueuesCountsAsLate() throws IOException {
        try (MisbehavingServer server = new MisbehavingServer(e -> e.respond("200 OK", e.echo(), e.alive()))) {
            long now = clock.now();
            long due = now - Duration.ofSeconds(3).toNanos();
            client.send(new Attempt(
                            ProbeRoot.mounted(server.uri()),
                            server.uri().toString(),
                            READ,
                            REQUEST,
                            7,
                            0,
                            0,
                            cookies,
                            new Variables(Map.of()),
                            TRACE,
                            due,
                            now + PATIENCE.toNanos()))
                    .join();
            assertThat(lateness.count()).isEqualTo(1);
            assertThat(lateness.max()).isGreaterThan(Duration.ofMillis(2900).toNanos());
        }
    }

    @Test
    void aRequestNamesItsTrace() throws IOException {
        try (MisbehavingServer server = new MisbehavingServer(e -> e.respond("200 OK", e.echo(), e.alive()))) {
            send(server.uri(), READ);
            assertThat(server.heads()).singleElement().asString().contains("traceparent: " + TRACE);
        }
    }

    @Test
    void echoOfTheRequestIdInA2xxIsOk() throws IOException {
        try (MisbehavingServer server =
                new MisbehavingServer(e -> e.respond("200 OK", e.echo() + "Set-Cookie: SESSION=s1\r\n", e.alive()))) {
            Answer answer = send(server.uri(), READ);
            assertThat(answer.outcome()).isEqualTo(Outcome.OK);
            assertThat(answer.incarnation()).isEqualTo(0xab);
            assertThat(answer.value()).isZero();
            assertThat(answer.node()).isEqualTo("node-1");
            assertThat(answer.invoked()).isLessThan(answer.returned());
            assertThat(server.heads().get(0).toLowerCase(Locale.ROOT))
                    .contains("x-midwrite-request: 1122334455667788")
                    .contains("x-midwrite-session: 0000000000000007")
                    .doesNotContain("cookie");
            send(server.uri(), READ);
            assertThat(server.heads().get(1)).contains("SESSION=s1");
        }
    }

    @Test
    void valueThatIsNoneOfOursIsGarbage() throws IOException {
        try (MisbehavingServer server = new MisbehavingServer(
                e -> e.respond("200 OK", e.echo(), e.alive().replace("null", "\"mw1:0000000000000001:00000000\"")))) {
            Answer answer = send(server.uri(), READ);
            assertThat(answer.outcome()).isEqualTo(Outcome.OK);
            assertThat(answer.flags()).isEqualTo(UserOperation.GARBAGE);
        }
    }

    @Test
    void secureCookieGoesBackOnlyBehindTls() throws IOException {
        try (MisbehavingServer server = new MisbehavingServer(
                e -> e.respond("200 OK", e.echo() + "Set-Cookie: SESSION=s1; Path=/; Secure\r\n", e.alive()))) {
            Answer created = send(server.uri(), Call.CREATE);
            assertThat(created.flags()).isEqualTo(UserOperation.UNRETURNED);
            assertThat(created.second()).isEqualTo(CookieFlaw.SECURE.code());
            assertThat(send(server.uri(), READ).flags()).isZero();
            assertThat(server.heads())
                    .noneMatch(head -> head.toLowerCase(Locale.ROOT).contains("cookie"));
        }
    }

    @Test
    void damageThatTheProbeNamesIsGarbage() throws IOException {
        try (MisbehavingServer server = new MisbehavingServer(e -> e.respond(
                "200 OK", e.echo(), e.alive().replace("null", "0,\"damaged\":\"mw.counter is of class X\"")))) {
            Answer answer = send(server.uri(), Call.of(OperationKind.READ_COUNTER, Attribute.COUNTER));
            assertThat(answer.outcome()).isEqualTo(Outcome.OK);
            assertThat(answer.flags()).isEqualTo(UserOperation.GARBAGE);
        }
    }

    @Test
    void absenceIsAnObservationForReadsAndAFailureForWrites() throws IOException {
        try (MisbehavingServer server = new MisbehavingServer(e -> e.respond(
                "200 OK", e.echo(), "{\"request\":\"" + e.id() + "\",\"node\":\"node-2\",\"session\":false}"))) {
            assertThat(send(server.uri(), READ)).matches(answer -> answer.outcome() == Outcome.OK && answer.absent());
            assertThat(send(server.uri(), WRITE))
                    .matches(answer -> answer.outcome() == Outcome.FAIL && answer.absent());
        }
    }

    @ParameterizedTest
    @CsvSource({"401 Unauthorized,", "302 Found, /login", "302 Found, http://sso.example/login?back=%2F"})
    void loginThatTheDrillNamesIsAbsenceForReads(String status, String location) throws IOException {
        try (MisbehavingServer server = redirecting(status, location)) {
            assertThat(send(server.uri(), READ)).matches(answer -> answer.outcome() == Outcome.OK && answer.absent());
            assertThat(send(server.uri(), WRITE)).matches(answer -> answer.outcome() == Outcome.INFO);
        }
    }

    /** Only if it is not the probe that has answered: what users write may look like anything. */
    @Test
    void aLoginPageThatTheDrillNamesIsAbsenceForReads() throws IOException {
        String page = "<form class='login'></form>";
        try (MisbehavingServer server = new MisbehavingServer(e -> e.respond("200 OK", "", page))) {
            assertThat(send(server.uri(), READ)).matches(answer -> answer.outcome() == Outcome.OK && answer.absent());
            assertThat(send(server.uri(), WRITE)).matches(answer -> answer.outcome() == Outcome.INFO);
        }
        try (MisbehavingServer server = new MisbehavingServer(e -> e.respond("200 OK", e.echo(), page))) {
            assertThat(send(server.uri(), READ)).matches(answer -> !answer.absent());
        }
        try (MisbehavingServer server = new MisbehavingServer(e -> e.respond("200 OK", "", "<form></form>"))) {
            assertThat(send(server.uri(), READ)).matches(answer -> answer.outcome() == Outcome.INFO);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "302 Found, /maintenance",
        "302 Found, https://other.example/",
        "303 See Other, /login",
        "307 Temporary Redirect, /login",
        "308 Permanent Redirect, /login",
        "403 Forbidden,",
        "503 Down,"
    })
    void whatTheDrillDoesNotNameSaysNothingOfTheSession(String status, String location) throws IOException {
        try (MisbehavingServer server = redirecting(status, location)) {
            Answer answer = send(server.uri(), READ);
            assertThat(answer.outcome()).isEqualTo(Outcome.INFO);
            assertThat(answer.absent()).isFalse();
            assertThat(answer.length()).as("status").isEqualTo(Integer.parseInt(status.substring(0, 3)));
        }
    }

    private static MisbehavingServer redirecting(String status, String location) throws IOException {
        String headers = location == null ? "" : "Location: " + location + "\r\n";
        return new MisbehavingServer(e -> e.respond(status, headers, ""));
    }

    @Test
    void idThatAnAnswerNamesInItsHeaderGoesWithTheNextRequest() throws IOException {
        cookies = new BrowserCookies(false, "X-Auth-Token");
        try (MisbehavingServer server =
                new MisbehavingServer(e -> e.respond("200 OK", e.echo() + "X-Auth-Token: t-1\r\n", e.alive()))) {
            send(server.uri(), READ);
            send(server.uri(), READ);
            assertThat(server.heads().get(0)).doesNotContain("X-Auth-Token");
            assertThat(server.heads().get(1)).contains("X-Auth-Token: t-1");
        }
    }

    /** Some applications change a session's id by themselves, in answer to any request. */
    @Test
    void absenceUnderAnIdThatAnotherAnswerHasChangedSaysNothing() throws IOException {
        URI any = URI.create("http://127.0.0.1/");
        cookies.receive(any, any, List.of("SID=old; Path=/"));
        AtomicReference<String> changed = new AtomicReference<>("SID=new; Path=/");
        try (MisbehavingServer server = new MisbehavingServer(e -> {
            cookies.receive(any, any, List.of(changed.get()));
            e.respond("200 OK", e.echo(), "{\"request\":\"" + e.id() + "\",\"node\":\"node-2\",\"session\":false}");
        })) {
            assertThat(send(server.uri(), READ))
                    .matches(answer -> answer.outcome() == Outcome.INFO && !answer.absent());
            assertThat(send(server.uri(), READ))
                    .as("with the new one")
                    .matches(answer -> answer.ok() && answer.absent());
            changed.set("SID=newer; Path=/");
            assertThat(send(server.uri(), WRITE))
                    .matches(answer -> answer.outcome() == Outcome.FAIL && !answer.absent() && !answer.refused());
        }
    }

    /** Some applications make a session for every request: that is no old one that came back, and no id that was taken. */
    @Test
    void anEndedIdThatIsAnsweredWithAnotherOneIsGone() throws IOException {
        cookies.receive(URI.create("http://127.0.0.1/"), URI.create("http://127.0.0.1/"), List.of("SID=old; Path=/"));
        try (MisbehavingServer server = new MisbehavingServer(
                e -> e.respond("200 OK", e.echo() + "Set-Cookie: SID=new; Path=/\r\n", e.alive()))) {
            assertThat(send(server.uri(), Call.PROBE_OLD_ID))
                    .matches(answer ->
                            answer.ok() && answer.absent() && answer.node().equals("node-1"));
        }
        try (MisbehavingServer server = new MisbehavingServer(
                e -> e.respond("200 OK", e.echo() + "Set-Cookie: seen=1; Path=/\r\n", e.alive()))) {
            assertThat(send(server.uri(), Call.PROBE_OLD_ID).absent())
                    .as("under the id that it was asked with")
                    .isFalse();
        }
    }

    @Test
    void refusedConnectionFailsBeforeAnyByte() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Answer answer = send(URI.create("http://127.0.0.1:" + port), WRITE);
        assertThat(answer.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(answer.refused()).isTrue();
        assertThat(answer.returned()).isNotEqualTo(UserOperation.NEVER);
    }

    @Test
    void unknownHostFailsBeforeAnyByteAndIsNoRefusal() {
        Answer answer = send(URI.create("http://no-such-host.invalid:80"), WRITE);
        assertThat(answer.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(answer.refused()).isFalse();
    }

    @Test
    void keptConnectionThatTheNodeClosedIsNotALostRequest() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (MisbehavingServer server = new MisbehavingServer(e -> {
            e.respond("200 OK", e.echo(), e.alive());
            if (requests.incrementAndGet() == 1) {
                e.socket().close();
            }
        })) {
            assertThat(send(server.uri(), WRITE).outcome()).isEqualTo(Outcome.OK);
            await().until(() -> server.openSockets() == 0);
            assertThat(send(server.uri(), WRITE).outcome()).isEqualTo(Outcome.OK);
        }
    }

    /** It waits for us, not for the node: the user has no connection left to it. */
    @Test
    void requestGivenUpWithoutAConnectionCountsAsLate() throws IOException {
        AtomicReference<MisbehavingServer> self = new AtomicReference<>();
        try (MisbehavingServer server =
                        new MisbehavingServer(exchange -> self.get().awaitEnd());
                ProbeClient one = new ProbeClient("one", clock, 1, 1, users(List.of()), true, lateness)) {
            self.set(server);
            CompletableFuture<Answer> first = one.send(attempt(server.uri(), READ, Duration.ofMinutes(10)));
            await().until(() -> !server.heads().isEmpty());
            Answer second = one.send(attempt(server.uri(), READ, SHORT)).join();
            assertThat(second.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(lateness.withoutConnection()).isEqualTo(1);
            assertThat(first).isNotDone();
        }
    }

    private static UsersSpec users(List<LoginAnswer> login) {
        return new UsersSpec(
                1,
                0,
                1,
                List.of("register"),
                UsersSpec.Routing.STICKY,
                PATIENCE,
                1,
                PATIENCE,
                PATIENCE,
                true,
                Duration.ZERO,
                false,
                "",
                1,
                false,
                login,
                PATIENCE,
                FLOW,
                List.of(),
                Optional.empty(),
                UsersSpec.Through.NOTHING);
    }

    private Answer send(URI uri, Call call) {
        return send(uri, call, PATIENCE);
    }

    private Answer send(URI uri, Call call, Duration timeout) {
        // Without its deadline a request would hold the test up for ever.
        return begin(uri, call, timeout)
                .orTimeout(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private CompletableFuture<Answer> begin(URI uri, Call call, Duration timeout) {
        return client.send(attempt(uri, call, timeout));
    }

    private Attempt attempt(URI uri, Call call, Duration timeout) {
        long now = clock.now();
        return new Attempt(
                ProbeRoot.mounted(uri),
                uri.toString(),
                call,
                REQUEST,
                7,
                call.carriesValue() ? 5 : 0,
                0,
                cookies,
                new Variables(Map.of()),
                TRACE,
                now,
                now + timeout.toNanos());
    }
}
