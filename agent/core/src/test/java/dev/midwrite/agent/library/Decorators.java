package dev.midwrite.agent.library;

import java.io.InvalidClassException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** What applications put around sessions and repositories. Public: they are loaded again, woven. */
public final class Decorators {

    private Decorators() {}

    /** Hands its saves to somebody else and returns. */
    public static final class Async implements SessionRepository<Session> {
        private final SessionRepository<Session> repository;
        private final Consumer<Runnable> executor;

        public Async(SessionRepository<Session> repository, Consumer<Runnable> executor) {
            this.repository = repository;
            this.executor = executor;
        }

        @Override
        public Session createSession() {
            return repository.createSession();
        }

        @Override
        public void save(Session session) {
            executor.accept(() -> repository.save(session));
        }

        @Override
        public Session findById(String id) {
            return repository.findById(id);
        }

        @Override
        public void deleteById(String id) {
            repository.deleteById(id);
        }
    }

    /** Cannot read what another version of the application wrote. */
    public static final class Failing implements SessionRepository<Session> {
        private final SessionRepository<Session> repository;

        public Failing(SessionRepository<Session> repository) {
            this.repository = repository;
        }

        @Override
        public Session createSession() {
            return repository.createSession();
        }

        @Override
        public void save(Session session) {
            repository.save(session);
        }

        @Override
        public Session findById(String id) {
            throw new IllegalStateException("with a secret", new InvalidClassException("with another one"));
        }

        @Override
        public void deleteById(String id) {
            repository.deleteById(id);
        }
    }

    /** A session around another one. */
    public static final class Wrapper implements Session {
        private final Session session;

        public Wrapper(Session session) {
            this.session = session;
        }

        @Override
        public String getId() {
            return session.getId();
        }

        @Override
        public String changeSessionId() {
            return session.changeSessionId();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // So it is declared.
        public <T> T getAttribute(String name) {
            return session.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return session.getAttributeNames();
        }

        @Override
        public void setAttribute(String name, Object value) {
            session.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            session.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return session.getCreationTime();
        }

        @Override
        public void setLastAccessedTime(Instant time) {
            session.setLastAccessedTime(time);
        }

        @Override
        public Instant getLastAccessedTime() {
            return session.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            session.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return session.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return session.isExpired();
        }
    }
}
