package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.OwnStore;
import dev.midwrite.controller.plan.StoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import redis.embedded.core.ExecutableProvider;

/**
 * Real Redis servers of ours, of which one is the primary; a Maven artifact carries their binary. All their files lie in one
 * directory. Thread-safe; closing is idempotent.
 */
sealed interface RedisServers extends StoreControl, AutoCloseable permits EmbeddedStore, SentinelStore {

    /**
     * Started, and ready for clients.
     *
     * @param directory for the files of all of them
     * @throws Problem if one of them does not start
     */
    static RedisServers start(StoreSpec spec, StoreLogin login, Path directory, Reaper reaper) {
        RedisServers servers = null;
        boolean started = false;
        try {
            PrivateFiles.directory(directory);
            Path executable = ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath()
                    .toAbsolutePath();
            servers = spec.own().sentinels() > 0
                    ? new SentinelStore(executable, login, reaper)
                    : new EmbeddedStore(executable, login, reaper);
            servers.begin(spec.own(), directory, reaper);
            started = true;
            return servers;
        } catch (IOException e) {
            throw new Problem("The embedded Redis does not start; " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("The start of the embedded Redis was interrupted.", e);
        } finally {
            if (!started && servers != null) {
                servers.close();
            }
        }
    }

    /**
     * Starts them; once.
     *
     * @throws IOException if one of them does not start, or they do not find each other
     */
    void begin(OwnStore spec, Path directory, Reaper reaper) throws IOException, InterruptedException;

    /** Where clients reach the primary of this moment, on loopback. */
    int port();

    /** Where clients may read from the first replica; empty without one. It stays, whatever becomes of the replica. */
    OptionalInt replicaPort();

    /** Where clients reach those that are not the primary now: what lies there is the same store once more, or an older one. */
    Set<Integer> copies();

    /** What nodes may ask for beside host and port, by placeholder. */
    Map<String, String> placeholders();

    @Override
    void close();

    /** @throws Problem if that cannot be done */
    static void delete(Path executable) {
        try {
            Files.deleteIfExists(executable);
        } catch (IOException e) {
            throw new Problem("The embedded Redis cannot be deleted: " + e.getMessage() + ".", e);
        }
    }
}
