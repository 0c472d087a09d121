package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Trial.StoredSession;
import dev.midwrite.controller.Problem;
import dev.midwrite.event.SessionHash;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

class RedisAuditTest {
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8};

    private static RedisServer server;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = freePort();
        server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.stop();
    }

    @BeforeEach
    void empty() {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.flushAll();
        }
    }

    @Test
    void wholeSessionHasATimeToLiveAndNothingMissing() {
        put(
                "spring:session:sessions:a",
                1_800,
                "creationTime",
                "lastAccessedTime",
                "maxInactiveInterval",
                "sessionAttr:cart");
        StoredSession session = only();
        assertThat(session.idHash()).isEqualTo(new SessionHash(KEY).of("a"));
        assertThat(session.ttlMillis()).isBetween(1L, 1_800_000L);
        assertThat(session.fields())
                .containsExactly("creationTime", "lastAccessedTime", "maxInactiveInterval", "sessionAttr:cart");
        assertThat(session.missing()).isEmpty();
        assertThat(session.cause()).isEmpty();
    }

    @Test
    void sessionWithoutExpiryIsImmortal() {
        put("spring:session:sessions:a", 0, "creationTime", "lastAccessedTime", "maxInactiveInterval");
        assertThat(only().ttlMillis()).isEqualTo(-1);
    }

    @Test
    void mandatoryFieldsThatAreNotThereAreMissing() {
        put("spring:session:sessions:a", 1_800, "lastAccessedTime", "sessionAttr:cart");
        assertThat(only().missing()).containsExactly("creationTime", "maxInactiveInterval");
    }

    @Test
    void keyThatIsNoHashMissesEverything() {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.set("spring:session:sessions:a", "text");
        }
        assertThat(only().fields()).isEmpty();
        assertThat(only().missing()).isEqualTo(RedisAudit.MANDATORY);
    }

    @Test
    void markersOfTheIndexedRepositoryAndOtherKeysAreNoSessions() {
        put("spring:session:sessions:expires:a", 1_800, "x");
        put("spring:session:expirations:1", 1_800, "x");
        put("other:sessions:a", 1_800, "x");
        assertThat(audit().read()).isEmpty();
    }

    @Test
    void namespaceIsATextAndNotAPattern() {
        put("app*:sessions:a", 1_800, "x");
        put("app1:sessions:b", 1_800, "x");
        assertThat(new RedisAudit("127.0.0.1", port, "app*", KEY).read())
                .extracting(StoredSession::idHash)
                .containsExactly(new SessionHash(KEY).of("a"));
    }

    @Test
    void allOfManySessionsAreReadOnceAndInOrder() {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            for (int i = 0; i < 5_000; i++) {
                jedis.hset("spring:session:sessions:" + i, "creationTime", "1");
            }
        }
        List<StoredSession> sessions = audit().read();
        assertThat(sessions).hasSize(5_000);
        assertThat(sessions).extracting(StoredSession::idHash).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsNeverLeaveInClearAndNothingIsChanged() {
        put("spring:session:sessions:secret-cookie", 1_800, "creationTime");
        assertThat(audit().read().toString()).doesNotContain("secret-cookie");
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertThat(jedis.keys("*")).containsExactly("spring:session:sessions:secret-cookie");
            assertThat(jedis.hgetAll("spring:session:sessions:secret-cookie")).isEqualTo(Map.of("creationTime", "1"));
        }
    }

    @Test
    void storeThatDoesNotAnswerIsOneSentence() throws IOException {
        int nobody = freePort();
        assertThatThrownBy(
                        () -> StoreAudit.of("redis", "127.0.0.1", nobody, KEY).read())
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The store audit cannot read Redis at 127.0.0.1:" + nobody);
    }

    @Test
    void kindWithoutAnAuditIsOneSentence() {
        assertThatThrownBy(() -> StoreAudit.of("mongo", "127.0.0.1", port, KEY))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no audit for a store of kind \"mongo\"; there is one for redis.");
    }

    private static StoreAudit audit() {
        return StoreAudit.of("redis", "127.0.0.1", port, KEY);
    }

    private static StoredSession only() {
        List<StoredSession> sessions = audit().read();
        assertThat(sessions).hasSize(1);
        return sessions.get(0);
    }

    /** @param seconds until it expires, 0 for never */
    private static void put(String name, long seconds, String... fields) {
        Map<String, String> values = new HashMap<>();
        for (String field : fields) {
            values.put(field, "1");
        }
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.hset(name, values);
            if (seconds > 0) {
                jedis.expire(name, seconds);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
