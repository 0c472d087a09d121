package dev.midwrite.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Place;
import dev.midwrite.event.Edge;
import dev.midwrite.event.ProbeValue;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;

/** The contract of each point of Spring Session, on its own map repository. */
class SpringSessionPointsTest {

    @Nested
    class Create extends OnMap {
        private int ids;

        @Override
        Place place() {
            return Place.SESSION_CREATE;
        }

        @Override
        void prepared() throws ReflectiveOperationException {
            ids = 0;
            SessionIdGenerator counting = () -> "id" + ++ids;
            repository
                    .getClass()
                    .getMethod("setSessionIdGenerator", SessionIdGenerator.class)
                    .invoke(repository, counting);
        }

        @Override
        void call() {
            Session unused = repository.createSession();
        }

        @Override
        boolean bodyRan() {
            return ids > 0;
        }
    }

    @Nested
    class Read extends OnMap {
        @Override
        Place place() {
            return Place.SESSION_READ;
        }

        @Override
        void prepared() {
            repository.save(session);
            store.reads = 0;
        }

        @Override
        void call() {
            repository.findById(session.getId());
        }

        @Override
        boolean bodyRan() {
            return store.reads > 0;
        }
    }

    @Nested
    class Save extends OnMap {
        @Override
        Place place() {
            return Place.SESSION_SAVE;
        }

        @Override
        void prepared() {}

        @Override
        void call() {
            repository.save(session);
        }

        @Override
        boolean bodyRan() {
            return store.containsKey(session.getId());
        }
    }

    @Nested
    class Delete extends OnMap {
        @Override
        Place place() {
            return Place.SESSION_DELETE;
        }

        @Override
        void prepared() {
            repository.save(session);
        }

        @Override
        void call() {
            repository.deleteById(session.getId());
        }

        @Override
        boolean bodyRan() {
            return store.isEmpty();
        }
    }

    @Nested
    class Set extends OnMap {
        @Override
        Place place() {
            return Place.SESSION_SET;
        }

        @Override
        void prepared() {}

        @Override
        void opened() {
            session = repository.createSession();
        }

        @Override
        void call() {
            session.setAttribute("name", "value");
        }

        @Test
        void namesTheWriteAndTheVersionThatItReplaces() throws ReflectiveOperationException {
            prepare();
            open();
            session.setAttribute("plain", ProbeValue.of(7));
            session.setAttribute("document", ProbeValue.of(9) + "|" + ProbeValue.of(7));
            session.setAttribute("first", ProbeValue.of(10) + "|");
            session.setAttribute("padded", new String[] {ProbeValue.of(11), "abc"});
            session.setAttribute("other", new String[] {});
            assertThat(records().stream()
                            .filter(record -> record.edge() == Edge.AFTER)
                            .map(record -> record.writeId() + " for " + record.digest()))
                    .containsExactly("7 for 0", "9 for 7", "10 for 0", "11 for 0", "0 for 0");
        }

        @Override
        boolean bodyRan() {
            return session.getAttributeNames().contains("name");
        }
    }

    @Nested
    class Rename extends OnMap {
        private String before;

        @Override
        Place place() {
            return Place.SESSION_RENAME;
        }

        @Override
        void prepared() {
            before = session.getId();
        }

        @Override
        void opened() {
            session = repository.createSession();
            prepared();
        }

        @Override
        void call() {
            String unused = session.changeSessionId();
        }

        @Override
        boolean bodyRan() {
            return !session.getId().equals(before);
        }
    }

    /** A woven repository over a map, and a session that it made. */
    abstract static class OnMap extends PointContract {
        final CountingMap store = new CountingMap();
        SessionRepository<Session> repository;
        Session session;

        abstract void prepared() throws ReflectiveOperationException;

        @Override
        @SuppressWarnings("unchecked")
        void prepare() throws ReflectiveOperationException {
            store.clear();
            WovenLoader loader = new WovenLoader(MapSessionRepository.class, MapSession.class);
            repository = (SessionRepository<Session>) loader.loadClass(MapSessionRepository.class.getName())
                    .getConstructor(Map.class)
                    .newInstance(store);
            session = repository.createSession();
            prepared();
        }
    }

    /** Tells reads. */
    static final class CountingMap extends HashMap<String, Session> {
        private static final long serialVersionUID = 1;
        int reads;

        @Override
        public Session get(Object key) {
            reads++;
            return super.get(key);
        }
    }
}
