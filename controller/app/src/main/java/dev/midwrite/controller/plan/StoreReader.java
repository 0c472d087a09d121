package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the block {@code store}. */
final class StoreReader {
    static final Set<String> KEYS = Set.of(
            "kind",
            "address",
            "namespace",
            "database",
            "user",
            "password",
            "config",
            "replicas",
            "sentinels",
            "down-after",
            "servers",
            "audit");
    static final Set<String> KINDS =
            Set.of("redis", StoreSpec.JDBC, StoreSpec.MEMCACHED, StoreSpec.FILES, StoreSpec.GRID, StoreSpec.NONE);
    /** What a timeline can do to such a store. */
    static final Set<StoreAction> OF_MEMCACHED =
            Set.of(StoreAction.RESTART, StoreAction.KILL, StoreAction.STOP, StoreAction.START, StoreAction.FLUSH);

    /** What is looked for in the store. */
    private static final String SESSIONS = "sessions";

    private static final Set<String> AUDITS = Set.of(SESSIONS, StoreSpec.NONE);

    private static final Set<String> SECRETS = Set.of("user", "password");
    private static final int MOST_DATABASES = 65_536;
    private static final int MOST_REPLICAS = 5;
    private static final int MOST_SENTINELS = 7;
    private static final Duration LEAST_DOWN_AFTER = Duration.ofMillis(100);
    private static final int MOST_SERVERS = 8;
    /** Settings of a server of ours that are ours. */
    private static final List<String> OURS =
            List.of("port", "bind", "dir", "replicaof", "daemonize", "logfile", "requirepass", "user");
    /** The same of memcached; where it keeps nothing, there is no more to choose. */
    private static final List<String> OURS_OF_MEMCACHED =
            List.of("port", "listen", "user", "daemon", "udp-port", "unix-socket", "pidfile");

    private static final String SERVER = "[^\\s:,]+:[0-9]{1,5}";

    private static final String ID = "{id}";

    private StoreReader() {}

    static StoreSpec read(Section section) {
        section.need("kind");
        String kind = section.choice("kind", DrillFile.identity(KINDS), "redis");
        if (kind.equals(StoreSpec.NONE)) {
            section.keys().stream()
                    .filter(key -> !key.equals("kind"))
                    .forEach(key ->
                            section.complain(key, "with 'kind: none' there is nothing else to say of the store"));
            return new StoreSpec(kind, "");
        }
        if (kind.equals(StoreSpec.GRID)) {
            return grid(section);
        }
        String address = section.text("address", StoreSpec.EMBEDDED);
        boolean jdbc = kind.equals(StoreSpec.JDBC);
        if (jdbc) {
            only(section, address);
        } else if (kind.equals(StoreSpec.MEMCACHED)) {
            memcached(section, address);
        } else if (kind.equals(StoreSpec.FILES)) {
            files(section, address);
        } else if (!address.equals(StoreSpec.EMBEDDED) && !address.matches("[^\\s:]+:[0-9]{1,5}")) {
            section.complain("address", "'address' must be embedded or host:port, not '" + address + "'");
        }
        OptionalInt database = section.has("database")
                ? OptionalInt.of((int) section.whole("database", 0, 0, MOST_DATABASES - 1L))
                : OptionalInt.empty();
        if (section.has("user") && !section.has("password")) {
            section.complain("user", "a 'user' needs a 'password'");
        }
        return new StoreSpec(
                kind,
                address,
                jdbc ? table(section) : namespace(section),
                database,
                secret(section, "user"),
                secret(section, "password"),
                own(section, kind, address),
                audited(section));
    }

    private static boolean audited(Section section) {
        boolean audited =
                section.choice("audit", DrillFile.identity(AUDITS), SESSIONS).equals(SESSIONS);
        for (String key : List.of("namespace", "database")) {
            if (!audited && section.has(key)) {
                section.complain(
                        key, "'" + key + "' says where sessions are looked for, and 'audit: none' that none are");
            }
        }
        return audited;
    }

    private static OwnStore own(Section section, String kind, String address) {
        int replicas = (int) section.whole("replicas", 0, 0, MOST_REPLICAS);
        int sentinels = (int) section.whole("sentinels", 0, 0, MOST_SENTINELS);
        Duration downAfter = section.duration("down-after", OwnStore.DOWN_AFTER);
        if (sentinels > 0 && replicas == 0) {
            section.complain("sentinels", "'sentinels' need 'replicas', one of which they put in the primary's place");
        }
        if (section.has("down-after") && sentinels == 0) {
            section.complain("down-after", "'down-after' is for 'sentinels'");
        } else if (downAfter.compareTo(LEAST_DOWN_AFTER) < 0) {
            section.complain("down-after", "'down-after' must be 100ms or more");
        }
        return new OwnStore(
                config(section, kind, address), replicas, sentinels, downAfter, servers(section, kind, address));
    }

    /** What a database behind JDBC can be told. */
    private static void only(Section section, String address) {
        if (!address.equals(StoreSpec.EMBEDDED) && !address.matches("jdbc:[a-z0-9]+:\\S+")) {
            section.complain(
                    "address",
                    "'address' of a store of kind jdbc must be embedded or a URL such as"
                            + " jdbc:postgresql://127.0.0.1:5432/shop, not '" + address + "'");
        }
        if (address.matches("(?i).*password=.*")) {
            section.complain(
                    "address", "a password belongs to the key 'password', where it is hidden, not into 'address'");
        }
        for (String key : new String[] {"database", "config", "replicas", "sentinels", "down-after"}) {
            if (section.has(key)) {
                section.complain(key, "'" + key + "' is for a store of kind redis");
            }
        }
    }

    /** What memcached can be told. */
    private static void memcached(Section section, String address) {
        if (!address.equals(StoreSpec.EMBEDDED) && !address.matches(SERVER + "(," + SERVER + ")*")) {
            section.complain(
                    "address",
                    "'address' of a store of kind memcached must be embedded, host:port, or several of them with commas,"
                            + " not '" + address + "'");
        }
        for (String key : new String[] {"database", "user", "password", "replicas", "sentinels", "down-after"}) {
            if (section.has(key)) {
                section.complain(key, "'" + key + "' is nothing that memcached has");
            }
        }
    }

    /** What files can be told: where they are. */
    private static void files(Section section, String address) {
        if (!address.equals(StoreSpec.EMBEDDED) && !address.startsWith("/")) {
            section.complain(
                    "address",
                    "'address' of a store of kind files must be embedded or a directory's whole path, not '" + address
                            + "'");
        }
        for (String key :
                List.of("namespace", "database", "user", "password", "config", "replicas", "sentinels", "down-after")) {
            if (section.has(key)) {
                section.complain(key, "'" + key + "' is nothing that a store of kind files has");
            }
        }
    }

    /** What can be said of a grid: which of its maps has sessions. */
    private static StoreSpec grid(Section section) {
        section.keys().stream()
                .filter(key -> !key.equals("kind") && !key.equals("namespace"))
                .forEach(key -> section.complain(
                        key, "with 'kind: grid' the agents look into the nodes, and only a 'namespace' can be said"));
        Optional<String> map = section.has("namespace") ? Optional.of(section.text("namespace", "")) : Optional.empty();
        if (map.isPresent() && (map.get().isBlank() || map.get().contains(ID))) {
            section.complain(
                    "namespace",
                    "'namespace' of a store of kind grid must be the name of a map, such as sessions, not '" + map.get()
                            + "'");
        }
        return new StoreSpec(StoreSpec.GRID, "", map, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** Of the drill's own, as many as it says; of somebody's, as many as it names. */
    private static int servers(Section section, String kind, String address) {
        boolean memcached = kind.equals(StoreSpec.MEMCACHED);
        if (section.has("servers") && !memcached) {
            section.complain("servers", "'servers' is for a store of kind memcached");
        } else if (section.has("servers") && !address.equals(StoreSpec.EMBEDDED)) {
            section.complain("servers", "'servers' is for a store of the drill's own, with 'address: embedded'");
        }
        int own = (int) section.whole("servers", 1, 1, MOST_SERVERS);
        return memcached && !address.equals(StoreSpec.EMBEDDED) ? address.split(",").length : own;
    }

    private static Optional<String> table(Section section) {
        if (!section.has("namespace")) {
            return Optional.empty();
        }
        String table = section.text("namespace", "");
        if (!table.matches("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?")) {
            section.complain(
                    "namespace",
                    "'namespace' of a store of kind jdbc must be the table of sessions, such as SPRING_SESSION, not '"
                            + table + "'");
        }
        return Optional.of(table);
    }

    private static Map<String, String> config(Section section, String kind, String address) {
        for (String key : new String[] {"config", "replicas", "sentinels", "down-after"}) {
            if (section.has(key) && !address.equals(StoreSpec.EMBEDDED)) {
                section.complain(key, "'" + key + "' is for a store of the drill's own, with 'address: embedded'");
            }
        }
        Map<String, String> config = section.environment("config");
        for (String ours : kind.equals(StoreSpec.MEMCACHED) ? OURS_OF_MEMCACHED : OURS) {
            if (config.containsKey(ours)) {
                section.complain("config", "'" + ours + "' of a store of the drill's own cannot be chosen");
            }
        }
        return config;
    }

    private static Optional<String> namespace(Section section) {
        if (!section.has("namespace")) {
            return Optional.empty();
        }
        String namespace = section.text("namespace", "");
        int id = namespace.indexOf(ID);
        boolean braces = namespace.replace(ID, "").matches(".*[{}].*");
        if (namespace.isBlank() || braces || id != namespace.lastIndexOf(ID)) {
            section.complain(
                    "namespace",
                    "'namespace' must be Spring Session's, such as shop:session, or a key's whole shape with one {id},"
                            + " such as sess:{id}, not '" + namespace + "'");
        }
        return Optional.of(namespace);
    }

    private static Optional<Secret> secret(Section section, String key) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        Secret secret = new Secret(section.text(key, ""));
        if (secret.written().isEmpty()) {
            section.complain(key, "'" + key + "' must not be empty");
        } else if (secret.misspelt()) {
            section.complain(
                    key, "'" + key + "' must be ${NAME} for a variable of the environment, or the text itself");
        }
        return Optional.of(secret);
    }

    /**
     * The drill's text without what {@code store} keeps secret, for a copy that others will read.
     *
     * @param root of the same text
     */
    static String withoutSecrets(String text, Node root) {
        List<ScalarNode> secrets = new ArrayList<>();
        values(root, "store")
                .forEach(store -> SECRETS.forEach(key -> values(store, key).stream()
                        .filter(ScalarNode.class::isInstance)
                        .map(ScalarNode.class::cast)
                        .filter(value -> new Secret(value.getValue()).variable().isEmpty())
                        .forEach(secrets::add)));
        secrets.sort((a, b) -> b.getStartMark().getIndex() - a.getStartMark().getIndex());
        // Marks count code points, not characters.
        int[] points = text.codePoints().toArray();
        StringBuilder left = new StringBuilder(text);
        for (ScalarNode secret : secrets) {
            int from = new String(points, 0, secret.getStartMark().getIndex()).length();
            int to = new String(points, 0, secret.getEndMark().getIndex()).length();
            // A block scalar takes its line's end with it.
            String end = left.charAt(to - 1) == '\n' ? "\n" : "";
            left.replace(from, to, '"' + Secret.HIDDEN + '"' + end);
        }
        return left.toString();
    }

    private static List<Node> values(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                                && name.getValue().equals(key))
                        .map(NodeTuple::getValueNode)
                        .toList()
                : List.of();
    }
}
