package dev.midwrite.controller.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.probe.ProbeCheck.Line;
import dev.midwrite.controller.probe.ProbeCheck.Outcome;
import dev.midwrite.controller.probe.SecondProbe.Flaw;
import dev.midwrite.controller.users.ProbeHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract is checked by a probe that was written from its page, and by what is wrong in one sentence of it. */
class ProbeCheckTest {

    @Test
    void probeFromThePageAlonePasses() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", new ConcurrentHashMap<>())) {
            assertThat(check(probe, false)).allMatch(line -> line.outcome() == Outcome.MET);
        }
    }

    @Test
    void servletPasses(@TempDir Path directory) throws Exception {
        try (ProbeHost host = new ProbeHost(directory, 1)) {
            assertThat(check(host.uri(0), false)).allMatch(line -> line.outcome() == Outcome.MET);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOGIN_PAGE | without a session | 302 to http://shop.example/login",
                "POST_FORBIDDEN | without a session | 403 Forbidden",
                "NOT_MOUNTED | without a session | 404 {",
                "PLAIN_PAGE | without a session | 200 Welcome!",
                "ALWAYS_MAKES_A_SESSION | without a session | \"session\":true",
                "NO_HEADER_ECHO | repeats the request's id in the header | X-Midwrite-Request:",
                "NO_BODY_ECHO | repeats the request's id in the field | {\"node\"",
                "NO_NODE | names its node | \"session\":false",
                "CACHEABLE | forbids caching | Cache-Control:",
                "UNNAMED_REQUEST_ACCEPTED | rejects a request without an id | 200 {",
                "SECURE_COOKIE | create sets a cookie | the cookie sid is not sent back because it is Secure",
                "NO_COOKIE | create sets a cookie | no cookie",
                "SAME_INCARNATION | gives every session an incarnation | 0000000000000001",
                "OLD_SESSION_KEPT | create ends the session | \"session\":true",
                "ONE_REGISTER | keeps registers of different names | \"value\":\"mw1:0000000000000002",
                "CHANGE_IS_LOST | keeps an object | \"value\":null",
                "DISPATCH_IS_LOST | sets a register while | \"value\":null",
                "LISTS_EVERYBODY | logs in by a name | \"sessions\":[",
                "ENDS_EVERYBODY | ends the other sessions | \"session\":false",
                "ENDS_NOBODY | ends the other sessions | \"session\":true",
                "REMOVE_IGNORED | removes a register | \"value\":\"mw1:0000000000000001",
                "BAD_REQUEST_ACCEPTED | rejects a change without its value | with echo",
                "UNKNOWN_PATH_ACCEPTED | rejects an unknown path | with echo",
                "WHOLE_LIST_ALWAYS | appends to the list | \"length\":10",
                "WRONG_HASH | commits to the list | \"hash\"",
                "NO_WHOLE | shows the whole list | \"ids\"",
                "LIST_UNREADABLE | appends to the list | 500 SerializationException: Could not read JSON",
                "REPEAT_DROPPED | applies a request that comes twice | \"length\":1",
                "COUNTS_BY_TWO | counts | \"value\":2",
                "THREE_IN_A_GROUP | sets and shows the four | \"group\":[null,null,null]",
                "LARGE_IS_LOST | keeps a large session | \"group\":[null]",
                "NO_PARENT | makes each version | \"parent\":null",
                "ROTATE_FORGETS | rotate keeps | \"value\":null",
                "OLD_ID_ALIVE | rotate ends the old id | \"session\":true",
                "RELOGIN_KEEPS_THE_SESSION | relogin ends | \"session\":true",
                "LOGOUT_IGNORED | logout ends | \"session\":true",
            })
    void brokenProbeFailsWhereItIsBroken(Flaw flaw, String sentence, String got) throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", new ConcurrentHashMap<>(), flaw)) {
            List<Line> unmet = check(probe, false).stream()
                    .filter(line -> line.outcome() == Outcome.UNMET)
                    .toList();
            assertThat(unmet.get(0).sentence()).startsWith(sentence);
            assertThat(unmet.get(0).got()).contains(got);
            // A list that cannot be read at all breaks each sentence about reading it.
            assertThat(unmet).hasSize(flaw == Flaw.LIST_UNREADABLE ? 3 : flaw == Flaw.LISTS_EVERYBODY ? 2 : 1);
        }
    }

    @Test
    void probeMayListNoSessions() throws Exception {
        Map<String, SecondProbe.Stored> sessions = new ConcurrentHashMap<>();
        try (SecondProbe probe = new SecondProbe("node-1", sessions, Flaw.SESSIONS_ARE_NOT_LISTED)) {
            assertThat(check(probe, false)).allMatch(line -> line.outcome() == Outcome.MET);
        }
    }

    @Test
    void behindTlsSecureCookiesAreRight() throws Exception {
        try (SecondProbe probe = new SecondProbe("node-1", new ConcurrentHashMap<>(), Flaw.SECURE_COOKIE)) {
            assertThat(check(probe, true)).allMatch(line -> line.outcome() == Outcome.MET);
        }
    }

    private static List<Line> check(SecondProbe probe, boolean tls) throws InterruptedException {
        return check(probe.address(), tls);
    }

    private static List<Line> check(URI service, boolean tls) throws InterruptedException {
        return new ProbeCheck(URI.create(service + "/probe"), tls, Duration.ofMinutes(1)).run(line -> {});
    }
}
