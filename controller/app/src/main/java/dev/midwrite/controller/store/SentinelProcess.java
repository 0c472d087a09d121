package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.nodes.Reaper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import redis.clients.jedis.exceptions.JedisException;

/** One Redis Sentinel. It rewrites its configuration as it learns, so each has a file of its own. */
final class SentinelProcess extends ServerProcess {
    /** Where sentinels live, and where they come from: so their connections can be told from others'. */
    static final String HOST = "127.0.0.2";

    /** Under which they know the primary. */
    static final String NAME = "sessions";

    private static final String CONFIGURATION = "sentinel.conf";

    private final Path executable;
    private final Path configuration;

    private SentinelProcess(Path executable, Path directory, int port, Reaper reaper) {
        super(directory, directory.resolve("sentinel.log"), port, reaper);
        this.executable = executable;
        this.configuration = directory.resolve(CONFIGURATION);
    }

    /**
     * Nothing is started yet.
     *
     * @param directory its own; made if it is not there
     * @param watch lines of its configuration: whom it watches, and how
     */
    static SentinelProcess at(Path executable, Path directory, int port, List<String> watch, Reaper reaper)
            throws IOException {
        PrivateFiles.directory(directory);
        SentinelProcess sentinel = new SentinelProcess(executable, directory, port, reaper);
        String text = "port " + port + "\nbind " + HOST + "\n" + String.join("\n", watch) + "\n";
        PrivateFiles.write(sentinel.configuration, text);
        return sentinel;
    }

    @Override
    List<String> command() {
        return List.of(executable.toString(), configuration.getFileName().toString(), "--sentinel");
    }

    @Override
    boolean answers() {
        try (RedisConnection connection = connect()) {
            return connection.ping();
        } catch (JedisException e) {
            return false;
        }
    }

    /** On which port it holds the primary to be; empty if it does not answer. */
    OptionalInt primary() {
        try (RedisConnection connection = connect()) {
            return connection.primary(NAME);
        } catch (JedisException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether it has heard of so many replicas, and so many other sentinels. */
    boolean knows(int replicas, int others) {
        try (RedisConnection connection = connect()) {
            Map<String, String> watched = connection.watched(NAME);
            return Integer.toString(replicas).equals(watched.get("num-slaves"))
                    && Integer.toString(others).equals(watched.get("num-other-sentinels"));
        } catch (JedisException e) {
            return false;
        }
    }

    /** Its configuration goes with it: the servers' password stands there, and is to be in no bundle. */
    @Override
    synchronized void end() {
        super.end();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(configuration.getParent(), CONFIGURATION + "*")) { // A draft of it, perhaps.
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new Problem("The configuration of a sentinel cannot be deleted: " + e.getMessage() + ".", e);
        }
    }

    private RedisConnection connect() {
        return RedisConnection.to(HOST, port(), StoreLogin.NONE);
    }
}
