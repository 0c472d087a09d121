package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.agent.weave.TestWeaver;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointsFile;
import dev.midwrite.event.SessionHash;
import java.nio.CharBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.StubMethod;
import org.junit.jupiter.api.Test;

/** Points that a user describes, on a store of sessions as somebody may have written it. */
class UserPointsTest extends LibraryContract {
    private static final String TYPE = UserPointsTest.class.getName() + "$Store";
    private static final String CLASS = UserPointsTest.class.getName() + "$Sessions";
    private static final String READ = "orders.SessionRepository.read";
    private static final String SAVE = "orders.SessionRepository.save";
    private static final String CREATE = "orders.SessionRepository.create";
    private static final String DELETE = "orders.SessionRepository.delete";
    private static final String COMMAND = "orders.Store.command";
    private static final String APPLY = "orders.Replica.apply";
    private static final byte[] KEY = {1, 2, 3};

    private static final String DESCRIBED = """
            orders.session.read.type = %1$s
            orders.session.read.method = find
            orders.session.read.id = result.id
            orders.session.save.type = %1$s
            orders.session.save.method = store
            orders.session.save.arguments = 2
            orders.session.save.id = 0
            orders.session.create.type = %1$s
            orders.session.create.method = open
            orders.session.create.id = result.id
            orders.session.delete.type = %1$s
            orders.session.delete.method = drop
            orders.session.delete.id = 0.id
            orders.store.command.type = %1$s
            orders.store.command.method = put
            orders.store.command.id = none
            orders.replica.apply.type = %1$s
            orders.replica.apply.method = arrived
            orders.replica.apply.id = this.lastId
            """.formatted(TYPE);

    @Override
    Library library() {
        return libraries(DESCRIBED).get(0);
    }

    @Override
    List<Library> more() {
        return libraries(DESCRIBED);
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                READ, () -> new OnSessions(store -> store.find("an id")),
                SAVE, () -> new OnSessions(store -> store.store("an id", "content")),
                CREATE, () -> new OnSessions(Store::open),
                DELETE, () -> new OnSessions(store -> store.drop(new Stored("an id"))),
                COMMAND, () -> new OnSessions(store -> store.put("an id", "content")),
                APPLY, () -> new OnSessions(store -> store.arrived(new byte[1])));
    }

    @Test
    void theIdIsWhereItWasSaidToBe() throws Exception {
        long expected = new SessionHash(KEY).of("an id");
        for (String point : List.of(SAVE, DELETE, APPLY)) {
            assertThat(recorded(point))
                    .as(point)
                    .extracting(EventRecord::session)
                    .containsOnly(expected);
        }
        for (String point : List.of(READ, CREATE)) {
            List<EventRecord> records = recorded(point);
            assertThat(records.get(0).session()).as(point).isZero();
            assertThat(records.get(1).session()).as(point).isEqualTo(expected);
        }
    }

    @Test
    void aReadThatFindsNothingSaysSo() throws Exception {
        try (Rig rig = new Rig(READ, new OnSessions(store -> store.find("no id")), more())) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.records()).extracting(EventRecord::digest).containsOnly(0L);
        }
    }

    @Test
    void whatReturnsAValueIsNotDropped() throws Exception {
        List<Library> both = libraries(DESCRIBED.replace("= store", "= store, update"));
        try (Rig rig = new Rig(SAVE, new OnSessions(store -> store.update("an id", "content")), both)) {
            assertThat(rig.point.reason(FaultKind.DROP, Edge.BEFORE)).isEmpty();
            rig.prepare();
            assertThat(rig.point.reason(FaultKind.DROP, Edge.BEFORE))
                    .contains(
                            "drop at " + SAVE + " is impossible: its method returns a value, which nobody can make up");
            rig.inject(FaultKind.DROP, Edge.BEFORE, "");
            rig.call();
            assertThat(rig.subject.bodyRan()).isTrue();
            assertThat(rig.faults()).isEmpty();
        }
    }

    @Test
    void aMethodThatCallsItsOverloadIsOneCall() throws Exception {
        try (Rig rig = new Rig(APPLY, new OnSessions(store -> store.arrived(new byte[1], 1)), more())) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.records()).extracting(EventRecord::edge).containsExactly(Edge.BEFORE, Edge.AFTER);
        }
    }

    @Test
    void anIdThatCannotBeToldIsNobodys() throws Exception {
        List<Library> wrong = libraries(DESCRIBED.replace("0.id", "0.noSuchMethod"));
        try (Rig rig = new Rig(DELETE, new OnSessions(store -> store.drop(new Stored("an id"))), wrong)) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.subject.bodyRan()).isTrue();
            assertThat(rig.records()).extracting(EventRecord::session).containsOnly(0L);
        }
    }

    @Test
    void aMethodThatDoesNotExistIsToldWithItsClass() throws Exception {
        PointReport report = woven(DESCRIBED.replace(TYPE, CLASS).replace("put", "putt"), COMMAND);
        assertThat(report.state()).isEqualTo(PointReport.State.FAILED);
        assertThat(report.isNowhere()).isTrue();
        assertThat(report.reason()).isEqualTo(CLASS + " declares no method putt; name the class that does");
    }

    @Test
    void aClassThatIsNotLoadedIsWaitedFor() throws Exception {
        PointReport report = woven(
                DESCRIBED.replace("store.command.type = " + TYPE, "store.command.type = com.example.Nowhere"), COMMAND);
        assertThat(report.state()).isEqualTo(PointReport.State.WAITING);
        assertThat(report.reason())
                .isEqualTo("no class has been loaded that is a com.example.Nowhere and declares method put");
    }

    @Test
    void aDescriptionThatFitsTooMuchIsRefused() throws Exception {
        String many = IntStream.range(0, 201).mapToObj(i -> "m" + i).collect(Collectors.joining(", "));
        Catalogue catalogue = new Catalogue(libraries("""
                orders.store.command.type = com.example.Many
                orders.store.command.method = %s
                orders.store.command.id = none
                """.formatted(many)));
        TestWeaver weaver = new TestWeaver(catalogue);
        byte[] wide = wide("com.example.Many", 201);
        byte[] unused = weaver.weave(getClass().getClassLoader(), "com/example/Many", wide);
        Point point = catalogue.of(0);
        assertThat(weaver.reports().get(0).isNowhere()).isTrue();
        assertThat(point.reason(FaultKind.DELAY, Edge.BEFORE).orElseThrow())
                .endsWith("is impossible: its description fits more than 200 methods");
    }

    @Test
    void theHostsOwnMistakesInTellingAnIdStayItsOwn() throws Exception {
        List<Library> throwing = libraries(DESCRIBED.replace("this.lastId", "this.broken"));
        try (Rig rig = new Rig(APPLY, new OnSessions(store -> store.arrived(new byte[1])), throwing)) {
            rig.prepare();
            rig.open();
            assertThatCode(rig::call).doesNotThrowAnyException();
            assertThat(rig.records()).extracting(EventRecord::session).containsOnly(0L);
        }
    }

    private List<EventRecord> recorded(String point) throws Exception {
        try (Rig rig = new Rig(point, subjects().get(point).get(), more())) {
            rig.prepare();
            rig.open();
            rig.call();
            return rig.records();
        }
    }

    private PointReport woven(String described, String point) throws Exception {
        Catalogue catalogue = new Catalogue(libraries(described));
        TestWeaver weaver = new TestWeaver(catalogue);
        String path = CLASS.replace('.', '/');
        try (var from = getClass().getClassLoader().getResourceAsStream(path + ".class")) {
            byte[] unused = weaver.weave(getClass().getClassLoader(), path, from.readAllBytes());
        }
        return weaver.reports().stream()
                .filter(report -> report.name().equals(point))
                .findFirst()
                .orElseThrow();
    }

    private static List<Library> libraries(String described) {
        PointsFile file = PointsFile.parse(described);
        assertThat(file.problems()).isEmpty();
        return UserPoints.of(file.points());
    }

    /** Has so many methods m0, m1, … */
    private static byte[] wide(String name, int methods) {
        DynamicType.Builder<?> builder = new ByteBuddy().subclass(Object.class).name(name);
        for (int i = 0; i < methods; i++) {
            builder =
                    builder.defineMethod("m" + i, void.class, Visibility.PUBLIC).intercept(StubMethod.INSTANCE);
        }
        return builder.make().getBytes();
    }

    /** What the application keeps. */
    public record Stored(String key) {
        CharSequence id() {
            return CharBuffer.wrap(key);
        }
    }

    /** The application's own store, as the application knows it. */
    public interface Store {
        Optional<Stored> find(String id);

        void store(String id, String content);

        boolean update(String id, String content);

        Stored open();

        void drop(Stored stored);

        void put(String id, String content);

        void arrived(byte[] bytes);

        void arrived(byte[] bytes, int times);
    }

    /** And as it was written. */
    public static final class Sessions implements Store {
        private final Map<String, String> contents = new HashMap<>(Map.of("an id", ""));
        private int calls;

        @Override
        public Optional<Stored> find(String id) {
            calls++;
            return contents.containsKey(id) ? Optional.of(new Stored(id)) : Optional.empty();
        }

        @Override
        public void store(String id, String content) {
            calls++;
            contents.put(id, content);
        }

        @Override
        public boolean update(String id, String content) {
            calls++;
            return contents.put(id, content) != null;
        }

        @Override
        public Stored open() {
            calls++;
            return new Stored("an id");
        }

        @Override
        public void drop(Stored stored) {
            calls++;
            contents.remove(stored.key());
        }

        @Override
        public void put(String id, String content) {
            calls++;
            contents.put(id, content);
        }

        @Override
        public void arrived(byte[] bytes) {
            calls++;
        }

        @Override
        public void arrived(byte[] bytes, int times) {
            arrived(bytes);
        }

        String lastId() {
            return "an id";
        }

        String broken() {
            return Integer.toString(1 / calls);
        }

        @Override
        public String toString() {
            return Integer.toString(calls);
        }
    }

    private static final class OnSessions extends Subject {
        private final Consumer<Store> use;
        private Store store;

        OnSessions(Consumer<Store> use) {
            this.use = use;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {Sessions.class};
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            store = (Store) loader.loadClass(CLASS).getConstructor().newInstance();
        }

        @Override
        void call() {
            use.accept(store);
        }

        @Override
        boolean bodyRan() {
            return !store.toString().equals("0");
        }
    }
}
