package dev.midwrite.controller.survey;

import dev.midwrite.controller.audit.SessionLocation;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.store.StoreServer;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a service loaded, what it did at points while a few sessions lived, and what its jar carries.
 *
 * @param seen points at which something happened
 * @param maps of a data grid in which the sessions lay
 * @param ours the store that it was given
 */
record SeenService(
        FleetNode node,
        ServiceJar jar,
        SeenPoints seen,
        Collection<SessionLocation> locations,
        Set<String> maps,
        StoreServer ours) {

    /** Requests of these containers were seen, and so would their sessions have been. */
    boolean applicationsOwn() {
        boolean asked = seen.any("tomcat.CoyoteAdapter.") || seen.any("undertow.Connectors.");
        boolean made = seen.any("tomcat.Manager.createSession") || seen.any("undertow.SessionManager.createSession");
        return asked && !made && !spring() && locations.isEmpty();
    }

    boolean spring() {
        return seen.any("spring.SessionRepository.") || seen.any("spring.ReactiveSessionRepository.");
    }

    /** Without their packages. */
    String classes(String point) {
        return String.join(" and ", names(point));
    }

    List<String> names(String point) {
        return node.points().stream()
                .filter(each -> each.getName().equals(point))
                .flatMap(each -> each.getClassesList().stream())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .distinct()
                .toList();
    }
}
