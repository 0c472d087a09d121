package dev.midwrite.controller.history;

import java.util.HashMap;
import java.util.Map;

/**
 * Where an application keeps its sessions, as one of its nodes saw it.
 *
 * @param key of a session, with {@code {id}} in the place of its id, such as {@code spring:session:sessions:{id}}
 * @param address of the store, {@code host:port} as the node's client calls it; empty if it was not said
 * @param database number of the database; empty if it was not said
 */
public record Location(String node, String key, String address, String database) {

    /** @param lines as {@link dev.midwrite.event.EventType#LOCATION} says */
    static Location of(String node, String lines) {
        Map<String, String> words = new HashMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                words.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return new Location(
                node,
                words.getOrDefault("key", ""),
                words.getOrDefault("address", ""),
                words.getOrDefault("database", ""));
    }
}
