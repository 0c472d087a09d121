package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.ProbeValue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;

/** The points of Spring Session, on its own map repository. */
class SpringSessionTest extends LibraryContract {

    @Override
    Library library() {
        return new SpringSession();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        Map<String, Supplier<Subject>> all = new HashMap<>(SpringSessionReactiveTest.subjects());
        all.put("spring.SessionRepository.create", Create::new);
        all.put("spring.SessionRepository.read", Read::new);
        all.put("spring.SessionRepository.save", Save::new);
        all.put("spring.SessionRepository.delete", Delete::new);
        all.put("spring.Session.set", Set::new);
        all.put("spring.Session.rename", Rename::new);
        return all;
    }

    @Test
    void namesTheWriteAndTheVersionThatItReplaces() throws ReflectiveOperationException {
        Set subject = new Set();
        try (Rig rig = new Rig("spring.Session.set", subject)) {
            rig.prepare();
            rig.open();
            subject.session.setAttribute("plain", ProbeValue.of(7));
            subject.session.setAttribute("document", ProbeValue.of(9) + "|" + ProbeValue.of(7));
            subject.session.setAttribute("first", ProbeValue.of(10) + "|");
            subject.session.setAttribute("padded", new String[] {ProbeValue.of(11), "abc"});
            subject.session.setAttribute("other", new String[] {});
            assertThat(rig.records().stream()
                            .filter(record -> record.edge() == Edge.AFTER)
                            .map(record -> record.writeId() + " for " + record.digest()))
                    .containsExactly("7 for 0", "9 for 7", "10 for 0", "11 for 0", "0 for 0");
        }
    }

    @Test
    void aSaveOfNothingIsRecordedAndFailsAsItDoesWithoutUs() throws ReflectiveOperationException {
        Save subject = new Save();
        try (Rig rig = new Rig("spring.SessionRepository.save", subject)) {
            rig.prepare();
            rig.open();
            subject.failsWith(NullPointerException.class, () -> subject.repository.save(null));
            assertThat(rig.records()).extracting(record -> record.edge()).containsExactly(Edge.BEFORE, Edge.AFTER);
        }
    }

    private static final class Create extends OnMap {
        private int ids;

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

    private static final class Read extends OnMap {
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

    private static final class Save extends OnMap {
        @Override
        void call() {
            repository.save(session);
        }

        @Override
        boolean bodyRan() {
            return store.containsKey(session.getId());
        }
    }

    private static final class Delete extends OnMap {
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

    private static final class Set extends OnMap {
        @Override
        void opened() {
            session = repository.createSession();
        }

        @Override
        void call() {
            session.setAttribute("name", "value");
        }

        @Override
        boolean bodyRan() {
            return session.getAttributeNames().contains("name");
        }
    }

    private static final class Rename extends OnMap {
        private String before;

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
    private abstract static class OnMap extends Subject {
        final CountingMap store = new CountingMap();
        SessionRepository<Session> repository;
        Session session;

        void prepared() throws ReflectiveOperationException {}

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {MapSessionRepository.class, MapSession.class};
        }

        @Override
        @SuppressWarnings("unchecked")
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            store.clear();
            repository = (SessionRepository<Session>) loader.loadClass(MapSessionRepository.class.getName())
                    .getConstructor(Map.class)
                    .newInstance(store);
            session = repository.createSession();
            prepared();
        }
    }

    /** Tells reads. */
    private static final class CountingMap extends HashMap<String, Session> {
        private static final long serialVersionUID = 1;
        private int reads;

        @Override
        public Session get(Object key) {
            reads++;
            return super.get(key);
        }
    }
}
