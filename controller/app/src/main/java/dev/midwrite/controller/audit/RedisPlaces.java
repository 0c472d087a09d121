package dev.midwrite.controller.audit;

import dev.midwrite.controller.plan.StoreSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * Where to look for sessions.
 *
 * @param shapes of keys, empty if nobody says
 * @param withCompanions those beside which nodes keep keys for expiry and index
 * @param databases in which nodes say that they keep sessions; empty if some of them do not say
 * @param named the drill says so; {@code reported} nodes do
 * @param ours no other application uses this store
 */
record RedisPlaces(
        Set<KeyShape> shapes,
        Set<KeyShape> withCompanions,
        Set<HostAndPort> addresses,
        Set<Integer> databases,
        boolean named,
        boolean reported,
        boolean ours) {
    private static final String SPRING = "sessions:";

    static RedisPlaces of(StoreSpec spec, Collection<SessionLocation> reported) {
        Set<KeyShape> shapes = new LinkedHashSet<>();
        Set<KeyShape> withCompanions = new LinkedHashSet<>();
        Set<HostAndPort> addresses = new LinkedHashSet<>();
        Set<Integer> databases = new TreeSet<>();
        List<SessionLocation> keys = reported.stream()
                .filter(location -> location.directory().isEmpty())
                .toList();
        for (SessionLocation location : keys) {
            if (location.shape().split("\\{id}", -1).length == 2) {
                add(KeyShape.of(location.shape()), shapes, withCompanions);
            }
            location.database().ifPresent(databases::add);
            if (location.address().matches(".+:[0-9]{1,5}")) {
                addresses.add(HostAndPort.from(location.address()));
            }
        }
        boolean known = !shapes.isEmpty();
        if (keys.stream().anyMatch(location -> location.database().isEmpty())) {
            databases.clear();
        }
        spec.namespace().ifPresent(namespace -> {
            shapes.clear();
            shapes.add(KeyShape.named(namespace));
        });
        return new RedisPlaces(
                shapes, withCompanions, addresses, databases, spec.namespace().isPresent(), known, spec.embedded());
    }

    /** A key for the expiry of a session, or for its index, is none of its own. */
    private static void add(KeyShape shape, Set<KeyShape> shapes, Set<KeyShape> withCompanions) {
        String prefix = shape.prefix();
        if (prefix.endsWith(SPRING + "expires:") && shape.suffix().isEmpty()) {
            prefix = prefix.substring(0, prefix.length() - "expires:".length());
        } else if (!prefix.endsWith(SPRING) || !shape.suffix().equals(":idx")) {
            shapes.add(shape);
            return;
        }
        KeyShape session = new KeyShape(prefix, "");
        shapes.add(session);
        withCompanions.add(session);
    }

    boolean indexed(KeyShape shape) {
        return withCompanions.contains(shape);
    }

    /** Shapes to look for in the selected database. Without a word from anybody they are found in a store of our own. */
    Set<KeyShape> shapes(Jedis jedis) {
        if (!shapes.isEmpty()) {
            return shapes;
        }
        Set<KeyShape> found = new LinkedHashSet<>();
        found.add(KeyShape.named(RedisAudit.DEFAULT_NAMESPACE));
        if (ours) {
            RedisKeys.matching(jedis, "*:" + SPRING + "*").stream()
                    .map(name -> name.substring(0, name.lastIndexOf(":" + SPRING) + 1 + SPRING.length()))
                    .distinct()
                    .forEach(prefix -> found.add(new KeyShape(prefix, "")));
        }
        return found;
    }

    /** Servers that nodes use beside the drill's and its copies. */
    List<HostAndPort> others(HostAndPort own, Set<HostAndPort> copies) {
        return addresses.stream()
                .filter(address -> !same(address, own) && copies.stream().noneMatch(copy -> same(address, copy)))
                .collect(Collectors.toList());
    }

    private static boolean same(HostAndPort a, HostAndPort b) {
        return a.getPort() == b.getPort()
                && (a.getHost().equals(b.getHost()) || resolved(a).equals(resolved(b)));
    }

    /** Loopback has several addresses and is one machine; a name that nobody knows is itself. */
    private static String resolved(HostAndPort address) {
        try {
            InetAddress host = InetAddress.getByName(address.getHost().replaceAll("[\\[\\]]", ""));
            return host.isLoopbackAddress() ? "loopback" : host.getHostAddress();
        } catch (UnknownHostException e) {
            return address.getHost();
        }
    }
}
