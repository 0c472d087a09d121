package dev.midwrite.controller.survey;

import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.audit.SessionLocation;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.store.StoreServer;
import dev.midwrite.controller.survey.SessionStore.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service is, of what it loaded, what it did at points while a few sessions lived, and what its jar carries.
 *
 * @param seen points at which something happened
 * @param ours the store that it was given
 */
record Recognition(
        FleetNode node, ServiceJar jar, SeenPoints seen, Collection<SessionLocation> locations, StoreServer ours) {
    /** An indexed session stays so much longer in Redis, so that its end can be told with what was in it. */
    private static final Duration INDEXED = Duration.ofMinutes(5);

    String container(String server) {
        if (seen.any("tomcat.CoyoteAdapter.")) {
            return jar.named("Tomcat", "tomcat-embed-core");
        }
        if (seen.any("undertow.Connectors.") || jar.has("undertow-core")) {
            return jar.named("Undertow", "undertow-core");
        }
        if (seen.any("jetty.Server.") || jar.has("jetty-server")) {
            return jar.named("Jetty", "jetty-server");
        }
        return server.isEmpty() ? "not recognised" : server;
    }

    String layer() {
        if (spring()) {
            String repositories = repositories();
            return jar.named("Spring Session", "spring-session-core")
                    + (repositories.isEmpty() ? "" : ", " + repositories);
        }
        if (seen.any("tomcat.Store.")) {
            return "Tomcat's own, with the store " + classes("tomcat.Store.save");
        }
        if (seen.any("jetty.SessionDataStore.")) {
            return "Jetty's own, with the store " + classes("jetty.SessionDataStore.doStore");
        }
        if (seen.any("undertow.SessionManager.")) {
            return "Undertow's own";
        }
        if (applicationsOwn()) {
            return "the application's own, which Midwrite does not know";
        }
        return seen.any("tomcat.Manager.") ? "Tomcat's own" : "the container's own";
    }

    /** Requests of these containers were seen, and so would their sessions have been. */
    private boolean applicationsOwn() {
        boolean asked = seen.any("tomcat.CoyoteAdapter.") || seen.any("undertow.Connectors.");
        boolean made = seen.any("tomcat.Manager.createSession") || seen.any("undertow.SessionManager.createSession");
        return asked && !made && !spring() && locations.isEmpty();
    }

    SessionStore store() {
        Optional<Path> directory = locations.stream()
                .flatMap(location -> location.directory().stream())
                .findFirst();
        if (directory.isPresent()) {
            return new SessionStore(Kind.OTHER, "", "files in " + directory.get());
        }
        if (!locations.isEmpty()) {
            return redis();
        }
        boolean saves = spring() || seen.any("tomcat.Store.") || seen.any("jetty.SessionDataStore.");
        if (applicationsOwn() && !saves) {
            return new SessionStore(Kind.UNSEEN, "", "wherever the application itself keeps them, which is not seen");
        }
        if (!saves) {
            return new SessionStore(Kind.MEMORY, "", "the memory of each node, as far as can be seen");
        }
        if (seen.any("jdbc.")) {
            boolean given = ours.spec().jdbc();
            return new SessionStore(
                    Kind.JDBC,
                    given ? ours.spec().address() : "",
                    given ? "a database, by JDBC; the drill has one of its own" : "a database, by JDBC");
        }
        if (classes("spring.SessionRepository.save").equals("MapSessionRepository")) {
            return new SessionStore(Kind.MEMORY, "", "the memory of each node");
        }
        return new SessionStore(Kind.OTHER, "", "not Redis and no database; Midwrite cannot tell what it is");
    }

    /** Negative if sessions never end; empty if it cannot be seen. */
    static Optional<Duration> ttl(List<StoredSession> sessions) {
        return sessions.stream().findFirst().map(session -> {
            Lifetime lifetime = session.lifetime();
            if (lifetime.intervalSeconds() != Lifetime.UNREADABLE) {
                return Duration.ofSeconds(lifetime.intervalSeconds());
            }
            if (lifetime.ttlMillis() < 0) {
                return Duration.ofSeconds(-1);
            }
            Duration left = Duration.ofSeconds((lifetime.ttlMillis() + 999) / 1000);
            return session.layout() == Layout.SPRING_INDEXED ? left.minus(INDEXED) : left;
        });
    }

    List<String> unseen(SessionStore store, List<PageAnswer> pages) {
        List<String> unseen = new ArrayList<>();
        if (store.kind() == Kind.MEMORY) {
            unseen.add("Sessions end with the node that keeps them; a restart loses them, and the drill will say so.");
        }
        if (store.kind() == Kind.REDIS && !store.address().equals(ours.spec().address())) {
            unseen.add(
                    "The service does not take the address of its Redis from Spring's properties, so the drill runs on"
                            + " the one at " + store.address()
                            + ": sessions of the drill stay there until they expire.");
        }
        if (store.kind() == Kind.JDBC && store.address().isEmpty()) {
            unseen.add(
                    "The drill's nodes use the database that the service is configured for, and what lies in it is not"
                            + " audited; with store.kind: jdbc and store.address: URL it is.");
        }
        if (store.kind() == Kind.UNSEEN) {
            unseen.add(
                    "How the application saves sessions: so no save is slowed down, and no store is audited. A file of points"
                            + " names its methods (docs/points/own-points.md), and store: what it keeps them in.");
            unseen.add("Whether all nodes share them: if a session lives on one node by design, say scope: node and"
                    + " routing: sticky.");
        }
        if (store.kind() == Kind.OTHER) {
            unseen.add("What lies in the store is not audited.");
        }
        if (!seen.any("tomcat.CoyoteAdapter.") && !seen.any("undertow.Connectors.") && !seen.any("jetty.Server.")) {
            unseen.add(
                    "When an answer leaves this container is not seen, so it cannot be told whether a save came first.");
        }
        if (pages.stream().anyMatch(page -> page.redirects() || page.status() == 401 || page.status() == 403)) {
            unseen.add("Pages behind the login were not looked at; the drill's users have sessions, and no login.");
        }
        return unseen;
    }

    private SessionStore redis() {
        String own = ours.placeholders().get("store.host") + ":"
                + ours.placeholders().get("store.port");
        List<String> addresses =
                locations.stream().map(SessionLocation::address).distinct().toList();
        String shapes = locations.stream()
                .map(SessionLocation::shape)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
        String databases = locations.stream()
                .flatMap(location -> location.database().stream().boxed())
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        String client = seen.any("lettuce.")
                ? " by " + jar.named("Lettuce", "lettuce-core")
                : seen.any("jedis.") ? " by " + jar.named("Jedis", "jedis") : "";
        boolean given = addresses.stream().allMatch(address -> isOwn(address, own));
        return new SessionStore(
                Kind.REDIS,
                given ? ours.spec().address() : addresses.get(0),
                "Redis" + client + ", keys " + shapes + (databases.isEmpty() ? "" : " in database " + databases)
                        + (given ? "; the drill has one of its own" : " at " + String.join(", ", addresses)));
    }

    private static boolean isOwn(String address, String own) {
        return Stream.of(address, address.replaceFirst("^localhost:", "127.0.0.1:"))
                .anyMatch(own::equals);
    }

    private String repositories() {
        boolean indexed =
                locations.stream().anyMatch(location -> location.shape().contains(":expires:"));
        String store = !locations.isEmpty() ? "Redis" : seen.any("jdbc.") ? "Jdbc" : "";
        return String.join(" or ", fitting(names("spring.SessionRepository.save"), store, indexed));
    }

    /**
     * Several may be loaded where one is used.
     *
     * @param loaded names of classes
     * @param store part of the name of those that fit what was seen of the store; empty if nothing was
     * @param indexed keys were seen beside sessions, as one with an index has them
     */
    static List<String> fitting(List<String> loaded, String store, boolean indexed) {
        List<String> fitting =
                loaded.stream().filter(name -> name.contains(store)).toList();
        if (fitting.isEmpty()) {
            return loaded;
        }
        List<String> alike = fitting.stream()
                .filter(name -> name.contains("Indexed") == indexed)
                .toList();
        return store.equals("Redis") && !alike.isEmpty() ? alike : fitting;
    }

    private boolean spring() {
        return seen.any("spring.SessionRepository.") || seen.any("spring.ReactiveSessionRepository.");
    }

    /** Without their packages. */
    private String classes(String point) {
        return String.join(" and ", names(point));
    }

    private List<String> names(String point) {
        return node.points().stream()
                .filter(each -> each.getName().equals(point))
                .flatMap(each -> each.getClassesList().stream())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .distinct()
                .toList();
    }
}
