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
    void whole_session_has_a_time_to_live_and_nothing_missing() {
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
    void session_without_expiry_is_immortal() {
        put("spring:session:sessions:a", 0, "creationTime", "lastAccessedTime", "maxInactiveInterval");
        assertThat(only().ttlMillis()).isEqualTo(-1);
    }

    @Test
    void mandatory_fields_that_are_not_there_are_missing() {
        put("spring:session:sessions:a", 1_800, "lastAccessedTime", "sessionAttr:cart");
        assertThat(only().missing()).containsExactly("creationTime", "maxInactiveInterval");
    }

    @Test
    void key_that_is_no_hash_misses_everything() {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.set("spring:session:sessions:a", "text");
        }
        assertThat(only().fields()).isEmpty();
        assertThat(only().missing()).isEqualTo(RedisAudit.MANDATORY);
    }

    @Test
    void markers_of_the_indexed_repository_and_other_keys_are_no_sessions() {
        put("spring:session:sessions:expires:a", 1_800, "x");
        put("spring:session:expirations:1", 1_800, "x");
        put("other:sessions:a", 1_800, "x");
        assertThat(audit().read()).isEmpty();
    }

    @Test
    void namespace_is_a_text_and_not_a_pattern() {
        put("app*:sessions:a", 1_800, "x");
        put("app1:sessions:b", 1_800, "x");
        assertThat(new RedisAudit("127.0.0.1", port, "app*", KEY).read())
                .extracting(StoredSession::idHash)
                .containsExactly(new SessionHash(KEY).of("a"));
    }

    @Test
    void all_of_many_sessions_are_read_once_and_in_order() {
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
    void ids_never_leave_in_clear_and_nothing_is_changed() {
        put("spring:session:sessions:secret-cookie", 1_800, "creationTime");
        assertThat(audit().read().toString()).doesNotContain("secret-cookie");
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertThat(jedis.keys("*")).containsExactly("spring:session:sessions:secret-cookie");
            assertThat(jedis.hgetAll("spring:session:sessions:secret-cookie")).isEqualTo(Map.of("creationTime", "1"));
        }
    }

    @Test
    void store_that_does_not_answer_is_one_sentence() throws IOException {
        int nobody = freePort();
        assertThatThrownBy(
                        () -> StoreAudit.of("redis", "127.0.0.1", nobody, KEY).read())
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The store audit cannot read Redis at 127.0.0.1:" + nobody);
    }

    @Test
    void kind_without_an_audit_is_one_sentence() {
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
