package dev.midwrite.controller.run;

import dev.midwrite.controller.audit.GridAudit;
import dev.midwrite.controller.audit.NodeMaps;
import dev.midwrite.controller.audit.StoreAudit;
import dev.midwrite.controller.nodes.FreePorts;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.StoreControl;
import dev.midwrite.controller.store.StoreServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The store of one run. Thread-safe. */
interface RunStore extends AutoCloseable {

    /** Such as {@code Redis 6.2.11}. */
    String version();

    /** What nodes may ask for in their commands and environments, by placeholder. */
    Map<String, String> placeholders();

    /** Empty if it is not ours, or of a kind that cannot be broken. */
    Optional<StoreControl> control();

    /**
     * What the server says of itself.
     *
     * @throws dev.midwrite.controller.Problem if it does not answer
     */
    Map<String, String> statistics();

    /**
     * @param key under which sessions are hashed in this run
     * @param nodes what they hold themselves
     */
    StoreAudit audit(byte[] key, NodeMaps nodes);

    /** Stops it if it is ours. Idempotent. */
    @Override
    void close();

    /** Nobody knows it, or is to look there. */
    static RunStore none() {
        return elsewhere("not looked at", Map.of(), nodes -> StoreAudit.NOTHING);
    }

    /**
     * A grid, which is where the nodes are.
     *
     * @param fresh they are the drill's own
     */
    static RunStore grid(StoreSpec spec, boolean fresh) {
        return elsewhere(
                "a grid", fresh ? agreed(spec) : Map.of(), nodes -> new GridAudit(nodes, spec.namespace(), fresh));
    }

    /** What members of one grid agree on, and no other grid on this machine: a port that nobody has. */
    private static Map<String, String> agreed(StoreSpec spec) {
        Map<String, String> values = new HashMap<>();
        values.put("store.host", "127.0.0.1");
        values.put("store.port", Integer.toString(FreePorts.take()));
        spec.namespace().ifPresent(map -> values.put("store.namespace", map));
        return Map.copyOf(values);
    }

    /** It is not ours. */
    private static RunStore elsewhere(
            String version, Map<String, String> placeholders, Function<NodeMaps, StoreAudit> audit) {
        return new RunStore() {
            @Override
            public String version() {
                return version;
            }

            @Override
            public Map<String, String> placeholders() {
                return placeholders;
            }

            @Override
            public Optional<StoreControl> control() {
                return Optional.empty();
            }

            @Override
            public Map<String, String> statistics() {
                return Map.of();
            }

            @Override
            public StoreAudit audit(byte[] key, NodeMaps nodes) {
                return audit.apply(nodes);
            }

            @Override
            public void close() {
                // It is not ours.
            }
        };
    }

    static RunStore of(StoreServer server) {
        return new RunStore() {
            @Override
            public String version() {
                return server.version();
            }

            @Override
            public Map<String, String> placeholders() {
                return server.placeholders();
            }

            @Override
            public Optional<StoreControl> control() {
                return server.control();
            }

            @Override
            public Map<String, String> statistics() {
                return server.statistics();
            }

            @Override
            public StoreAudit audit(byte[] key, NodeMaps nodes) {
                return StoreAudit.of(server, key);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
