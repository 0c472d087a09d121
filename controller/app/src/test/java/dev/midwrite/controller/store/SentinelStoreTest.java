package dev.midwrite.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.OwnStore;
import dev.midwrite.controller.plan.Secret;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.plan.StoreSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisSentinelPool;
import redis.clients.jedis.exceptions.JedisDataException;

/** Real servers and real sentinels, which take their time. Other systems have one address of loopback only. */
@Tag("long")
@EnabledOnOs(OS.LINUX)
class SentinelStoreTest {
    private static final StoreLogin SHOP = new StoreLogin(Optional.of("shop"), Optional.of("sesame"));

    private final Reaper reaper = Reaper.install();

    @TempDir
    private Path directory;

    private StoreServer store;
    private StoreControl control;

    @AfterEach
    void close() {
        reaper.close();
    }

    @Test
    void whoAsksTheSentinelsFindsTheReplicaThatTookThePlace() throws Exception {
        start(StoreLogin.NONE, Map.of());
        HostAndPort first = redis().address();
        try (JedisSentinelPool pool = pool(StoreLogin.NONE)) {
            write(pool, "before");

            assertThat(act(StoreAction.FAILOVER))
                    .matches("failed over to a replica that was 0 bytes behind, in whose favour its sentinels decided"
                            + " after [0-9]+[.][0-9] s");

            HostAndPort second = redis().address();
            assertThat(second).isNotEqualTo(first);
            assertThat(redis().copies()).isEqualTo(Set.of(first));
            await().atMost(30, TimeUnit.SECONDS).until(() -> second.equals(pool.getCurrentHostMaster()));
            assertThat(read(pool, "before")).isEqualTo("x");
            assertThat(store.statistics()).containsEntry("role", "master");
        }

        act(StoreAction.START);
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> "1".equals(store.statistics().get("connected_slaves")));
    }

    @Test
    void whatACutOffPrimaryTakesIsForgottenWhenItComesBack() throws Exception {
        start(SHOP, Map.of());
        HostAndPort first = redis().address();
        try (Jedis client = client(first)) {
            client.set("before", "x");
            assertThat(client.waitReplicas(1, 10_000)).isEqualTo(1);

            act(StoreAction.ISOLATE);
            await().atMost(30, TimeUnit.SECONDS).until(() -> !redis().address().equals(first));
            client.set("alone", "x".repeat(1_000));

            assertThat(control.lift(StoreAction.ISOLATE))
                    .matches(
                            "had a primary that was cut off, and took [0-9]+ bytes of writes which the one does not have"
                                    + " that its sentinels put in its place");
        }
        // The sentinels make it a replica of the other.
        await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> read(first, "alone") == null);
        assertThat(read(first, "before")).isEqualTo("x");
        assertThat(read(redis().address(), "before")).isEqualTo("x");
        assertThat(read(redis().address(), "alone")).isNull();
    }

    /** Sentinels keep their servers' password in a file, and a bundle is for others to read. */
    @Test
    void noPasswordIsLeftInTheRunsDirectory() throws Exception {
        start(SHOP, Map.of());
        store.close();

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain("sesame"));
        }
    }

    @Test
    void aPrimaryThatIsBackInTimeStaysOne() throws Exception {
        start(StoreLogin.NONE, Map.of());
        HostAndPort first = redis().address();

        act(StoreAction.ISOLATE);

        assertThat(control.lift(StoreAction.ISOLATE))
                .isEqualTo("had a primary that was cut off, and that its sentinels did not replace");
        assertThat(redis().address()).isEqualTo(first);
    }

    @Test
    void aCutOffPrimaryThatWantsAReplicaRejectsWrites() throws Exception {
        start(StoreLogin.NONE, Map.of("min-replicas-to-write", "1"));
        try (Jedis client = client(redis().address())) {
            client.set("before", "x");
            act(StoreAction.ISOLATE);
            await().atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(rejection(client)).startsWith("NOREPLICAS"));
        }
    }

    /** Two cuts at the same time: the end of one is not the end of the other. */
    @Test
    void aReplicaThatMayCatchUpDoesNotEndTheIsolation() throws Exception {
        start(StoreLogin.NONE, Map.of());
        HostAndPort first = redis().address();
        act(StoreAction.LAG);
        act(StoreAction.ISOLATE);

        control.lift(StoreAction.LAG);

        await().atMost(30, TimeUnit.SECONDS).until(() -> !redis().address().equals(first));
    }

    /** The server that was made full is given its memory back, whichever leads by then. */
    @Test
    void roomIsGivenBackToWhoeverItWasTakenFrom() throws Exception {
        start(StoreLogin.NONE, Map.of());
        HostAndPort first = redis().address();
        act(StoreAction.FAILOVER);
        act(StoreAction.START);
        act(StoreAction.FILL);
        assertThat(store.statistics().get("maxmemory")).isNotEqualTo("0");

        control.lift(StoreAction.FILL);

        assertThat(redis().address()).isNotEqualTo(first);
        assertThat(store.statistics()).containsEntry("maxmemory", "0");
    }

    @Test
    void aReplicaThatLagsIsTakenWithWhatItHas() throws Exception {
        start(StoreLogin.NONE, Map.of());
        act(StoreAction.LAG);
        try (Jedis client = client(redis().address())) {
            client.set("late", "x".repeat(1_000));
        }

        String done = act(StoreAction.FAILOVER);

        assertThat(Integer.parseInt(done.replaceFirst("\\D*(\\d+) bytes.*", "$1")))
                .isGreaterThan(1_000);
        try (Jedis client = client(redis().address())) {
            assertThat(client.get("late")).isNull();
        }
    }

    private static String rejection(Jedis client) {
        try {
            client.set("alone", "x");
            return "";
        } catch (JedisDataException e) {
            return e.getMessage();
        }
    }

    private RedisStore redis() {
        return (RedisStore) store.backend();
    }

    private void start(StoreLogin login, Map<String, String> config) {
        StoreSpec spec = new StoreSpec(
                "redis",
                StoreSpec.EMBEDDED,
                Optional.empty(),
                OptionalInt.empty(),
                login.user().map(Secret::new),
                login.password().map(Secret::new),
                new OwnStore(config, 1, 3, OwnStore.DOWN_AFTER, 1));
        store = StoreServer.start(spec, directory, reaper);
        control = store.control().orElseThrow();
    }

    private JedisSentinelPool pool(StoreLogin login) {
        Map<String, String> places = store.placeholders();
        return new JedisSentinelPool(
                places.get("store.sentinel.master"),
                Set.of(places.get("store.sentinels").split(",")).stream()
                        .map(HostAndPort::from)
                        .collect(Collectors.toSet()),
                login.config(3_000),
                StoreLogin.NONE.config(3_000));
    }

    private static void write(JedisSentinelPool pool, String key) {
        try (Jedis client = pool.getResource()) {
            client.set(key, "x");
            assertThat(client.waitReplicas(1, 10_000)).isEqualTo(1);
        }
    }

    private static String read(JedisSentinelPool pool, String key) {
        try (Jedis client = pool.getResource()) {
            return client.get(key);
        }
    }

    private String read(HostAndPort server, String key) {
        try (Jedis client = client(server)) {
            return client.get(key);
        }
    }

    private Jedis client(HostAndPort server) {
        return new Jedis(server, store.login().config(5_000));
    }

    private String act(StoreAction action) throws InterruptedException {
        return control.act(action, Duration.ZERO, 0);
    }
}
