package dev.midwrite.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionRepository;

/** By name, against the interfaces of the real Spring Session. */
class SessionIndexTest {

    /** In a map, with the names that sessions have. */
    private static final class Indexed implements FindByIndexNameSessionRepository<MapSession> {
        private final Map<String, MapSession> sessions = new HashMap<>();

        @Override
        public MapSession createSession() {
            return new MapSession();
        }

        @Override
        public void save(MapSession session) {
            sessions.put(session.getId(), session);
        }

        @Override
        public MapSession findById(String id) {
            return sessions.get(id);
        }

        @Override
        public void deleteById(String id) {
            if (sessions.remove(id) == null) {
                throw new IllegalArgumentException("no session " + id);
            }
        }

        @Override
        public Map<String, MapSession> findByIndexNameAndIndexValue(String index, String value) {
            Map<String, MapSession> found = new LinkedHashMap<>(sessions);
            found.values().removeIf(session -> !value.equals(session.getAttribute(index)));
            return found;
        }
    }

    private final Indexed repository = new Indexed();

    private static HttpServletRequest request(SessionRepository<?> repository) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                SessionIndexTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                        SessionRepository.class.getName().equals(arguments[0]) ? repository : null);
    }

    private String stored(String name, String incarnation) {
        MapSession session = repository.createSession();
        session.setAttribute(SessionIndex.PRINCIPAL, name);
        session.setAttribute(ProbeSession.INCARNATION, incarnation);
        repository.save(session);
        return session.getId();
    }

    @Test
    void sessionsOfANameAreFoundAndEnded() {
        String one = stored("alice", "00000000000000a1");
        String bare = stored("alice", null);
        String other = stored("bob", "00000000000000b1");
        SessionIndex index = SessionIndex.of(request(repository));
        assertThat(index.sessions("alice")).containsOnly(Map.entry(one, 0xA1L), Map.entry(bare, 0L));
        index.end(Set.of(one));
        assertThat(index.sessions("alice")).containsOnlyKeys(bare);
        assertThat(index.sessions("bob")).containsOnlyKeys(other);
    }

    @Test
    void attributeIsTheOneThatSpringSessionIndexes() {
        assertThat(SessionIndex.PRINCIPAL).isEqualTo(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME);
    }

    @Test
    void repositoryWithoutAnIndexHasNone() {
        assertThat(SessionIndex.of(request(new MapSessionRepository(new HashMap<>()))))
                .isNull();
        assertThat(SessionIndex.of(request(null))).isNull();
    }

    @Test
    void whatTheRepositoryThrowsIsTheApplications() {
        SessionIndex index = SessionIndex.of(request(repository));
        assertThatThrownBy(() -> index.end(Set.of("gone")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no session gone");
    }
}
