package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.agent.effect.OpenGate;
import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.ProbeValue;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Whose change it is, and whose save: what the journal says of the paths on which applications get at their sessions. */
class SessionScopesTest {
    private static final String SET = "spring.Session.set";
    private static final String SAVE = "spring.SessionRepository.save";
    private static final String REQUEST = hex(0x11);
    private static final String LABEL = hex(0xAA);

    private final Catalogue catalogue = new Catalogue(Libraries.all());
    private final MemoryJournal journal = new MemoryJournal();
    private final List<Passage> passages = new ArrayList<>();
    private final Map<String, Session> store = new HashMap<>();
    private Gate gate;
    private SessionRepository<Session> repository;
    private WovenLoader loader;

    @BeforeEach
    void open() throws ReflectiveOperationException {
        loader = new WovenLoader(
                catalogue,
                List.of(),
                MapSessionRepository.class,
                MapSession.class,
                Decorators.Wrapper.class,
                Decorators.Async.class,
                Decorators.Failing.class);
        repository = repository(woven(MapSessionRepository.class, Map.class, store));
        gate = new OpenGate(catalogue, journal, new Watching(), null, new byte[] {1, 2, 3}, false, () -> {}, () -> {});
        Gate.open = gate;
    }

    @AfterEach
    void close() {
        Gate.open = null;
    }

    @Test
    void aSessionThatNoRepositoryHandedOutIsFilledByTheRepositoryItself() throws ReflectiveOperationException {
        Session loaded = (Session)
                loader.loadClass(MapSession.class.getName()).getConstructor().newInstance();
        loaded.setAttribute("a", ProbeValue.of(7));
        inRequest(() -> loaded.setAttribute("a", ProbeValue.of(7)));
        loaded.changeSessionId();
        assertThat(of(SET)).isEmpty();
    }

    @Test
    void aSessionThatWasReadIsTheApplications() {
        Session made = repository.createSession();
        repository.save(made);
        Session read = repository.findById(made.getId());
        read.setAttribute("a", ProbeValue.of(7));
        assertThat(of(SET)).extracting(EventRecord::writeId).containsExactly(7L, 7L);
    }

    /** The application wraps what the repository handed out: one set, though two sessions see it. */
    @Test
    void aWrapperOfASessionSetsOnce() throws ReflectiveOperationException {
        Session wrapper = (Session) woven(Decorators.Wrapper.class, Session.class, repository.createSession());
        wrapper.setAttribute("a", ProbeValue.of(7));
        assertThat(of(SET)).extracting(EventRecord::edge).containsExactly(Edge.BEFORE, Edge.AFTER);
    }

    @Test
    void aSaveOnAnotherThreadIsTheSaveOfTheRequestThatChangedTheSession() throws InterruptedException {
        Session session = repository.createSession();
        inRequest(() -> session.setAttribute("a", ProbeValue.of(7)));
        onThread("saver", () -> repository.save(session));
        assertThat(of(SAVE)).hasSize(2).allSatisfy(record -> {
            assertThat(record.request()).isEqualTo(0x11);
            assertThat(record.writeId()).isEqualTo(7);
        });
        assertThat(text(of(SAVE).get(0))).isEqualTo("saver");
        assertThat(passages)
                .filteredOn(passage -> passage.point.name().equals(SAVE))
                .allSatisfy(passage -> assertThat(passage.label).isEqualTo(0xAA))
                .allSatisfy(passage -> assertThat(passage.dirty).isTrue());
    }

    /** Jetty 11 saves when the handler that could read the headers has returned, and its channel is not done yet. */
    @Test
    void whatComesBehindAHandlerBelongsToItsRequestUntilTheContainerIsDone() {
        Session session = repository.createSession();
        int request = number("jetty.Server.handle");
        Object container = gate.enter(request, this, null, null, null);
        inRequest(() -> session.setAttribute("a", ProbeValue.of(7)));
        repository.save(session);
        gate.exit(container, null, null, null);
        repository.save(repository.createSession());

        assertThat(of(SAVE)).extracting(EventRecord::request).containsExactly(0x11L, 0x11L, 0L, 0L);
        assertThat(text(of(SAVE).get(0))).as("it is the thread of the request").isEmpty();
    }

    @Test
    void aSaveInItsRequestNamesNoThread() {
        Session session = repository.createSession();
        inRequest(() -> {
            session.setAttribute("a", ProbeValue.of(7));
            repository.save(session);
        });
        assertThat(text(of(SAVE).get(0))).isEmpty();
    }

    /** A decorator returns at once and has another thread do the work: still one logical save, and that of the request. */
    @Test
    void aRepositoryThatHandsItsSavesToAnotherThreadIsFollowed() throws Exception {
        List<Runnable> pending = new ArrayList<>();
        Consumer<Runnable> executor = pending::add;
        SessionRepository<Session> async = repository(loader.loadClass(Decorators.Async.class.getName())
                .getConstructor(SessionRepository.class, Consumer.class)
                .newInstance(repository, executor));
        Session session = async.createSession();
        inRequest(() -> {
            session.setAttribute("a", ProbeValue.of(7));
            async.save(session);
        });
        onThread("saver", pending.get(0));
        List<EventRecord> saves = of(SAVE);
        assertThat(saves)
                .extracting(EventRecord::edge)
                .containsExactly(Edge.BEFORE, Edge.AFTER, Edge.BEFORE, Edge.AFTER);
        assertThat(saves)
                .extracting(EventRecord::scope)
                .containsOnly(saves.get(0).scope());
        assertThat(saves).extracting(EventRecord::writeId).containsOnly(7L);
        assertThat(saves).extracting(SessionScopesTest::text).containsExactly("", "", "saver", "");
        assertThat(passages)
                .filteredOn(passage -> passage.point.name().equals(SAVE))
                .allMatch(passage -> passage.isNew && passage.dirty)
                .hasSize(2);
    }

    @Test
    void theSameRepositorySavingAgainMuchLaterIsNoPartOfTheFirstSave() throws InterruptedException {
        Session session = repository.createSession();
        inRequest(() -> {
            session.setAttribute("a", ProbeValue.of(7));
            repository.save(session);
        });
        onThread("janitor", () -> repository.save(session));
        assertThat(of(SAVE)).extracting(EventRecord::writeId).containsExactly(7L, 7L, 0L, 0L);
    }

    @Test
    void aFailureNamesTheClassesOfTheExceptionAndOfItsCausesAndNoMessage() throws ReflectiveOperationException {
        SessionRepository<Session> failing =
                repository(woven(Decorators.Failing.class, SessionRepository.class, repository));
        assertThatThrownBy(() -> failing.findById("some id")).isInstanceOf(IllegalStateException.class);
        EventRecord after = journal.records.get(journal.records.size() - 1);
        assertThat(after.edge()).isEqualTo(Edge.AFTER);
        assertThat(text(after)).isEqualTo("java.lang.IllegalStateException\njava.io.InvalidClassException");
    }

    @Test
    void aKeyIsSaidOnceTwoSessionsHaveIt() {
        locate("aaaaaaaa-1", "sess:aaaaaaaa-1", "sess:index:root");
        assertThat(locations()).isEmpty();
        locate("bbbbbbbb-2", "sess:bbbbbbbb-2", "sess:index:root");
        locate("cccccccc-3", "sess:cccccccc-3", "sess:index:root");
        assertThat(locations()).containsExactly("key=sess:{id}\naddress=redis.example:6379");
    }

    private void locate(String id, String... keys) {
        Object operation = gate.enter(number(SAVE), repository, id, new MapSession(id), null);
        for (String key : keys) {
            Object step = gate.enter(number("lettuce.DefaultEndpoint.write"), this, null, new Object(), "HMSET");
            assertThat(gate.locates(step)).isTrue();
            gate.located(
                    step,
                    ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)),
                    InetSocketAddress.createUnresolved("redis.example", 6379),
                    null);
        }
        gate.exit(operation, null, null, null);
    }

    private List<String> locations() {
        return journal.records.stream()
                .filter(record -> record.type() == dev.midwrite.event.EventType.LOCATION)
                .map(SessionScopesTest::text)
                .toList();
    }

    private void inRequest(Runnable body) {
        Object request = gate.enter(number("tomcat.CoyoteAdapter.service"), this, null, REQUEST, LABEL);
        body.run();
        gate.exit(request, null, null, null);
    }

    private static void onThread(String name, Runnable body) throws InterruptedException {
        Thread thread = new Thread(body, name);
        thread.start();
        thread.join();
    }

    private List<EventRecord> of(String point) {
        return journal.records.stream()
                .filter(record -> journal.pointOf(record).equals(point))
                .toList();
    }

    private static String text(EventRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    private static String hex(long number) {
        return java.util.HexFormat.of().toHexDigits(number);
    }

    private Object woven(Class<?> type, Class<?> parameter, Object argument) throws ReflectiveOperationException {
        return loader.loadClass(type.getName()).getConstructor(parameter).newInstance(argument);
    }

    @SuppressWarnings("unchecked")
    private static SessionRepository<Session> repository(Object made) {
        return (SessionRepository<Session>) made;
    }

    private int number(String point) {
        return catalogue.all().stream()
                .filter(each -> each.name().equals(point))
                .findFirst()
                .orElseThrow()
                .number();
    }

    private final class Watching implements Decider {
        @Override
        public boolean armed() {
            return true;
        }

        @Override
        public boolean armed(int injection) {
            return true;
        }

        @Override
        public Decision decide(Passage passage, Point at, Edge edge, boolean waits) {
            if (edge == Edge.BEFORE) {
                passages.add(passage);
            }
            return null;
        }

        @Override
        public void happened(Decision decision) {}

        @Override
        public void spared(Passage passage, Decision decision) {}

        @Override
        public void achieved(Decision decision, long nanos) {}
    }
}
