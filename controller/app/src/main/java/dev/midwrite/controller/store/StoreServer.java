package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The store that a drill runs on. */
public final class StoreServer implements AutoCloseable {
    private final StoreSpec spec;
    private final StoreLogin login;
    private final StoreBackend backend;
    private final String version;

    private StoreServer(StoreSpec spec, StoreLogin login, StoreBackend backend) {
        this.spec = spec;
        this.login = login;
        this.backend = backend;
        this.version = backend.version();
    }

    /**
     * Starts a server, or checks that the one at the given address answers. One of ours gets the drill's user and
     * password; one that rejects them answers, too, and whether that matters the audit will say.
     *
     * @param runDirectory a server of ours keeps its files in {@code store/}
     * @throws Problem if the kind is not known, the store does not answer or does not start
     */
    public static StoreServer start(StoreSpec spec, Path runDirectory, Reaper reaper) {
        StoreLogin login = StoreLogin.of(spec);
        StoreBackend backend = switch (spec.kind()) {
            case "redis" -> RedisStore.start(spec, login, runDirectory, reaper);
            case "jdbc" -> JdbcDatabase.start(spec, login);
            case "memcached" -> MemcachedStore.start(spec, runDirectory, reaper);
            case "files" -> SessionDirectory.start(spec, runDirectory);
            default ->
                throw new Problem(
                        "There is no store of kind " + spec.kind() + "; there are redis, jdbc, memcached and files.");
        };
        boolean answers = false;
        try {
            StoreServer server = new StoreServer(spec, login, backend);
            answers = true;
            return server;
        } finally {
            if (!answers) {
                backend.close();
            }
        }
    }

    /** What a drill says of it. */
    public StoreSpec spec() {
        return spec;
    }

    public StoreLogin login() {
        return login;
    }

    /** What it is behind; decides the audit. */
    public StoreBackend backend() {
        return backend;
    }

    /** What nodes may ask for in their commands and environments, by placeholder. */
    public Map<String, String> placeholders() {
        Map<String, String> values = new HashMap<>(backend.placeholders());
        spec.namespace().ifPresent(namespace -> values.put("store.namespace", namespace));
        spec.database().ifPresent(database -> values.put("store.database", Integer.toString(database)));
        login.user().ifPresent(user -> values.put("store.user", user));
        login.password().ifPresent(password -> values.put("store.password", password));
        return values;
    }

    /** Whether it is ours. */
    public boolean embedded() {
        return spec.embedded();
    }

    /** Empty if it is not ours, or of a kind that cannot be broken. */
    public Optional<StoreControl> control() {
        return backend.control();
    }

    /**
     * What the server says of itself: fields of INFO, parameters of CONFIG, and what is summed up from both; of a database,
     * how many sessions lie in it.
     *
     * @throws Problem if it does not answer
     */
    public Map<String, String> statistics() {
        return backend.statistics();
    }

    /** Such as {@code Redis 6.2.11}. */
    public String version() {
        return version;
    }

    /** Stops it if it is ours. Idempotent. */
    @Override
    public void close() {
        backend.close();
    }
}
