package dev.midwrite.controller.survey;

import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.survey.SessionStore.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a service is, and what cannot be seen of it. */
record Recognition(SeenService service) {
    /** An indexed session stays so much longer in Redis, so that its end can be told with what was in it. */
    private static final Duration INDEXED = Duration.ofMinutes(5);

    String container(String server) {
        if (service.seen().any("tomcat.CoyoteAdapter.")) {
            return service.jar().named("Tomcat", "tomcat-embed-core");
        }
        if (service.seen().any("undertow.Connectors.") || service.jar().has("undertow-core")) {
            return service.jar().named("Undertow", "undertow-core");
        }
        if (service.seen().any("jetty.Server.") || service.jar().has("jetty-server")) {
            return service.jar().named("Jetty", "jetty-server");
        }
        return server.isEmpty() ? "not recognised" : server;
    }

    String layer() {
        if (service.spring()) {
            String repositories = repositories();
            return service.jar().named("Spring Session", "spring-session-core")
                    + (repositories.isEmpty() ? "" : ", " + repositories);
        }
        if (service.seen().any("tomcat.Store.")) {
            return "Tomcat's own, with the store " + service.classes("tomcat.Store.save");
        }
        if (service.seen().any("jetty.SessionDataStore.")) {
            return "Jetty's own, with the store " + service.classes("jetty.SessionDataStore.doStore");
        }
        if (service.seen().any("undertow.SessionManager.")) {
            return "Undertow's own";
        }
        if (service.applicationsOwn()) {
            return "the application's own, which Midwrite does not know";
        }
        return service.seen().any("tomcat.Manager.") ? "Tomcat's own" : "the container's own";
    }

    /**
     * Negative if sessions never end; empty if it cannot be seen.
     *
     * @param idle how long before the look the one that was used last had been used, at most
     */
    static Optional<Duration> ttl(List<StoredSession> sessions, Duration idle) {
        Comparator<StoredSession> byEnd =
                Comparator.comparingLong(session -> session.lifetime().ttlMillis());
        return sessions.stream().max(byEnd).map(session -> {
            Lifetime lifetime = session.lifetime();
            if (lifetime.intervalSeconds() != Lifetime.UNREADABLE) {
                return Duration.ofSeconds(lifetime.intervalSeconds());
            }
            if (lifetime.ttlMillis() < 0) {
                return Duration.ofSeconds(-1);
            }
            Duration left = Duration.ofSeconds((lifetime.ttlMillis() + 999) / 1000);
            return session.layout() == Layout.SPRING_INDEXED ? left.minus(INDEXED) : whole(left, idle);
        });
    }

    /**
     * Where only what is left can be seen, the whole is more by no more than the session was idle: it is taken for the whole minute
     * that lies between, if one does. Some stores round what is left down to a second.
     */
    private static Duration whole(Duration left, Duration idle) {
        Duration minute = Duration.ofMinutes(left.plusSeconds(59).toMinutes());
        return minute.minus(left).compareTo(idle.plusSeconds(1)) <= 0 ? minute : left;
    }

    List<String> unseen(SessionStore store, List<PageAnswer> pages) {
        List<String> unseen = new ArrayList<>();
        if (store.kind() == Kind.MEMORY) {
            unseen.add("Sessions end with the node that keeps them; a restart loses them, and the drill will say so.");
        }
        if (store.kind() == Kind.REDIS
                && !store.address().equals(service.ours().spec().address())) {
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
        if (store.kind() == Kind.GRID) {
            unseen.add(
                    "Whether two nodes on this machine find each other: the application's configuration decides that, and"
                            + " where they do not, each has sessions of its own.");
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
        if (!service.seen().any("tomcat.CoyoteAdapter.")
                && !service.seen().any("undertow.Connectors.")
                && !service.seen().any("jetty.Server.")) {
            unseen.add(
                    "When an answer leaves this container is not seen, so it cannot be told whether a save came first.");
        }
        if (pages.stream().anyMatch(page -> page.redirects() || page.status() == 401 || page.status() == 403)) {
            unseen.add("Pages behind the login were not looked at; the drill's users have sessions, and no login.");
        }
        return unseen;
    }

    private String repositories() {
        boolean indexed = service.locations().stream()
                .anyMatch(location -> location.shape().contains(":expires:"));
        String store = !service.locations().isEmpty()
                ? "Redis"
                : service.seen().any("jdbc.") ? "Jdbc" : service.seen().any("hazelcast.") ? "Hazelcast" : "";
        return String.join(" or ", fitting(service.names("spring.SessionRepository.save"), store, indexed));
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
}
