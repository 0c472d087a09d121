package dev.midwrite.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.OwnStore;
import dev.midwrite.controller.plan.Secret;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.plan.StoreSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Real servers, broken in every way that a drill can ask for. */
class EmbeddedStoreTest {
    private static final int KEYS = 500;

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
    void aRestartWithoutPersistenceLosesAll() throws Exception {
        start(Map.of(), 0);
        fill();
        String before = store.statistics().get("run_id");

        assertThat(act(StoreAction.RESTART)).isEqualTo("was restarted");

        assertThat(store.statistics())
                .containsEntry("keys", "0")
                .containsEntry("save", "")
                .containsEntry("role", "master")
                .doesNotContainEntry("run_id", before);
    }

    @Test
    void aRestartWithPersistenceKeepsAll() throws Exception {
        start(Map.of("appendonly", "yes", "appendfsync", "always"), 0);
        fill();

        act(StoreAction.KILL);
        assertThat(control.up()).isFalse();
        assertThatThrownBy(store::statistics).isInstanceOf(Problem.class);
        act(StoreAction.START);

        assertThat(store.statistics())
                .containsEntry("keys", Integer.toString(KEYS))
                .containsEntry("appendonly", "yes");
    }

    @Test
    void whoEndsWithoutBeingAskedIsKnownByItsExit() throws Exception {
        start(Map.of(), 0);
        assertThat(control.endedByItself()).isEmpty();
        act(StoreAction.KILL);
        assertThat(control.endedByItself()).isEmpty();
        act(StoreAction.START);
        assertThat(control.endedByItself()).isEmpty();

        ProcessHandle server = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").startsWith(directory.toString()))
                .findFirst()
                .orElseThrow();
        server.destroyForcibly();

        await().until(() -> control.endedByItself().isPresent());
        assertThat(control.endedByItself())
                .hasValue(
                        "with exit code 137. Something outside sent SIGKILL, as a kernel does that runs out of memory.");
        act(StoreAction.START);
        assertThat(control.endedByItself()).isEmpty();
    }

    @Test
    void aFullStoreRejectsWritesUntilItHasRoomAgain() throws Exception {
        start(Map.of(), 0);
        fill();
        assertThat(act(StoreAction.FILL))
                .startsWith("was made full (maxmemory ")
                .endsWith(", noeviction)");
        try (Jedis client = client()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            client.set("more " + i, "x".repeat(1_000));
                        }
                    })
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageStartingWith("OOM");
        }
        assertThat(store.statistics().get("rejected_for_memory")).isNotEqualTo("0");

        control.lift(StoreAction.FILL);
        try (Jedis client = client()) {
            assertThat(client.set("more", "x".repeat(100_000))).isEqualTo("OK");
        }
        assertThat(store.statistics()).containsEntry("maxmemory", "0");
    }

    @Test
    void aStoreThatIsShortOfMemoryEvicts() throws Exception {
        start(Map.of(), 0);
        fill();

        assertThat(control.act(StoreAction.EVICT, Duration.ZERO, 0.4)).endsWith(", allkeys-lru)");

        // By no more than the few keys that the last step took.
        int evicted = Integer.parseInt(store.statistics().get("evicted_keys"));
        assertThat(evicted).isBetween(KEYS * 4 / 10, KEYS / 2);
        try (Jedis client = client()) {
            client.set("one more", "x".repeat(10_000));
        }
        assertThat(Integer.parseInt(store.statistics().get("evicted_keys"))).isGreaterThan(evicted);
    }

    @Test
    void flushedAndPausedItIsAStoreStill() throws Exception {
        start(Map.of(), 0);
        fill();

        assertThat(act(StoreAction.FLUSH)).isEqualTo("was flushed");
        assertThat(store.statistics()).containsEntry("keys", "0").containsEntry("flushes", "1");
        assertThat(control.act(StoreAction.PAUSE, Duration.ofMillis(20), 0)).isEqualTo("was paused for 20 ms");
        fill();
        assertThat(store.statistics()).containsEntry("keys", Integer.toString(KEYS));
    }

    @Test
    void aReplicaThatLagsTakesThePlaceWithWhatItHas() throws Exception {
        start(Map.of(), 1);
        fill();
        try (Jedis client = client()) {
            // WAIT is about what its own connection wrote: the last key goes once more, behind all others.
            client.set("key " + (KEYS - 1), "value");
            assertThat(client.waitReplicas(1, 5_000)).isEqualTo(1);
        }
        act(StoreAction.LAG);
        try (Jedis client = client()) {
            client.set("late", "x".repeat(1_000));
        }

        String done = act(StoreAction.FAILOVER);

        assertThat(done).matches("failed over to a replica that was [0-9,]+ bytes behind");
        assertThat(Integer.parseInt(done.replaceAll("[^0-9]", ""))).isGreaterThan(1_000);
        assertThat(store.statistics())
                .containsEntry("keys", Integer.toString(KEYS))
                .containsEntry("role", "master");
        try (Jedis client = client()) {
            assertThat(client.get("late")).isNull();
            assertThat(client.set("after", "x")).isEqualTo("OK");
        }
        assertThatThrownBy(() -> act(StoreAction.FAILOVER))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no replica left to fail over to.");
    }

    @Test
    void nodesMayReadFromAReplicaWhichIsBehindWhileItIsCutOff() throws Exception {
        start(Map.of(), 1);
        Map<String, String> places = store.placeholders();
        act(StoreAction.LAG);
        try (Jedis client = client();
                Jedis replica = new Jedis(
                        places.get("store.replica.host"), Integer.parseInt(places.get("store.replica.port")))) {
            client.set("late", "x");
            assertThat(replica.get("late")).isNull();
            control.lift(StoreAction.LAG);
            await().atMost(30, TimeUnit.SECONDS).until(() -> "x".equals(replica.get("late")));
        }
    }

    @Test
    void aReplicaCatchesUpWhenItMay() throws Exception {
        start(Map.of(), 1);
        act(StoreAction.LAG);
        fill();
        String led = control.lift(StoreAction.LAG);
        assertThat(led).matches("had a replica that was [0-9]+ bytes behind");
        assertThat(Integer.parseInt(led.replaceAll("[^0-9]", ""))).isGreaterThan(KEYS);
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> "1".equals(store.statistics().get("connected_slaves")));
        try (Jedis client = client()) {
            client.set("last", "x");
            assertThat(client.waitReplicas(1, 10_000)).isEqualTo(1);
        }

        act(StoreAction.FAILOVER);

        assertThat(store.statistics()).containsEntry("keys", Integer.toString(KEYS + 1));
    }

    @Test
    void itsLoginOutlivesItsProcess() throws Exception {
        StoreSpec open = spec(Map.of(), 1);
        StoreSpec guarded = new StoreSpec(
                open.kind(),
                open.address(),
                open.namespace(),
                open.database(),
                Optional.of(new Secret("shop")),
                Optional.of(new Secret("sesame")),
                open.own());
        store = StoreServer.start(guarded, directory, reaper);
        control = store.control().orElseThrow();

        act(StoreAction.RESTART);
        assertThat(store.statistics()).containsEntry("role", "master");
        try (Jedis stranger = client()) {
            assertThatThrownBy(stranger::ping).hasMessageStartingWith("NOAUTH");
        }
        assertThat(act(StoreAction.FAILOVER)).startsWith("failed over");
        assertThat(store.statistics()).containsEntry("role", "master");
    }

    @Test
    void nothingIsLeftOfIt() throws Exception {
        start(Map.of(), 1);
        store.close();
        try (Jedis client = client()) {
            assertThatThrownBy(client::ping).isInstanceOf(JedisConnectionException.class);
        }
    }

    private void start(Map<String, String> config, int replicas) {
        store = StoreServer.start(spec(config, replicas), directory, reaper);
        control = store.control().orElseThrow();
    }

    private static StoreSpec spec(Map<String, String> config, int replicas) {
        return new StoreSpec(
                "redis",
                StoreSpec.EMBEDDED,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                new OwnStore(config, replicas));
    }

    private String act(StoreAction action) throws InterruptedException {
        return control.act(action, Duration.ZERO, 0);
    }

    private void fill() {
        try (Jedis client = client()) {
            for (int i = 0; i < KEYS; i++) {
                client.set("key " + i, "value ".repeat(200));
            }
        }
    }

    private Jedis client() {
        return new Jedis(((RedisStore) store.backend()).host(), ((RedisStore) store.backend()).port());
    }
}
