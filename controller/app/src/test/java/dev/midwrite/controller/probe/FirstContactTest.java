package dev.midwrite.controller.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.probe.SecondProbe.Flaw;
import dev.midwrite.controller.probe.SecondProbe.Stored;
import dev.midwrite.controller.users.Credentials;
import dev.midwrite.controller.users.ProbeAccess;
import dev.midwrite.controller.users.Router.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands before the probe is reported at the first request, in a sentence that says what to do. */
class FirstContactTest {
    private static final List<String> ALL = List.of(
            "register", "list", "counter", "group", "document", "rotate", "logout", "large", "principal", "relogin");

    private final Map<String, Stored> sessions = new ConcurrentHashMap<>();

    @Test
    void healthyServiceIsSilentAndLeftAsItWas() throws Exception {
        try (SecondProbe one = new SecondProbe("node-1", sessions);
                SecondProbe two = new SecondProbe("node-2", sessions)) {
            assertThat(contact(true, false, one.target(1), two.target(2))).isEmpty();
        }
        assertThat(sessions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOGIN_PAGE | GET /probe/alive with 302 to http://shop.example/login: | login page",
                "LOGIN_WANTED | GET /probe/alive with 401: the service wants a login | begins: <html>",
                "POST_FORBIDDEN | POST /probe/create with 403: likely | CSRF",
                "NOT_MOUNTED | GET /probe/alive with 404: nothing is mounted there | begins: {\"status\":404",
                "PLAIN_PAGE | GET /probe/alive with 200: | begins: Welcome!",
            })
    void obstacleEndsTheRunAtOnce(Flaw flaw, String answered, String detail) throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, flaw)) {
            assertThatThrownBy(() -> contact(true, false, probe.target(1)))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("Node node-1 answers " + answered)
                    .hasMessageContaining(detail);
        }
    }

    @Test
    void valueThatCannotBeReadBackIsFoundWithItsWords() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.LIST_UNREADABLE)) {
            assertThatThrownBy(() -> contact(true, false, probe.target(1)))
                    .hasMessageStartingWith("Node node-1 answers GET /probe/list with 500: the application fails")
                    .hasMessageContaining("serializer")
                    .hasMessageEndingWith("begins: SerializationException: Could not read JSON");
        }
    }

    @Test
    void applicationThatListsNoSessionsIsToldWhatThatMeans() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.SESSIONS_ARE_NOT_LISTED)) {
            assertThat(contact(true, false, probe.target(1)))
                    .singleElement()
                    .asString()
                    .startsWith("Node node-1 cannot list the sessions of a user's name")
                    .endsWith("the property principal is not observed.");
        }
    }

    @Test
    void whatPassesByItselfIsWaitedFor() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.NOT_READY_AT_FIRST)) {
            assertThat(contact(true, false, probe.target(1))).isEmpty();
        }
    }

    @Test
    void aFirstRequestIsGivenMoreTimeThanUsersGive() {
        assertThat(timeout(Duration.ofSeconds(2), Duration.ofSeconds(90))).hasSeconds(30);
        assertThat(timeout(Duration.ofSeconds(2), Duration.ofSeconds(5))).hasSeconds(5);
        assertThat(timeout(Duration.ofSeconds(40), Duration.ofSeconds(90))).hasSeconds(40);
    }

    @Test
    void silenceEndsWithTheTimeToGetReady() throws IOException {
        Target gone;
        try (SecondProbe probe = new SecondProbe("node-1", sessions)) {
            gone = probe.target(1);
        }
        FirstContact contact = new FirstContact(setting(true, false), new Hours()::next);
        assertThatThrownBy(() -> contact.make(List.of(gone)))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("Node node-1 does not answer GET /probe/alive: ");
    }

    @Test
    void sessionThatStaysOnItsNodeIsANoteUnlessTheDrillSaysSo() throws Exception {
        try (SecondProbe one = new SecondProbe("node-1", sessions);
                SecondProbe two = new SecondProbe("node-2", new ConcurrentHashMap<>())) {
            assertThat(contact(true, false, one.target(1), two.target(2)))
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("A session made on node-1 is not there on node-2 right after")
                    .endsWith("scope: node.");
            assertThat(contact(false, false, one.target(1), two.target(2))).isEmpty();
        }
    }

    @Test
    void sessionThatAnotherNodeCannotReadIsANoteAndNoObstacle() throws Exception {
        try (SecondProbe one = new SecondProbe("node-1", sessions, Flaw.OTHERS_SESSIONS_UNREADABLE);
                SecondProbe two = new SecondProbe("node-2", sessions, Flaw.OTHERS_SESSIONS_UNREADABLE)) {
            FirstContact contact = new FirstContact(setting(true, false), new Hours()::next);
            assertThat(contact.make(List.of(one.target(1), two.target(2))))
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("A session made on node-1 cannot be read on node-2 right after: Node node-2 answers"
                            + " GET /probe/alive with 500")
                    .endsWith("begins: InvalidClassException: Basket");
        }
        assertThat(sessions).isEmpty();
    }

    @Test
    void cookieThatABrowserDoesNotSendBackIsNamedUnlessUsersComeOverTls() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.SECURE_COOKIE)) {
            assertThat(contact(true, false, probe.target(1)))
                    .contains(
                            "Node node-1 sets the cookie sid, which a browser does not send back because it is Secure,"
                                    + " and was set over http.");
            assertThat(contact(true, true, probe.target(1))).isEmpty();
        }
    }

    @Test
    void cookieThatComesTwiceOrChangesByItselfIsNamed() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.COOKIE_TWICE)) {
            assertThat(contact(true, false, probe.target(1)))
                    .containsExactly("Node node-1 sets the cookie sid 2 times in one answer.");
        }
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.COOKIE_CHANGES)) {
            assertThat(contact(true, false, probe.target(1)))
                    .containsExactly("Node node-1 answers a read with another value of the cookie sid, although nobody"
                            + " asked for another session.");
        }
    }

    @Test
    void sessionWithoutACookieIsSaid() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.NO_COOKIE)) {
            assertThat(contact(true, false, probe.target(1)))
                    .containsExactly("Node node-1 makes a session and sets no cookie: no user can come back to it.");
        }
    }

    @Test
    void idInAHeaderIsFoundAndDemandedBeforeUsersLoseEverySession() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.ID_IN_HEADER)) {
            assertThatThrownBy(() -> contact(true, false, probe.target(1)))
                    .isInstanceOf(Problem.class)
                    .hasMessage(
                            "Node node-1 gives a session's id in the header X-Auth-Token, and takes it there, not in a"
                                    + " cookie; say so in the block users, session-header: X-Auth-Token, and users send it back.");
        }
        sessions.clear();
        try (SecondProbe one = new SecondProbe("node-1", sessions, Flaw.ID_IN_HEADER);
                SecondProbe two = new SecondProbe("node-2", sessions, Flaw.ID_IN_HEADER)) {
            FirstContact contact = new FirstContact(new FirstContactSetting(
                    ProbeAccess.mounted("/probe"),
                    named("X-Auth-Token"),
                    Credentials.NONE,
                    true,
                    Duration.ofMinutes(1)));
            assertThat(contact.make(List.of(one.target(1), two.target(2)))).isEmpty();
        }
        assertThat(sessions).isEmpty();
    }

    @Test
    void headerThatIsNamedAndNeverComesIsSaid() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.NO_COOKIE)) {
            FirstContact contact = new FirstContact(new FirstContactSetting(
                    ProbeAccess.mounted("/probe"),
                    named("X-Auth-Token"),
                    Credentials.NONE,
                    true,
                    Duration.ofMinutes(1)));
            assertThat(contact.make(List.of(probe.target(1))))
                    .containsExactly(
                            "Node node-1 makes a session and sets no cookie, nor the header X-Auth-Token: no user"
                                    + " can come back to it.");
        }
    }

    /** Users as a drill's reader makes them. */
    private static UsersSpec named(String sessionHeader) {
        return DrillFile.parse(Path.of("a.yaml"), """
                version: 1
                store: {kind: redis, address: embedded}
                nodes: {command: "{java} {agent} -jar a.jar --port={port}"}
                users: {sessions: 1, duration: 5s, workloads: %s, session-header: %s}
                """.formatted(ALL, sessionHeader))
                .users();
    }

    private static List<String> contact(boolean everywhere, boolean tls, Target... nodes) throws InterruptedException {
        return new FirstContact(setting(everywhere, tls)).make(List.of(nodes));
    }

    private static Duration timeout(Duration ofUsers, Duration ready) {
        return setting(true, false, ofUsers, ready).timeout();
    }

    private static FirstContactSetting setting(boolean everywhere, boolean tls) {
        return setting(everywhere, tls, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    private static FirstContactSetting setting(boolean everywhere, boolean tls, Duration timeout, Duration ready) {
        Duration minute = Duration.ofMinutes(1);
        UsersSpec users = new UsersSpec(
                1, 0, 1, ALL, UsersSpec.Routing.STICKY, timeout, 1, minute, minute, true, Duration.ZERO, tls);
        return new FirstContactSetting(ProbeAccess.mounted("/probe"), users, Credentials.NONE, everywhere, ready);
    }

    /** A clock of which each look costs an hour. */
    private static final class Hours {
        private long now;

        long next() {
            return now += Duration.ofHours(1).toNanos();
        }
    }
}
