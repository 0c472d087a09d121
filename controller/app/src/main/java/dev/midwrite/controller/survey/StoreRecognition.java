package dev.midwrite.controller.survey;

import dev.midwrite.controller.audit.SessionLocation;
import dev.midwrite.controller.survey.SessionStore.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a service keeps its sessions. */
record StoreRecognition(SeenService service) {

    SessionStore store() {
        Optional<Path> directory = service.locations().stream()
                .flatMap(location -> location.directory().stream())
                .findFirst();
        if (directory.isPresent()) {
            return new SessionStore(Kind.OTHER, "", "files in " + directory.get());
        }
        if (!service.locations().isEmpty()) {
            return redis();
        }
        if (!service.maps().isEmpty()) {
            return new SessionStore(Kind.GRID, "", grid());
        }
        boolean saves = service.spring()
                || service.seen().any("tomcat.Store.")
                || service.seen().any("jetty.SessionDataStore.");
        if (service.applicationsOwn() && !saves) {
            return new SessionStore(Kind.UNSEEN, "", "wherever the application itself keeps them, which is not seen");
        }
        if (!saves) {
            return new SessionStore(Kind.MEMORY, "", "the memory of each node, as far as can be seen");
        }
        if (service.seen().any("jdbc.")) {
            boolean given = service.ours().spec().jdbc();
            return new SessionStore(
                    Kind.JDBC,
                    given ? service.ours().spec().address() : "",
                    given ? "a database, by JDBC; the drill has one of its own" : "a database, by JDBC");
        }
        if (service.classes("spring.SessionRepository.save").equals("MapSessionRepository")) {
            return new SessionStore(Kind.MEMORY, "", "the memory of each node");
        }
        return new SessionStore(Kind.OTHER, "", "neither Redis nor a database nor a data grid that Midwrite knows");
    }

    private SessionStore redis() {
        String own = service.ours().placeholders().get("store.host") + ":"
                + service.ours().placeholders().get("store.port");
        List<String> addresses = service.locations().stream()
                .map(SessionLocation::address)
                .distinct()
                .toList();
        String shapes = service.locations().stream()
                .map(SessionLocation::shape)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
        String databases = service.locations().stream()
                .flatMap(location -> location.database().stream().boxed())
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        String client = service.seen().any("lettuce.")
                ? " by " + service.jar().named("Lettuce", "lettuce-core")
                : service.seen().any("jedis.") ? " by " + service.jar().named("Jedis", "jedis") : "";
        boolean given = addresses.stream().allMatch(address -> isOwn(address, own));
        return new SessionStore(
                Kind.REDIS,
                given ? service.ours().spec().address() : addresses.get(0),
                "Redis" + client + ", keys " + shapes + (databases.isEmpty() ? "" : " in database " + databases)
                        + (given ? "; the drill has one of its own" : " at " + String.join(", ", addresses)));
    }

    /** A member that is alone may do nothing at its points while sessions lie in its map; its classes are loaded all the same. */
    private String grid() {
        List<String> grids = grids(service.seen()::any);
        return String.join(" or ", grids.isEmpty() ? grids(this::loaded) : grids) + ", map "
                + String.join(" and ", service.maps());
    }

    private List<String> grids(Predicate<String> used) {
        List<String> grids = new ArrayList<>();
        if (used.test("hazelcast.")) {
            grids.add(service.jar().named("Hazelcast", "hazelcast"));
        }
        if (used.test("infinispan.")) {
            grids.add(service.jar().named("Infinispan", "infinispan-core"));
        }
        return grids;
    }

    private boolean loaded(String beginning) {
        return service.node().points().stream()
                .anyMatch(point -> point.getName().startsWith(beginning) && point.getClassesCount() > 0);
    }

    private static boolean isOwn(String address, String own) {
        return Stream.of(address, address.replaceFirst("^localhost:", "127.0.0.1:"))
                .anyMatch(own::equals);
    }
}
