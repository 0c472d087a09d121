package dev.midwrite.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.FreePorts;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try (Jedis client = new Jedis(store.host(), store.port())) {
            client.set("key", "value");
            assertThat(client.get("key")).isEqualTo("value");
            assertThat(client.configGet("dir").get("dir"))
                    .isEqualTo(run.resolve("store").toRealPath().toString());
            assertThat(client.configGet("save").get("save")).isEmpty();
        }
        StoreServer other = StoreServer.start(new StoreSpec("redis", "127.0.0.1:" + store.port()), directory, reaper);
        assertThat(other.embedded()).isFalse();
        other.close();
        assertThat(other.version()).isEqualTo(store.version());

        store.close();
        store.close();
        try (Jedis client = new Jedis(store.host(), store.port())) {
            assertThatThrownBy(client::ping).isInstanceOf(JedisConnectionException.class);
        }
        try (var left = Files.list(run.resolve("store"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("redis.log");
        }
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
                .hasMessage("There is no store of kind oracle; there is redis.");
    }
}
