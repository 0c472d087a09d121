package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.plan.StoreSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Real memcached servers of ours, as many as the drill asks for. What a timeline does is done to the first; a flush to all. */
final class EmbeddedMemcached implements StoreControl, AutoCloseable {
    private final OwnServers<MemcachedProcess> own = new OwnServers<>();
    private final List<MemcachedProcess> servers = new ArrayList<>();
    private final Reaper.Entry atTheEnd;

    private EmbeddedMemcached(Reaper reaper) {
        this.atTheEnd = reaper.add("the embedded memcached", own::end);
    }

    static EmbeddedMemcached start(StoreSpec spec, Path directory, Reaper reaper) {
        EmbeddedMemcached store = new EmbeddedMemcached(reaper);
        boolean started = false;
        try {
            PrivateFiles.directory(directory);
            for (int i = 1; i <= spec.own().servers(); i++) {
                Path log = directory.resolve("memcached-" + i + ".log");
                store.servers.add(store.own.start(
                        port -> new MemcachedProcess(log, port, spec.own().config(), reaper)));
            }
            started = true;
            return store;
        } catch (IOException e) {
            throw new Problem("The embedded memcached does not start; " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("The start of the embedded memcached was interrupted.", e);
        } finally {
            if (!started) {
                store.close();
            }
        }
    }

    List<InetSocketAddress> addresses() {
        return servers.stream().map(MemcachedProcess::address).toList();
    }

    @Override
    public boolean up() {
        return servers.get(0).alive();
    }

    @Override
    public Optional<String> endedByItself() {
        return servers.stream()
                .map(MemcachedProcess::endedByItself)
                .flatMap(Optional::stream)
                .findFirst()
                .map(how -> (servers.size() == 1 ? "" : "(one of its " + servers.size() + " servers) ") + how);
    }

    @Override
    public synchronized String act(StoreAction action, Duration lasting, double share) throws InterruptedException {
        MemcachedProcess first = servers.get(0);
        String which = servers.size() == 1 ? "" : ", the first of its " + servers.size() + " servers";
        try {
            return switch (action) {
                case RESTART -> {
                    first.stop();
                    first.start();
                    yield "was restarted" + which;
                }
                case KILL -> {
                    first.kill();
                    yield "was killed" + which;
                }
                case STOP -> {
                    first.stop();
                    yield "was stopped" + which;
                }
                case START -> {
                    first.start();
                    yield "was started again" + which;
                }
                case FLUSH -> {
                    flush();
                    yield "was flushed";
                }
                case FAILOVER, LAG, ISOLATE, FILL, EVICT, PAUSE ->
                    throw new Problem("A store of kind memcached cannot do this: "
                            + action.name().toLowerCase(Locale.ROOT) + ".");
            };
        } catch (IOException e) {
            throw new Problem("The store does not do what it is told; " + e.getMessage() + ".", e);
        }
    }

    private void flush() throws IOException {
        for (MemcachedProcess server : servers) {
            if (server.alive()) {
                try (MemcachedConnection connection = MemcachedConnection.to(server.address())) {
                    connection.flush();
                }
            }
        }
    }

    @Override
    public String lift(StoreAction action) {
        return "";
    }

    /** Ends all servers. Idempotent. */
    @Override
    public void close() {
        atTheEnd.close();
        own.end();
    }
}
