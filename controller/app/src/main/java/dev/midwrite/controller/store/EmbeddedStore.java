package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.OwnStore;
import dev.midwrite.controller.plan.StoreAction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A primary, and replicas if the drill asks for them, which take its place when the drill says so. With replicas, clients and
 * replicas reach the primary through forwarders, so that its address stays when another takes its place.
 */
final class EmbeddedStore implements RedisServers {
    private final Path executable;
    private final StoreLogin login;
    private final OwnServers<RedisProcess> own = new OwnServers<>();

    private final List<Forwarder> forwarders = new CopyOnWriteArrayList<>();
    private final List<RedisProcess> replicas = new CopyOnWriteArrayList<>();
    private volatile RedisProcess primary;
    private final ServerActions actions = new ServerActions();
    private final Reaper.Entry atTheEnd;

    /** @param executable of Redis; whoever closes this deletes it */
    EmbeddedStore(Path executable, StoreLogin login, Reaper reaper) {
        this.login = login;
        this.executable = executable;
        this.atTheEnd = reaper.add("the embedded Redis", this::end);
    }

    @Override
    public void begin(OwnStore spec, Path directory, Reaper reaper) throws IOException, InterruptedException {
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
            replica.follow(replication().port());
        }
    }

    @Override
    public int port() {
        return forwarders.isEmpty() ? primary.port() : clients().port();
    }

    @Override
    public Set<Integer> copies() {
        return replicas.stream().map(RedisProcess::port).collect(Collectors.toSet());
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of();
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
                case FAILOVER -> failover();
                case LAG -> {
                    replication().cut();
                    yield "was cut off from its replicas";
                }
                default -> actions.act(primary, action, lasting, share);
            };
        } catch (JedisException e) {
            throw ServerActions.failed(e);
        }
    }

    @Override
    public synchronized String lift(StoreAction action) {
        if (action == StoreAction.LAG) {
            return caughtUp();
        }
        actions.lift();
        return "";
    }

    /** Replicas reach the primary again. How far they were behind is known if both sides tell. */
    private String caughtUp() {
        if (forwarders.isEmpty()) {
            return "";
        }
        OptionalLong behind = OptionalLong.empty();
        try {
            long written = primary.written();
            behind = replicas.stream()
                    .mapToLong(replica -> Math.max(0, written - replica.written()))
                    .max();
        } catch (JedisException e) {
            // One of them is down, and the other cannot be compared with it.
        }
        replication().leadTo(primary.port());
        return behind.isEmpty() ? "" : "had a replica that was " + behind.getAsLong() + " bytes behind";
    }

    @Override
    public OptionalInt replicaPort() {
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
        long written = primary.alive() ? primary.written() : -1;
        primary.kill();
        long behind = written - next.written();
        try (RedisConnection connection = next.connect()) {
            connection.lead();
        }
        primary = next;
        clients().leadTo(next.port());
        replication().leadTo(next.port());
        return "failed over to a replica that was "
                + (written < 0 ? "an unknown number of" : Long.toString(Math.max(0, behind))) + " bytes behind";
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
        RedisServers.delete(executable);
    }
}
