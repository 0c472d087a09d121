package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoreIndexes.Dangling;
import dev.midwrite.check.StoreIndexes.Kind;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.nodes.FreePorts;
import dev.midwrite.controller.plan.Secret;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.StoreLogin;
import dev.midwrite.event.SessionHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

class RedisAuditTest {
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final String[] WHOLE = {"creationTime", "lastAccessedTime", "maxInactiveInterval"};

    private static final String PRINCIPALS = "spring:session:index:"
            + "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:ann";

    private static RedisServer server;
    private static int port;

    private final Jedis jedis = new Jedis("127.0.0.1", port);

    @BeforeAll
    static void start() throws IOException {
        port = FreePorts.take();
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
        jedis.flushAll();
    }

    @AfterEach
    void close() {
        jedis.close();
    }

    @Test
    void wholeSessionHasATimeToLiveAndNothingMissing() {
        put("spring:session:sessions:a", 1_800, "creationTime", "lastAccessedTime", "maxInactiveInterval", "other");
        StoredSession session = only(read(theirs()));
        assertThat(session.idHash()).isEqualTo(hash("a"));
        assertThat(session.layout()).isEqualTo(Layout.SPRING);
        assertThat(session.lifetime().ttlMillis()).isBetween(1L, 1_800_000L);
        assertThat(session.lifetime().intervalSeconds()).isEqualTo(1);
        assertThat(session.fields())
                .containsExactly("creationTime", "lastAccessedTime", "maxInactiveInterval", "other");
        assertThat(session.missing()).isEmpty();
        assertThat(session.cause()).isEmpty();
    }

    @Test
    void sessionWithoutExpiryIsImmortal() {
        put("spring:session:sessions:a", 0, WHOLE);
        assertThat(only(read(theirs())).lifetime().ttlMillis()).isEqualTo(Lifetime.NONE);
    }

    @Test
    void mandatoryFieldsThatAreNotThereAreMissing() {
        put("spring:session:sessions:a", 1_800, "lastAccessedTime", "sessionAttr:cart");
        assertThat(only(read(theirs())).missing()).containsExactly("creationTime", "maxInactiveInterval");
    }

    @Test
    void aSessionOfOnlyAttributesMissesTheRest() {
        put("spring:session:sessions:a", 1_800, "sessionAttr:cart");
        assertThat(only(read(theirs())).missing()).containsExactly(WHOLE);
    }

    @Test
    void keysThatShareASessionsNamespaceAreNoSessions() {
        put("spring:session:sessions:a", 1_800, WHOLE);
        jedis.setex("spring:session:sessions:expires:a", 1_500, "");
        jedis.sadd("spring:session:expirations:1700000000000", "expires:a");
        jedis.zadd("spring:session:sessions:expirations", 1, "a");
        jedis.sadd("spring:session:sessions:a:idx", "x");
        jedis.sadd("spring:session:sessions:index:PRINCIPAL_NAME_INDEX_NAME:user", "a");
        jedis.set("other:key", "x");

        StoredSession session = only(read(theirs()));

        assertThat(session.layout()).isEqualTo(Layout.SPRING_INDEXED);
        assertThat(session.lifetime().shadowMillis()).isBetween(1L, 1_500_000L);
    }

    @Test
    void indexesOfLiveSessionsAndTheRestOfEndedOnesAreSound() throws IOException {
        long minute = System.currentTimeMillis() + 60_000;
        put("spring:session:sessions:a", 2_100, WHOLE);
        jedis.setex("spring:session:sessions:expires:a", 1_800, "");
        jedis.sadd("spring:session:expirations:" + minute, "expires:a", "expires:gone");
        jedis.zadd("spring:session:sessions:expirations", (double) minute, "gone");
        jedis.sadd(PRINCIPALS.getBytes(StandardCharsets.UTF_8), Serialized.bytes("a"));

        StoreIndexes indexes = read(theirs()).indexes();

        assertThat(indexes.entries()).isEqualTo(2);
        assertThat(indexes.dangling()).isEmpty();
    }

    @Test
    void entriesThatNameNoSessionDangle() throws IOException {
        jedis.sadd(
                PRINCIPALS.getBytes(StandardCharsets.UTF_8),
                Serialized.bytes("a"),
                "\"b\"".getBytes(StandardCharsets.UTF_8),
                new byte[] {1, 2, 3});
        jedis.sadd("spring:session:sessions:index:PRINCIPAL_NAME_INDEX_NAME:ann", "c");
        jedis.setex("spring:session:sessions:expires:d", 60, "");
        jedis.sadd("spring:session:sessions:e:idx", "x");
        jedis.sadd("spring:session:expirations:1700000000000", "expires:f");
        jedis.zadd("spring:session:sessions:expirations", 1_700_000_000_000.0, "g");

        assertThat(read(theirs()).indexes().dangling())
                .containsExactlyInAnyOrder(
                        new Dangling(hash("a"), Kind.PRINCIPAL, true),
                        new Dangling(hash("b"), Kind.PRINCIPAL, true),
                        new Dangling(hash("c"), Kind.PRINCIPAL, true),
                        new Dangling(hash("d"), Kind.EXPIRY_KEY, false),
                        new Dangling(hash("e"), Kind.SESSION, true),
                        new Dangling(hash("f"), Kind.EXPIRATIONS, true),
                        new Dangling(hash("g"), Kind.EXPIRATIONS, true));
    }

    @Test
    void anIndexedRepositoryIsKnownByItsBucketsAlone() {
        put("spring:session:sessions:a", 200, WHOLE);
        jedis.sadd("spring:session:expirations:1700000000000", "expires:b");

        StoredSession session = only(read(theirs()));

        assertThat(session.layout()).isEqualTo(Layout.SPRING_INDEXED);
        assertThat(session.lifetime().shadowMillis()).isEqualTo(Lifetime.ABSENT);
    }

    @Test
    void itLooksWhereNodesKeepSessions() {
        put("shop:session:sessions:a", 1_800, WHOLE);
        put("spring:session:sessions:of-somebody-else", 1_800, WHOLE);

        StoreContents found = read(theirs(), location("shop:session:sessions:{id}"));

        assertThat(only(found).idHash()).isEqualTo(hash("a"));
        assertThat(found.places()).containsExactly("shop:session:sessions:{id} at 127.0.0.1:" + port + "/0");
    }

    /** Micronaut's, for one: keys like Spring Session's in a store of the drill's own, and none of their fields. */
    @Test
    void keysThatMayBeSessionsAreNamedWithWhatWouldMakeThemSo() {
        put("micronaut:session:sessions:a", 1_800, "Creation-Time", "cart");
        put("micronaut:session:sessions:b", 1_800, "Creation-Time", "cart");

        StoreContents found = read(ours());

        assertThat(found.sessions()).isEmpty();
        assertThat(found.places())
                .contains("micronaut:session:sessions:{id} at 127.0.0.1:" + port
                        + "/0 (2 keys are there, and nothing shows that they are sessions; if so, say namespace:"
                        + " \"micronaut:session:sessions:{id}\")");
    }

    @Test
    void whatNodesKeepBesideASessionMakesItIndexedAndIsNoOther() {
        put("s:sessions:a", 1_800, WHOLE);
        put("s:sessions:b", 100, WHOLE);

        StoreContents found = read(theirs(), location("s:sessions:expires:{id}"), location("s:sessions:{id}:idx"));

        assertThat(found.sessions()).extracting(StoredSession::layout).containsOnly(Layout.SPRING_INDEXED);
        assertThat(found.sessions()).hasSize(2);
    }

    @Test
    void itLooksInEveryDatabaseUnlessTheDrillNamesOne() {
        jedis.select(3);
        put("spring:session:sessions:a", 1_800, WHOLE);
        jedis.select(5);
        put("spring:session:sessions:b", 1_800, WHOLE);

        assertThat(read(theirs()).sessions()).hasSize(2);
        assertThat(only(read(spec("127.0.0.1:1", null, 5))).idHash()).isEqualTo(hash("b"));
    }

    @Test
    void inAnotherDatabaseThanTheNodesReportAreSomebodyElsesSessions() {
        put("spring:session:sessions:of-somebody-else", 0, WHOLE);
        jedis.select(3);
        put("spring:session:sessions:a", 1_800, WHOLE);

        StoreContents found = read(
                theirs(), new SessionLocation("spring:session:sessions:{id}", "127.0.0.1:" + port, OptionalInt.of(3)));

        assertThat(only(found).idHash()).isEqualTo(hash("a"));
        assertThat(found.places()).containsExactly("spring:session:sessions:{id} at 127.0.0.1:" + port + "/3");
    }

    @Test
    void aDatabaseInWhichNoneLieIsNotTheLastWord() {
        put("spring:session:sessions:a", 1_800, WHOLE);

        StoreContents found = read(
                theirs(), new SessionLocation("spring:session:sessions:{id}", "127.0.0.1:" + port, OptionalInt.of(3)));

        assertThat(only(found).idHash()).isEqualTo(hash("a"));
        assertThat(found.places()).hasSize(2);
    }

    @Test
    void aDrillOverridesWhatNodesReport() {
        put("mine:sessions:a", 1_800, WHOLE);
        put("theirs:sessions:b", 1_800, WHOLE);

        StoreContents found = read(spec("127.0.0.1:1", "mine", -1), location("theirs:sessions:{id}"));

        assertThat(only(found).idHash()).isEqualTo(hash("a"));
    }

    @Test
    void namespaceIsATextAndNotAPattern() {
        put("app*:sessions:a", 1_800, WHOLE);
        put("app1:sessions:b", 1_800, WHOLE);
        assertThat(only(read(spec("127.0.0.1:1", "app*", -1))).idHash()).isEqualTo(hash("a"));
    }

    @Test
    void inAStoreOfOurOwnSessionsAreFoundUnderAnyNamespace() {
        put("shop:session:sessions:a", 1_800, WHOLE);
        jedis.hset("lab:sessions:b", "field", "of another layout");

        assertThat(only(read(ours())).idHash()).isEqualTo(hash("a"));
        assertThat(read(theirs()).sessions()).as("a store that others use, too").isEmpty();
    }

    @Test
    void aSessionInOneValueIsJudgedByItsTimeAlone() {
        jedis.setex("tomcat:a", 1_800, "serialized");
        jedis.set("tomcat:b", "serialized");
        jedis.setex("tomcat:c", 1_800, "serialized");

        StoreContents found = read(theirs(), location("tomcat:{id}"));

        assertThat(found.sessions()).hasSize(3).allSatisfy(session -> {
            assertThat(session.layout()).isEqualTo(Layout.OTHER);
            assertThat(session.missing()).isEmpty();
        });
        assertThat(found.sessions())
                .extracting(session -> session.lifetime().ttlMillis())
                .contains(Lifetime.NONE);
    }

    @Test
    void aHashOfOtherFieldsMissesNone() {
        jedis.hset("redisson:tomcat_session:a", "session:creationTime", "1");
        jedis.expire("redisson:tomcat_session:a", 60);
        jedis.hset("x:sessions:b", "created", "1");
        jedis.expire("x:sessions:b", 60);

        StoreContents found = read(theirs(), location("redisson:tomcat_session:{id}"), location("x:sessions:{id}"));

        assertThat(found.sessions()).hasSize(2).allSatisfy(session -> {
            assertThat(session.layout()).isEqualTo(Layout.OTHER);
            assertThat(session.missing()).isEmpty();
        });
    }

    @Test
    void keysThatNeverExpireAreSessionsOnlyIfTheDrillSaysSo() {
        jedis.set("log:a", "last login");

        assertThat(read(theirs(), location("log:{id}")).sessions()).isEmpty();
        assertThat(read(spec("127.0.0.1:1", "log:{id}", -1)).sessions()).hasSize(1);
    }

    @Test
    void aSessionBesideAnotherKeyOfItsIdIsReadOnce() {
        put("spring:session:sessions:a", 1_800, WHOLE);
        jedis.setex("limit:a", 5, "3");

        StoreContents found = read(theirs(), location("limit:{id}"), location("spring:session:sessions:{id}"));

        assertThat(only(found).layout()).isEqualTo(Layout.SPRING);
    }

    @Test
    void whatLayThereBeforeIsNoneOfTheDrills() {
        put("spring:session:sessions:old", 0, WHOLE);
        RedisAudit audit = audit(theirs(), StoreLogin.NONE);
        audit.begin();
        put("spring:session:sessions:new", 1_800, WHOLE);

        assertThat(only(audit.read(List.of(), () -> 0)).idHash()).isEqualTo(hash("new"));
    }

    @Test
    void allOfManySessionsAreReadOnceAndInOrder() {
        for (int i = 0; i < 5_000; i++) {
            jedis.hset("spring:session:sessions:" + i, "creationTime", "1");
        }
        List<StoredSession> sessions = read(theirs()).sessions();
        assertThat(sessions).hasSize(5_000);
        assertThat(sessions).extracting(StoredSession::idHash).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsNeverLeaveInClearAndNothingIsChanged() {
        put("spring:session:sessions:secret-cookie", 1_800, "creationTime");
        assertThat(read(theirs()).toString()).doesNotContain("secret-cookie");
        assertThat(jedis.keys("*")).containsExactly("spring:session:sessions:secret-cookie");
        assertThat(jedis.hgetAll("spring:session:sessions:secret-cookie")).isEqualTo(Map.of("creationTime", "1"));
    }

    @Test
    void anEmptyStoreIsSaidToBeEmpty() {
        StoreContents found = read(theirs());
        assertThat(found.doubt()).isEmpty();
        assertThat(found.places()).containsExactly("any key in Redis at 127.0.0.1:" + port + ", which is empty");
        assertThat(found.readAt()).isEqualTo(4711);
    }

    @Test
    void aStoreThatDoesNotAnswerIsADoubt() {
        int nobody = FreePorts.take();
        RedisAudit audit = new RedisAudit("127.0.0.1", nobody, theirs(), StoreLogin.NONE, KEY);
        audit.begin();

        StoreContents found = audit.read(List.of(), () -> 0);

        assertThat(found.doubt()).startsWith("The store audit cannot read Redis at 127.0.0.1:" + nobody + ": ");
        assertThat(found.sessions()).isEmpty();
    }

    @Test
    void aStoreThatNodesUseIsReadAndOneThatCannotBeReadIsNamed() {
        put("s:sessions:a", 1_800, WHOLE);
        int nobody = FreePorts.take();

        StoreContents found = read(
                theirs(),
                new SessionLocation("s:sessions:{id}", "localhost:" + port, OptionalInt.empty()),
                new SessionLocation("s:sessions:{id}", "127.0.0.1:" + nobody, OptionalInt.of(0)));

        assertThat(found.sessions()).hasSize(1);
        assertThat(found.places())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("Redis at 127.0.0.1:" + nobody + ", which a node uses and the audit cannot read: ");
    }

    @Test
    void rejectionsAreDoubtsThatSayWhatIsMissing() {
        put("spring:session:sessions:a", 1_800, WHOLE);
        jedis.configSet("requirepass", "right");
        jedis.auth("right");
        jedis.aclSetUser("reader", "on", ">pw", "~*", "+@all", "-scan");
        try {
            assertThat(read(theirs()).doubt()).contains("it wants a password (NOAUTH)");
            assertThat(read(theirs(), login(null, "wrong")).doubt()).contains("does not accept", "WRONGPASS");
            assertThat(read(theirs(), login("reader", "pw")).doubt()).contains("too few rights", "NOPERM", "scan");
            assertThat(read(theirs(), login(null, "right")).doubt()).isEmpty();
            assertThat(read(theirs(), login(null, "right")).sessions()).hasSize(1);
            assertThat(read(theirs(), login(null, "wrong")).doubt()).doesNotContain("wrong");
        } finally {
            jedis.aclDelUser("reader");
            jedis.configSet("requirepass", "");
        }
    }

    private static StoreSpec theirs() {
        return new StoreSpec("redis", "127.0.0.1:1");
    }

    private static StoreSpec ours() {
        return new StoreSpec("redis", StoreSpec.EMBEDDED);
    }

    private static StoreSpec spec(String address, String namespace, int database) {
        return new StoreSpec(
                "redis",
                address,
                Optional.ofNullable(namespace),
                database < 0 ? OptionalInt.empty() : OptionalInt.of(database),
                Optional.empty(),
                Optional.empty());
    }

    private static StoreLogin login(String user, String password) {
        return StoreLogin.of(new StoreSpec(
                "redis",
                "127.0.0.1:1",
                Optional.empty(),
                OptionalInt.empty(),
                Optional.ofNullable(user).map(Secret::new),
                Optional.of(new Secret(password))));
    }

    private static SessionLocation location(String shape) {
        return new SessionLocation(shape, "127.0.0.1:" + port, OptionalInt.empty());
    }

    private static RedisAudit audit(StoreSpec spec, StoreLogin login) {
        return new RedisAudit("127.0.0.1", port, spec, login, KEY);
    }

    private static StoreContents read(StoreSpec spec, SessionLocation... reported) {
        return audit(spec, StoreLogin.NONE).read(Arrays.asList(reported), () -> 4711);
    }

    private static StoreContents read(StoreSpec spec, StoreLogin login) {
        return audit(spec, login).read(List.of(), () -> 0);
    }

    private static StoredSession only(StoreContents contents) {
        assertThat(contents.sessions()).hasSize(1);
        return contents.sessions().get(0);
    }

    private static long hash(String id) {
        return new SessionHash(KEY).of(id);
    }

    /** @param seconds until it expires, 0 for never */
    private void put(String name, long seconds, String... fields) {
        Map<String, String> values = new HashMap<>();
        for (String field : fields) {
            values.put(field, "1");
        }
        jedis.hset(name, values);
        if (seconds > 0) {
            jedis.expire(name, seconds);
        }
    }
}
