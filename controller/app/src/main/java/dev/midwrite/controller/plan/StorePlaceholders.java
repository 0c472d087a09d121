package dev.midwrite.controller.plan;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What commands and environments of nodes want to know of the store. */
final class StorePlaceholders {
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?<!\\$)\\{store\\.(host|port|servers|sentinels|sentinel\\.master|[0-9]+\\.(?:host|port)|replica\\.host|replica\\.port|url|directory|namespace|database|user|password)}");

    /** What says where a store is, and of which kind of store; servers are all alike. */
    private static final Map<String, String> PLACES =
            Map.of("host", "redis", "port", "redis", "url", StoreSpec.JDBC, "directory", StoreSpec.FILES);

    private static final Map<String, String> OWN = Map.of(
            "redis",
            "{store.host} and {store.port}",
            StoreSpec.JDBC,
            "{store.url}",
            StoreSpec.FILES,
            "{store.directory}");

    private StorePlaceholders() {}

    private static String place(StoreSpec store) {
        return store.jdbc() || store.files() ? store.kind() : "redis";
    }

    /** What nodes want to know of the store must be said. */
    static void check(Section nodes, NodesSpec spec, StoreSpec store) {
        spec.command().forEach(word -> check(nodes, "command", word, store));
        spec.environment().values().forEach(value -> check(nodes, "environment", value, store));
        spec.versions().values().forEach(version -> {
            version.command().forEach(word -> check(nodes, "versions", word, store));
            version.environment().values().forEach(value -> check(nodes, "versions", value, store));
        });
    }

    private static void check(Section nodes, String key, String text, StoreSpec store) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (PLACES.containsKey(name) && !PLACES.get(name).equals(place(store))) {
                nodes.complain(
                        key,
                        matcher.group() + " is for a store of kind " + PLACES.get(name) + ": this one has "
                                + OWN.get(place(store)));
                continue;
            }
            boolean known = switch (name) {
                case "host", "port", "url", "directory" -> true;
                case "servers" -> store.memcached();
                case "replica.host", "replica.port" -> store.own().replicas() > 0;
                case "sentinels", "sentinel.master" -> store.own().sentinels() > 0;
                case "namespace" -> store.namespace().isPresent();
                case "database" -> store.database().isPresent();
                case "user" -> store.user().isPresent();
                case "password" -> store.password().isPresent();
                default -> store.memcached() && isOneOf(store.own().servers(), name.substring(0, name.indexOf('.')));
            };
            if (!known) {
                nodes.complain(key, matcher.group() + " needs " + needed(name));
            }
        }
    }

    /** From 1; whoever writes a number that is none has misspelt one. */
    private static boolean isOneOf(int servers, String number) {
        return number.matches("[1-9][0-9]{0,3}") && Integer.parseInt(number) <= servers;
    }

    private static String needed(String name) {
        if (name.equals("servers")) {
            return "a store of kind memcached";
        }
        if (name.matches("[0-9].*")) {
            return "a store of kind memcached with so many 'servers'";
        }
        return "the key '"
                + (name.startsWith("replica.") ? "replicas" : name.startsWith("sentinel") ? "sentinels" : name)
                + "' in store";
    }
}
