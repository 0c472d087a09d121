package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.ReactiveMapSessionRepository;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the points of reactive repositories owe beyond the contract, on Spring Session's own map. */
class SpringSessionReactiveTest {
    private static final String SAVE = "spring.ReactiveSessionRepository.save";
    private static final long A_MINUTE_IN_NANOS = 60_000_000_000L;

    /** For the contract. */
    static Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                "spring.ReactiveSessionRepository.create",
                Create::new,
                "spring.ReactiveSessionRepository.read",
                Read::new,
                SAVE,
                Save::new,
                "spring.ReactiveSessionRepository.delete",
                Delete::new);
    }

    @Test
    void nothingHappensBeforeSomebodySubscribesAndEachSubscriptionIsAnOperation() throws Exception {
        Save subject = new Save();
        try (Rig rig = new Rig(SAVE, subject)) {
            rig.prepare();
            rig.open();
            Mono<Void> save = subject.repository.save(subject.session);
            assertThat(rig.records()).isEmpty();
            save.block();
            save.block();
            assertThat(rig.records())
                    .extracting(EventRecord::edge)
                    .containsExactly(Edge.BEFORE, Edge.AFTER, Edge.BEFORE, Edge.AFTER);
        }
    }

    @Test
    void aDelayKeepsNoThread() throws Exception {
        Save subject = new Save();
        try (Rig rig = new Rig(SAVE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.DELAY, Edge.BEFORE, "", A_MINUTE_IN_NANOS);
            CompletableFuture<Void> saved =
                    subject.repository.save(subject.session).toFuture();
            assertThat(saved).as("the subscriber goes on").isNotDone();
            assertThat(subject.bodyRan()).isFalse();
            rig.lifted = true;
            saved.get(1, TimeUnit.MINUTES);
            assertThat(subject.bodyRan()).isTrue();
        }
    }

    @Test
    void whoeverDoesNotWaitForADelayLeavesTheSaveUndone() throws Exception {
        Save subject = new Save();
        try (Rig rig = new Rig(SAVE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.DELAY, Edge.BEFORE, "", A_MINUTE_IN_NANOS);
            subject.repository.save(subject.session).subscribe().dispose();
            assertThat(subject.bodyRan()).isFalse();
            assertThat(rig.records()).extracting(EventRecord::edge).containsExactly(Edge.BEFORE, Edge.AFTER);
            assertThat(rig.records().get(1).outcome()).isEqualTo(Outcome.INFO.code());
        }
    }

    @Test
    void whoeverDoesNotWaitForTheStoreLeavesTheSaveUnknown() throws Exception {
        Hanging subject = new Hanging();
        try (Rig rig = new Rig(SAVE, subject)) {
            rig.prepare();
            rig.open();
            Disposable waits = subject.repository.save(subject.session).subscribe();
            assertThat(rig.records()).extracting(EventRecord::edge).containsExactly(Edge.BEFORE);
            waits.dispose();
            assertThat(rig.records()).extracting(EventRecord::edge).containsExactly(Edge.BEFORE, Edge.AFTER);
            assertThat(rig.records().get(1).outcome()).isEqualTo(Outcome.INFO.code());
        }
    }

    @Test
    void anOperationWithinAnotherIsAPartOfIt() throws Exception {
        Hanging subject = new Hanging();
        try (Rig rig = new Rig("spring.ReactiveSessionRepository.delete", subject)) {
            rig.prepare();
            rig.open();
            subject.repository.deleteById(subject.session.getId()).block();
            assertThat(rig.journal.records)
                    .filteredOn(record -> record.type() == EventType.OPERATION)
                    .extracting(rig.journal::pointOf)
                    .containsOnly(rig.point.name())
                    .hasSize(2);
        }
    }

    @Test
    void aDroppedSaveIsAnsweredAndMissing() throws Exception {
        Save subject = new Save();
        try (Rig rig = new Rig(SAVE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.DROP, Edge.BEFORE, "");
            rig.call();
            assertThat(subject.store).isEmpty();
            assertThat(rig.records().get(1).outcome()).isEqualTo(Outcome.INFO.code());
        }
    }

    @Test
    void aSessionThatWasYieldedIsKnownWhenItChanges() throws Exception {
        Save subject = new Save();
        try (Rig rig = new Rig("spring.ReactiveSessionRepository.create", subject)) {
            rig.prepare();
            rig.open();
            Session session = subject.repository.createSession().block();
            assertThat(rig.records()).hasSize(2);
            EventRecord made = rig.records().get(1);
            assertThat(made.digest()).isEqualTo(1);
            assertThat(made.session()).isNotZero();
            session.setAttribute("name", "value");
            assertThat(rig.journal.records)
                    .filteredOn(record -> record.type() == EventType.OPERATION)
                    .filteredOn(record -> rig.journal.pointOf(record).equals("spring.Session.set"))
                    .extracting(EventRecord::session)
                    .containsOnly(made.session());
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
            repository.createSession().block();
        }

        @Override
        boolean bodyRan() {
            return ids > 0;
        }
    }

    private static final class Read extends OnMap {
        @Override
        void prepared() {
            repository.save(session).block();
            store.reads = 0;
        }

        @Override
        void call() {
            repository.findById(session.getId()).block();
        }

        @Override
        boolean bodyRan() {
            return store.reads > 0;
        }
    }

    private static final class Save extends OnMap {
        @Override
        void call() {
            repository.save(session).block();
        }

        @Override
        boolean bodyRan() {
            return store.containsKey(session.getId());
        }
    }

    private static final class Delete extends OnMap {
        @Override
        void prepared() {
            repository.save(session).block();
        }

        @Override
        void call() {
            repository.deleteById(session.getId()).block();
        }

        @Override
        boolean bodyRan() {
            return store.isEmpty();
        }
    }

    /** A woven repository over a map, and a session that it made. */
    private abstract static class OnMap extends Subject {
        final CountingMap store = new CountingMap();
        ReactiveSessionRepository<Session> repository;
        Session session;

        void prepared() throws ReflectiveOperationException {}

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {ReactiveMapSessionRepository.class, MapSession.class};
        }

        @Override
        @SuppressWarnings("unchecked")
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            store.clear();
            repository =
                    (ReactiveSessionRepository<Session>) loader.loadClass(ReactiveMapSessionRepository.class.getName())
                            .getConstructor(Map.class)
                            .newInstance(store);
            session = repository.createSession().block(Duration.ofMinutes(1));
            prepared();
        }
    }

    /** A woven repository whose store does not answer. */
    private static final class Hanging extends Subject {
        final Session session = new MapSession();
        ReactiveSessionRepository<Session> repository;

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {NeverSaves.class};
        }

        @Override
        @SuppressWarnings("unchecked")
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            repository = (ReactiveSessionRepository<Session>) loader.loadClass(NeverSaves.class.getName())
                    .getConstructor()
                    .newInstance();
        }

        @Override
        void call() {
            repository.deleteById(session.getId()).block();
        }

        @Override
        boolean bodyRan() {
            return true;
        }
    }

    /** Reads before it deletes. Public: it is loaded again. */
    public static final class NeverSaves implements ReactiveSessionRepository<Session> {
        @Override
        public Mono<Session> createSession() {
            return Mono.empty();
        }

        @Override
        public Mono<Void> save(Session session) {
            return Mono.never();
        }

        @Override
        public Mono<Session> findById(String id) {
            return Mono.<Session>empty().publishOn(Schedulers.parallel());
        }

        @Override
        public Mono<Void> deleteById(String id) {
            return findById(id).then();
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
