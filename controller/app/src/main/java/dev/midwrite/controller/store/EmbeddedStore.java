package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.plan.StoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/**
 * Real Redis servers, whose binary a Maven artifact carries: a primary, and replicas if the drill asks for them. All their
 * files lie in one directory of ours. With replicas, clients and replicas reach the primary through forwarders, so that
 * its address stays when another takes its place.
 */
final class EmbeddedStore implements StoreControl, AutoCloseable {
    private static final long LINK_SECONDS = 10;
    private static final long POLL_MILLIS = 50;

    private final Path executable;
    private final StoreLogin login;
    private final OwnServers<RedisProcess> own = new OwnServers<>();

    private final List<Forwarder> forwarders = new CopyOnWriteArrayList<>();
    private final List<RedisProcess> replicas = new ArrayList<>();
    private volatile RedisProcess primary;
    private final StoreLimit limit = new StoreLimit();
    private final Reaper.Entry atTheEnd;

    private EmbeddedStore(Path executable, StoreLogin login, Reaper reaper) {
        this.login = login;
        this.executable = executable;
        this.atTheEnd = reaper.add("the embedded Redis", this::end);
    }

    static EmbeddedStore start(StoreSpec spec, StoreLogin login, Path directory, Reaper reaper) {
        EmbeddedStore store = null;
        boolean started = false;
        try {
            PrivateFiles.directory(directory);
            Path executable = ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath()
                    .toAbsolutePath();
            store = new EmbeddedStore(executable, login, reaper);
            store.begin(spec, directory, reaper);
            started = true;
            return store;
        } catch (IOException e) {
            throw new Problem("The embedded Redis does not start; " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("The start of the embedded Redis was interrupted.", e);
        } finally {
            if (!started && store != null) {
                store.close();
            }
        }
    }

    private void begin(StoreSpec spec, Path directory, Reaper reaper) throws IOException, InterruptedException {
        primary = own.start(port -> new RedisProcess(executable, directory, port, login, spec.config(), reaper));
        if (spec.replicas() == 0) {
            return;
        }
        forwarders.add(Forwarder.start(primary.port()));
        forwarders.add(Forwarder.start(primary.port()));
        for (int i = 1; i <= spec.replicas(); i++) {
            Path place = PrivateFiles.directory(directory.resolve("replica-" + i));
            RedisProcess replica =
                    own.start(port -> new RedisProcess(executable, place, port, login, spec.config(), reaper));
            replicas.add(replica);
            try (RedisConnection connection = replica.connect()) {
                connection.follow(replication().port());
                awaitLink(connection);
            }
        }
    }

    /** Of the primary, as clients reach it. */
    int port() {
        return forwarders.isEmpty() ? primary.port() : clients().port();
    }

    @Override
    public synchronized boolean up() {
        return primary.alive();
    }

    /** A replica's end is no loss of what is stored. */
    @Override
    public Optional<String> endedByItself() {
        return primary.endedByItself();
    }

    @Override
    public synchronized String act(StoreAction action, Duration lasting, double share) throws InterruptedException {
        try {
            return switch (action) {
                case RESTART -> {
                    primary.stop();
                    primary.start();
                    yield "was restarted";
                }
                case KILL -> {
                    primary.kill();
                    yield "was killed";
                }
                case STOP -> {
                    primary.stop();
                    yield "was stopped";
                }
                case START -> {
                    primary.start();
                    yield "was started again";
                }
                case FAILOVER -> failover();
                case LAG -> {
                    replication().cut();
                    yield "was cut off from its replicas";
                }
                case FILL, EVICT, FLUSH, PAUSE -> told(action, lasting, share);
            };
        } catch (IOException e) {
            throw new Problem("The store does not start again; " + e.getMessage() + ".", e);
        } catch (JedisException e) {
            throw new Problem("The store does not do what it is told: " + e.getMessage() + ".", e);
        }
    }

    private String told(StoreAction action, Duration lasting, double share) {
        try (RedisConnection connection = primary.connect()) {
            return switch (action) {
                case FILL -> limit.fill(connection);
                case EVICT -> limit.evict(connection, share);
                case FLUSH -> {
                    connection.flush();
                    yield "was flushed";
                }
                default -> {
                    connection.pause(lasting.toMillis());
                    yield "was paused for " + lasting.toMillis() + " ms";
                }
            };
        }
    }

    @Override
    public synchronized String lift(StoreAction action) {
        if (action == StoreAction.LAG) {
            return caughtUp();
        }
        if (primary.alive()) {
            try (RedisConnection connection = primary.connect()) {
                limit.lift(connection);
            } catch (JedisException e) {
                // It is down, and forgets the limit with that.
            }
        }
        return "";
    }

    /** Replicas reach the primary again. How far they were behind is known if both sides tell. */
    private String caughtUp() {
        if (forwarders.isEmpty()) {
            return "";
        }
        OptionalLong behind = OptionalLong.empty();
        try {
            long written = offset(primary);
            behind = replicas.stream()
                    .mapToLong(replica -> Math.max(0, written - offset(replica)))
                    .max();
        } catch (JedisException e) {
            // One of them is down, and the other cannot be compared with it.
        }
        replication().leadTo(primary.port());
        return behind.isEmpty() ? "" : "had a replica that was " + behind.getAsLong() + " bytes behind";
    }

    /** Where clients may read from the first replica; empty without one. It stays, whatever becomes of the replica. */
    OptionalInt replicaPort() {
        return replicas.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(replicas.get(0).port());
    }

    /** The first replica takes the primary's place, with what it has. */
    private String failover() throws InterruptedException {
        if (replicas.isEmpty()) {
            throw new Problem("There is no replica left to fail over to.");
        }
        RedisProcess next = replicas.remove(0);
        long written = primary.alive() ? offset(primary) : -1;
        primary.kill();
        long behind = written - offset(next);
        try (RedisConnection connection = next.connect()) {
            connection.lead();
        }
        primary = next;
        clients().leadTo(next.port());
        replication().leadTo(next.port());
        return "failed over to a replica that was "
                + (written < 0 ? "an unknown number of" : Long.toString(Math.max(0, behind))) + " bytes behind";
    }

    private static long offset(RedisProcess process) {
        try (RedisConnection connection = process.connect()) {
            return Long.parseLong(connection.info().getOrDefault("master_repl_offset", "0"));
        }
    }

    private static void awaitLink(RedisConnection replica) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LINK_SECONDS);
        while (!"up".equals(replica.info().get("master_link_status"))) {
            if (System.nanoTime() > deadline) {
                throw new IOException("a replica does not reach its primary");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Forwarder clients() {
        return forwarders.get(0);
    }

    private Forwarder replication() {
        if (forwarders.isEmpty()) {
            throw new Problem("The store has no replicas.");
        }
        return forwarders.get(1);
    }

    /** Ends all servers. Idempotent. */
    @Override
    public void close() {
        atTheEnd.close();
        end();
    }

    private void end() {
        forwarders.forEach(Forwarder::close);
        own.end();
        try {
            Files.deleteIfExists(executable);
        } catch (IOException e) {
            throw new Problem("The embedded Redis cannot be deleted: " + e.getMessage() + ".", e);
        }
    }
}
