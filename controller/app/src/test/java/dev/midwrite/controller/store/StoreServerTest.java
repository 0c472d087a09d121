package dev.midwrite.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.FreePorts;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.Secret;
import dev.midwrite.controller.plan.StoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

class StoreServerTest {
    @TempDir
    Path directory;

    private final Reaper reaper = Reaper.install();

    @AfterEach
    void close() {
        reaper.close();
    }

    @Test
    void startsARealRedisWhoseFilesAreTheRuns() throws IOException {
        Path run = Files.createDirectories(directory.resolve("a path with spaces"));
        StoreServer store = StoreServer.start(new StoreSpec("redis", StoreSpec.EMBEDDED), run, reaper);
        assertThat(store.embedded()).isTrue();
        assertThat(store.version()).matches("Redis \\d+\\.\\d+\\.\\d+");
        try (Jedis client = new Jedis(((RedisStore) store.backend()).host(), ((RedisStore) store.backend()).port())) {
            client.set("key", "value");
            assertThat(client.get("key")).isEqualTo("value");
            assertThat(client.configGet("dir").get("dir"))
                    .isEqualTo(run.resolve("store").toRealPath().toString());
            assertThat(client.configGet("save").get("save")).isEmpty();
        }
        StoreServer other = StoreServer.start(
                new StoreSpec("redis", "127.0.0.1:" + ((RedisStore) store.backend()).port()), directory, reaper);
        assertThat(other.embedded()).isFalse();
        other.close();
        assertThat(other.version()).isEqualTo(store.version());

        store.close();
        store.close();
        try (Jedis client = new Jedis(((RedisStore) store.backend()).host(), ((RedisStore) store.backend()).port())) {
            assertThatThrownBy(client::ping).isInstanceOf(JedisConnectionException.class);
        }
        try (var left = Files.list(run.resolve("store"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("redis.log");
        }
    }

    @Test
    void aServerOfOursHasTheDrillsUserAndPassword() {
        StoreSpec spec = new StoreSpec(
                "redis",
                StoreSpec.EMBEDDED,
                Optional.of("shop"),
                OptionalInt.of(2),
                Optional.of(new Secret("reader")),
                Optional.of(new Secret("s3cret")));
        StoreServer store = StoreServer.start(spec, directory, reaper);
        assertThat(store.version()).matches("Redis \\d+\\.\\d+\\.\\d+");
        assertThat(store.login()).hasToString("a login");
        assertThat(store.placeholders())
                .containsEntry("store.port", Integer.toString(((RedisStore) store.backend()).port()))
                .containsEntry("store.namespace", "shop")
                .containsEntry("store.database", "2")
                .containsEntry("store.user", "reader")
                .containsEntry("store.password", "s3cret");

        StoreSpec without = new StoreSpec("redis", "127.0.0.1:" + ((RedisStore) store.backend()).port());
        StoreServer rejecting = StoreServer.start(without, directory, reaper);
        assertThat(rejecting.version()).isEqualTo("Redis of an unknown version");
        assertThat(rejecting.placeholders()).containsOnlyKeys("store.host", "store.port");
        rejecting.close();
        store.close();
    }

    @Test
    void saysInOneSentenceWhatIsWrong() {
        int nobody = FreePorts.take();
        assertThatThrownBy(() -> StoreServer.start(new StoreSpec("redis", "127.0.0.1:" + nobody), directory, reaper))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The store at 127.0.0.1:" + nobody + " does not answer a Redis PING: ");
        assertThatThrownBy(() -> StoreServer.start(new StoreSpec("redis", "somewhere"), directory, reaper))
                .isInstanceOf(Problem.class)
                .hasMessage("The store's address is embedded or host:port, not somewhere.");
        assertThatThrownBy(() -> StoreServer.start(new StoreSpec("oracle", StoreSpec.EMBEDDED), directory, reaper))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no store of kind oracle; there are redis, jdbc, memcached and files.");
    }
}
