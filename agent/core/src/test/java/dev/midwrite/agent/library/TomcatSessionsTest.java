package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.ProbeValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.session.FileStore;
import org.apache.catalina.session.ManagerBase;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.session.StandardSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The points of the sessions that Tomcat keeps: a manager and a store of files, without a server. */
@Tag("long")
class TomcatSessionsTest extends LibraryContract {
    private static final String SET = "tomcat.Session.setAttribute";
    private static final String SAVE = "tomcat.Store.save";
    private static final List<String> POINTS = List.of(
            "tomcat.Manager.createSession",
            "tomcat.Manager.findSession",
            "tomcat.Manager.changeSessionId",
            SET,
            "tomcat.Session.invalidate",
            "tomcat.Session.expire",
            SAVE,
            "tomcat.Store.load",
            "tomcat.Store.remove",
            "tomcat.StandardManager.unload",
            "tomcat.StandardManager.load");

    @TempDir
    Path directory;

    private int subjects;

    @BeforeEach
    void beginAnew() {
        subjects = 0;
    }

    @Override
    Library library() {
        return new TomcatSessions();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        Map<String, Supplier<Subject>> all = new LinkedHashMap<>();
        for (String point : POINTS) {
            all.put(point, () -> new OnTomcat(point));
        }
        return all;
    }

    @Test
    void aSaveCarriesWhatWasSetSinceTheLastOne() throws Exception {
        OnTomcat subject = new OnTomcat(SAVE);
        try (Rig rig = new Rig(SAVE, subject)) {
            rig.prepare();
            rig.open();
            subject.does("set");
            rig.call();
            rig.call();
            assertThat(rig.records())
                    .filteredOn(record -> record.edge() == Edge.BEFORE)
                    .extracting(EventRecord::writeId)
                    .containsExactly(Kept.WRITE_ID, 0L);
        }
    }

    /** Requests share the object: what one sets while another saves is not known to be saved. */
    @Test
    void whatIsSetDuringASaveIsTakenByTheNextOne() throws Exception {
        OnTomcat subject = new OnTomcat(SAVE);
        try (Rig rig = new Rig(SAVE, subject)) {
            rig.prepare();
            rig.open();
            subject.does("set");
            subject.does("set while saving");
            rig.call();
            rig.call();
            rig.call();
            assertThat(rig.records())
                    .filteredOn(record -> record.edge() == Edge.BEFORE)
                    .extracting(EventRecord::writeId)
                    .containsExactly(Kept.WRITE_ID, Kept.WRITE_ID + 1, 0L);
        }
    }

    @Test
    void aSessionThatEndsEndsOnceAndItsAttributesAreNotRemovedByTheApplication() throws Exception {
        OnTomcat subject = new OnTomcat("tomcat.Session.invalidate");
        try (Rig rig = new Rig("tomcat.Session.invalidate", subject)) {
            rig.prepare();
            rig.open();
            subject.does("set");
            rig.journal.records.clear();
            rig.call();
            assertThat(rig.journal.records)
                    .extracting(rig.journal::pointOf)
                    .containsExactly("tomcat.Session.invalidate", "tomcat.Session.invalidate");
        }
    }

    @Test
    void anAttributeIsSetOnceHoweverManyMethodsDoIt() throws Exception {
        try (Rig rig = new Rig(SET, new OnTomcat(SET))) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.records())
                    .filteredOn(record -> record.edge() == Edge.BEFORE)
                    .extracting(record -> new String(record.payload(), StandardCharsets.UTF_8))
                    .containsExactly("a");
        }
    }

    /** Calls Tomcat from a class that is loaded beside it. */
    private final class OnTomcat extends Subject {
        private final String point;
        private Callable<?> kept;

        OnTomcat(String point) {
            this.point = point;
        }

        @Override
        Class<?>[] classes() {
            Class<?> keeper = point.startsWith("tomcat.StandardManager")
                    ? StandardManager.class
                    : point.startsWith("tomcat.Store") ? FileStore.class : StandardSession.class;
            return new Class<?>[] {keeper, StandardSession.class, ManagerBase.class};
        }

        @Override
        List<String> again() {
            return List.of("org.apache.catalina.session.", TomcatSessionsTest.class.getName() + "$");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            subjects++;
            kept = (Callable<?>) loader.loadClass(Kept.class.getName())
                    .getConstructor(String.class, Path.class)
                    .newInstance(point, directory.resolve("" + subjects));
            if (Gate.open != null) {
                opened();
            }
        }

        /** The session is one that a woven manager has handed out. */
        @Override
        void opened() {
            ((Runnable) kept).run();
        }

        void does(String what) throws Exception {
            kept.getClass().getMethod("does", String.class).invoke(kept, what);
        }

        @Override
        void call() throws Exception {
            kept.call();
        }

        @Override
        boolean bodyRan() {
            return kept.toString().equals("yes");
        }
    }

    /** A manager, a store and a session; its text is whether the call had its effect. Public: it is loaded again. */
    public static final class Kept implements Callable<Object>, Runnable {
        static final long WRITE_ID = 0x77;
        private static final String ID = "0123456789ABCDEF";
        private static final String OTHER = "FEDCBA9876543210";

        private final String point;
        private final Path file;
        private final Path all;
        private final KeptManager manager = new KeptManager();
        private final FileStore store = new FileStore();
        private StandardSession session;
        private boolean setsWhileSaving;

        public Kept(String point, Path directory) throws Exception {
            this.point = point;
            this.file = directory.resolve(ID + ".session");
            this.all = directory.resolve("SESSIONS.ser");
            StandardContext context = new StandardContext();
            context.setName("kept");
            manager.setContext(context);
            manager.setPathname(all.toString());
            Files.createDirectories(directory);
            store.setManager(manager);
            store.setDirectory(directory.toString());
            run();
            switch (point) {
                case "tomcat.Store.load", "tomcat.Store.remove" -> store.save(session);
                case "tomcat.StandardManager.load" -> manager.unload();
                default -> {}
            }
            Files.deleteIfExists(point.equals(SAVE) ? file : all.resolveSibling("none"));
            manager.touched = false;
        }

        /** Gets the session from the manager. */
        @Override
        public void run() {
            if (session == null || manager.findSessions().length > 0) {
                manager.findSessionsAnew();
                session = (StandardSession) manager.createSession(ID);
                manager.touched = false;
            }
            if (point.equals("tomcat.Manager.createSession")) {
                manager.findSessionsAnew();
            }
        }

        public void does(String what) {
            switch (what) {
                case "set" -> session.setAttribute("probe", ProbeValue.of(WRITE_ID));
                case "set while saving" -> setsWhileSaving = true;
                default -> throw new IllegalArgumentException(what);
            }
        }

        @Override
        public Object call() throws Exception {
            switch (point) {
                case "tomcat.Manager.createSession" -> manager.createSession(ID);
                case "tomcat.Manager.findSession" -> manager.findSession(ID);
                case "tomcat.Manager.changeSessionId" -> manager.changeSessionId(session, OTHER);
                case SET -> session.setAttribute("a", "1");
                case "tomcat.Session.invalidate" -> session.invalidate();
                case "tomcat.Session.expire" -> session.expire();
                case SAVE -> save();
                case "tomcat.Store.load" -> store.load(ID);
                case "tomcat.Store.remove" -> store.remove(ID);
                case "tomcat.StandardManager.unload" -> manager.unload();
                case "tomcat.StandardManager.load" -> manager.load();
                default -> throw new IllegalArgumentException(point);
            }
            return null;
        }

        private void save() throws IOException {
            if (setsWhileSaving) {
                setsWhileSaving = false;
                session.setAttribute("sets", new Sets(session));
            }
            store.save(session);
        }

        @Override
        public String toString() {
            boolean ran = switch (point) {
                case "tomcat.Manager.createSession" -> manager.findSessions().length == 1;
                case "tomcat.Manager.findSession", "tomcat.Store.load" -> manager.touched;
                case "tomcat.Manager.changeSessionId" -> session.getIdInternal().equals(OTHER);
                case SET -> "1".equals(session.getAttribute("a"));
                case "tomcat.Session.invalidate", "tomcat.Session.expire" -> manager.findSessions().length == 0;
                case SAVE -> Files.exists(file);
                case "tomcat.Store.remove" -> !Files.exists(file);
                case "tomcat.StandardManager.unload" -> Files.exists(all);
                default -> !Files.exists(all);
            };
            return ran ? "yes" : "no";
        }
    }

    /** Tells whether a body has run whose result a fault may have replaced. */
    public static final class KeptManager extends StandardManager {
        boolean touched;

        public KeptManager() {
            findSessionsAnew();
        }

        void findSessionsAnew() {
            sessions = new ConcurrentHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                public Session get(Object id) {
                    touched = true;
                    return super.get(id);
                }
            };
        }

        @Override
        public Session createEmptySession() {
            touched = true;
            return super.createEmptySession();
        }
    }

    /** What a request of another thread sets while this is written. */
    public static final class Sets implements java.io.Serializable {
        private static final long serialVersionUID = 1;
        private final transient StandardSession session;
        private transient boolean done;

        Sets(StandardSession session) {
            this.session = session;
        }

        private void writeObject(java.io.ObjectOutputStream out) throws IOException {
            if (done) {
                return;
            }
            done = true;
            Thread other = new Thread(
                    () -> session.setAttribute("probe", ProbeValue.of(Kept.WRITE_ID + 1)), "another request");
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
