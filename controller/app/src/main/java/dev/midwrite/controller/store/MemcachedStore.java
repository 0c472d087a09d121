package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Some memcached servers, which know nothing of each other: those at the drill's addresses, or real ones of ours. Thread-safe. */
public final class MemcachedStore implements StoreBackend {
    private final List<InetSocketAddress> servers;
    private final Optional<EmbeddedMemcached> ours;

    private MemcachedStore(List<InetSocketAddress> servers, Optional<EmbeddedMemcached> ours) {
        this.servers = servers;
        this.ours = ours;
    }

    /** @throws Problem if it does not start */
    static MemcachedStore start(StoreSpec spec, Path runDirectory, Reaper reaper) {
        if (!spec.embedded()) {
            List<InetSocketAddress> given = Arrays.stream(spec.address().split(","))
                    .map(server -> server.split(":"))
                    .map(server -> InetSocketAddress.createUnresolved(server[0], Integer.parseInt(server[1])))
                    .toList();
            return new MemcachedStore(given, Optional.empty());
        }
        EmbeddedMemcached own = EmbeddedMemcached.start(spec, runDirectory.resolve("store"), reaper);
        return new MemcachedStore(own.addresses(), Optional.of(own));
    }

    /** At least one, unresolved. */
    public List<InetSocketAddress> servers() {
        return servers;
    }

    /** Of the first server, of each by its number, and all at once. */
    @Override
    public Map<String, String> placeholders() {
        Map<String, String> placeholders = new HashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            String server = "store." + (i + 1);
            placeholders.put(server + ".host", servers.get(i).getHostString());
            placeholders.put(server + ".port", Integer.toString(servers.get(i).getPort()));
        }
        placeholders.put("store.host", placeholders.get("store.1.host"));
        placeholders.put("store.port", placeholders.get("store.1.port"));
        placeholders.put("store.servers", toString());
        return Map.copyOf(placeholders);
    }

    @Override
    public String version() {
        String version = "";
        for (InetSocketAddress server : servers) {
            try (MemcachedConnection connection = MemcachedConnection.to(server)) {
                version = connection.version();
            } catch (IOException e) {
                throw new Problem(
                        "The store at " + text(server) + " does not answer as memcached does: " + e.getMessage() + ".",
                        e);
            }
        }
        return "memcached " + version;
    }

    /** Summed up over those that answer. */
    @Override
    public Map<String, String> statistics() {
        Map<String, Map<String, String>> told = new LinkedHashMap<>();
        for (InetSocketAddress server : servers) {
            try (MemcachedConnection connection = MemcachedConnection.to(server)) {
                told.put(text(server), connection.statistics());
            } catch (IOException e) {
                told.put(text(server), Map.of());
            }
        }
        long up = told.values().stream().filter(server -> !server.isEmpty()).count();
        if (up == 0) {
            throw new Problem("The store at " + this + " does not answer.");
        }
        return Map.of(
                "run_id",
                told.values().stream()
                        .map(server -> server.getOrDefault("pid", "none"))
                        .collect(Collectors.joining(",")),
                "servers",
                up + " of " + servers.size(),
                "keys",
                sum(told, "curr_items"),
                "evicted_keys",
                sum(told, "evictions"),
                "maxmemory",
                sum(told, "limit_maxbytes"),
                "flushes",
                sum(told, "cmd_flush"));
    }

    private static String sum(Map<String, Map<String, String>> told, String field) {
        return Long.toString(told.values().stream()
                .mapToLong(server -> Long.parseLong(server.getOrDefault(field, "0")))
                .sum());
    }

    @Override
    public Optional<StoreControl> control() {
        return ours.map(StoreControl.class::cast);
    }

    @Override
    public void close() {
        ours.ifPresent(EmbeddedMemcached::close);
    }

    private static String text(InetSocketAddress server) {
        return server.getHostString() + ":" + server.getPort();
    }

    /** As a drill's address names them. */
    @Override
    public String toString() {
        return servers.stream().map(MemcachedStore::text).collect(Collectors.joining(","));
    }
}
