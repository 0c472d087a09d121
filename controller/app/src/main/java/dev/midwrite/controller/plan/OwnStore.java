package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.Map;

/**
 * What a drill says of a store of its own.
 *
 * @param config of each server, as in its configuration file
 * @param replicas of the primary
 * @param sentinels that decide who is the primary; none if the drill does
 * @param downAfter how long a server is out of a sentinel's reach until the sentinel holds it for dead
 * @param servers how many there are that know nothing of each other; more than one only of memcached
 */
public record OwnStore(Map<String, String> config, int replicas, int sentinels, Duration downAfter, int servers) {
    /** A fifteenth of what Redis comes with, which is made for networks; with less a busy machine is taken for dead servers. */
    public static final Duration DOWN_AFTER = Duration.ofSeconds(2);

    /** A single server as it comes. */
    public static final OwnStore PLAIN = new OwnStore(Map.of(), 0);

    public OwnStore {
        config = Map.copyOf(config);
    }

    /** A primary, whose replicas take its place when the drill says so. */
    public OwnStore(Map<String, String> config, int replicas) {
        this(config, replicas, 0, DOWN_AFTER, 1);
    }
}
