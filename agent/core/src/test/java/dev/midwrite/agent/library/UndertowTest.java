package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import io.undertow.Undertow;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.session.InMemorySessionManager;
import io.undertow.server.session.Session;
import io.undertow.server.session.SessionConfig;
import io.undertow.server.session.SessionListener.SessionDestroyedReason;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Logger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatchers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The points of Undertow: a server on loopback and one request to it; a manager of sessions without one. */
@Tag("long")
class UndertowTest extends LibraryContract {
    private static final Logger LOG = Logger.getLogger("io.undertow");
    private static final String SERVICE = "undertow.Connectors.executeRootHandler";
    private static final String COMMIT = "undertow.HttpServerExchange.startResponse";
    private static final String STOP = "undertow.Undertow.stop";
    private static final String INVALIDATE = "undertow.Session.invalidate";
    private static final String SET = "undertow.Session.setAttribute";
    private static final List<String> IN_MEMORY = List.of(
            "undertow.SessionManager.createSession",
            "undertow.SessionManager.getSession",
            "undertow.Session.changeSessionId",
            SET,
            INVALIDATE,
            "undertow.Session.expire");

    private final List<AutoCloseable> servers = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void quiet() {
        LOG.setUseParentHandlers(false); // What a test breaks on purpose is nobody's news.
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
        LOG.setUseParentHandlers(true);
    }

    @Override
    Library library() {
        return new dev.midwrite.agent.library.Undertow();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        Map<String, Supplier<Subject>> all = new HashMap<>();
        for (String point : List.of(SERVICE, COMMIT, STOP)) {
            all.put(point, () -> new OnServer(point));
        }
        for (String point : IN_MEMORY) {
            all.put(point, () -> new InMemory(point));
        }
        return all;
    }

    @Test
    void aRequestIsOneOnItsWorkerWithItsCommitWithin() throws Exception {
        try (Rig rig = new Rig(SERVICE, new OnServer(SERVICE))) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.journal.records)
                    .extracting(record -> rig.journal.pointOf(record) + " " + record.edge())
                    .containsExactly(
                            SERVICE + " " + Edge.BEFORE,
                            COMMIT + " " + Edge.BEFORE,
                            COMMIT + " " + Edge.AFTER,
                            SERVICE + " " + Edge.AFTER);
            assertThat(rig.journal.records).extracting(EventRecord::request).containsOnly(0xAAL);
        }
    }

    /** Whoever asks has an answer: an exchange that nobody ends keeps its client waiting. */
    @Test
    void anErrorOfARequestIsAnswered() throws Exception {
        OnServer subject = new OnServer(SERVICE);
        try (Rig rig = new Rig(SERVICE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.ERROR, Edge.BEFORE, "");
            subject.failsWith(IOException.class, rig::call);
            assertThat(subject.answer.toString()).startsWith("HTTP/1.1 500 ");
        }
    }

    @Test
    void whatAnIoThreadAnswersIsNoRequestAndNothingWaitsThere() throws Exception {
        OnServer subject = new OnServer(COMMIT);
        try (Rig rig = new Rig(COMMIT, subject)) {
            rig.prepare();
            rig.open();
            subject.at("/at-once");
            rig.call();
            assertThat(subject.bodyRan()).isTrue();
            assertThat(rig.journal.records)
                    .extracting(rig.journal::pointOf)
                    .doesNotContain(SERVICE)
                    .doesNotContain(COMMIT);
        }
    }

    @Test
    void anEndByTheUserIsNoExpiry() throws Exception {
        try (Rig rig = new Rig(INVALIDATE, new InMemory(INVALIDATE))) {
            rig.prepare();
            rig.open();
            rig.journal.records.clear();
            rig.call();
            assertThat(rig.journal.records).extracting(rig.journal::pointOf).containsExactly(INVALIDATE, INVALIDATE);
        }
    }

    @Test
    void toSetNothingIsOneRemoval() throws Exception {
        InMemory subject = new InMemory(SET);
        try (Rig rig = new Rig(SET, subject)) {
            rig.prepare();
            rig.open();
            rig.call();
            rig.journal.records.clear();
            subject.does("set nothing");
            assertThat(rig.records()).extracting(EventRecord::edge).containsExactly(Edge.BEFORE, Edge.AFTER);
        }
    }

    private final class OnServer extends Subject {
        private final String point;
        private Callable<?> server;
        private Object answer = "";
        private boolean stopped;

        OnServer(String point) {
            this.point = point;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {Connectors.class, HttpServerExchange.class, Undertow.class};
        }

        @Override
        List<String> again() {
            return List.of("io.undertow.", Served.class.getName());
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            if (server == null || stopped) {
                server = (Callable<?>) loader.loadClass(Served.class.getName())
                        .getConstructor()
                        .newInstance();
                servers.add((AutoCloseable) server);
            }
            answer = "";
            stopped = false;
        }

        void at(String path) {
            System.setProperty(Served.PATH, path);
        }

        @Override
        void call() throws Exception {
            if (point.equals(STOP)) {
                ((AutoCloseable) server).close();
                stopped = true;
                return;
            }
            try {
                answer = server.call();
            } finally {
                System.clearProperty(Served.PATH);
            }
        }

        @Override
        boolean bodyRan() {
            return point.equals(STOP)
                    ? server.toString().equals("stopped")
                    : answer.toString().contains("hello");
        }

        /** Nobody can throw at the other end of a connection: Undertow logs what its handlers threw. */
        @Override
        void failsWith(Class<? extends Throwable> type, ThrowingCallable call) {
            if (point.equals(STOP)) {
                super.failsWith(type, call);
                return;
            }
            List<Throwable> thrown = LoggedErrors.of(LOG, call);
            assertThat(thrown).hasSize(1);
            assertThat(thrown.get(0)).isInstanceOf(type);
            failure = thrown.get(0);
        }
    }

    /** A server, and a client of it; its text is whether it listens. Public: it is loaded again, beside Undertow. */
    public static final class Served implements Callable<Object>, AutoCloseable {
        static final String PATH = "midwrite.test.path";
        private static final int PATIENCE_SECONDS = 60;

        private final Semaphore served = new Semaphore(0);
        private final Undertow undertow;

        public Served() {
            BlockingHandler worker = new BlockingHandler(
                    exchange -> exchange.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII)));
            undertow = Undertow.builder()
                    .setIoThreads(1)
                    .setWorkerThreads(1)
                    .addHttpListener(0, "127.0.0.1")
                    .setHandler(exchange -> {
                        if (exchange.getRequestPath().equals("/at-once")) {
                            exchange.getResponseSender().send("hello");
                        } else {
                            worker.handleRequest(exchange);
                        }
                    })
                    .build();
            undertow.start();
        }

        @Override
        public Object call() throws Exception {
            String path = System.getProperty(PATH, "/");
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
                client.getOutputStream()
                        .write(String.join(
                                        "\r\n",
                                        "GET " + path + " HTTP/1.1",
                                        "Host: x",
                                        "Connection: close",
                                        "X-Midwrite-Request: 00000000000000aa",
                                        "X-Midwrite-Session: 00000000000000bb",
                                        "traceparent: 00-" + LibraryContract.TRACE + "-00f067aa0ba902b7-01",
                                        "",
                                        "")
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                // The client has it all before the handler returns; the one worker takes this when it has.
                undertow.getWorker().execute(served::release);
                if (!served.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("the worker has not returned");
                }
                return answer;
            }
        }

        private int port() {
            return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
        }

        @Override
        public void close() {
            undertow.stop();
        }

        @Override
        public String toString() {
            return undertow.getWorker() == null ? "stopped" : "listening";
        }
    }

    /** Calls Undertow's sessions from a class that is loaded beside them. */
    private static final class InMemory extends Subject {
        private final String point;
        private Callable<?> kept;

        InMemory(String point) {
            this.point = point;
        }

        @Override
        Class<?>[] classes() {
            try {
                return new Class<?>[] {
                    InMemorySessionManager.class, Class.forName(InMemorySessionManager.class.getName() + "$SessionImpl")
                };
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        List<String> again() {
            return List.of("io.undertow.server.session.", UndertowTest.class.getName() + "$Kept");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            kept = (Callable<?>) loader.loadClass(Kept.class.getName())
                    .getConstructor(String.class, HttpServerExchange.class)
                    .newInstance(point, exchange());
            if (Gate.open != null) {
                opened();
            }
        }

        /** Of a connection that does nothing, as the manager asks it for nothing but its threads. */
        private static HttpServerExchange exchange() throws ReflectiveOperationException {
            return new HttpServerExchange(new ByteBuddy()
                    .subclass(ServerConnection.class)
                    .method(ElementMatchers.isAbstract())
                    .intercept(StubMethod.INSTANCE)
                    .make()
                    .load(UndertowTest.class.getClassLoader())
                    .getLoaded()
                    .getConstructor()
                    .newInstance());
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

    /** A manager and a session; its text is whether the call had its effect. Public: it is loaded again. */
    public static final class Kept implements Callable<Object>, Runnable {
        private final String point;
        private final HttpServerExchange exchange;
        private final SessionConfig ids = new KeptIds();
        private final InMemorySessionManager manager = new InMemorySessionManager("kept");
        private Session session;
        private String id;
        private final KeptSessions sessions = new KeptSessions();
        private int before;

        public Kept(String point, HttpServerExchange exchange) throws ReflectiveOperationException {
            this.point = point;
            this.exchange = exchange;
            manager.setDefaultSessionTimeout(-1); // No timer, for which there is no thread.
            Field field = InMemorySessionManager.class.getDeclaredField("sessions");
            field.setAccessible(true);
            field.set(manager, sessions);
            run();
        }

        /** Gets a session from the manager. */
        @Override
        public void run() {
            if (session == null || !point.equals("undertow.SessionManager.createSession")) {
                session = manager.createSession(exchange, ids);
            }
            id = session.getId();
            before = manager.getActiveSessions().size();
            sessions.asked = false;
        }

        public void does(String what) {
            session.setAttribute("a", null);
        }

        @Override
        public Object call() throws Exception {
            switch (point) {
                case "undertow.SessionManager.createSession" -> manager.createSession(exchange, ids);
                case "undertow.SessionManager.getSession" -> manager.getSession(id);
                case "undertow.Session.changeSessionId" -> session.changeSessionId(exchange, ids);
                case SET -> session.setAttribute("a", "1");
                case INVALIDATE -> session.invalidate(exchange);
                default -> expire();
            }
            return null;
        }

        /** As its timer does. */
        private void expire() throws Exception {
            Method end = session.getClass()
                    .getDeclaredMethod("invalidate", HttpServerExchange.class, SessionDestroyedReason.class);
            end.setAccessible(true);
            try {
                end.invoke(session, null, SessionDestroyedReason.TIMEOUT);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }

        @Override
        public String toString() {
            int now = manager.getActiveSessions().size();
            boolean ran = switch (point) {
                case "undertow.SessionManager.createSession" -> now > before;
                case "undertow.SessionManager.getSession" -> sessions.asked;
                case "undertow.Session.changeSessionId" -> !session.getId().equals(id);
                case SET -> "1".equals(session.getAttribute("a"));
                default -> now < before;
            };
            return ran ? "yes" : "no";
        }
    }

    /** Whether a session was looked for: an error afterwards hides what was found. Public: it is loaded again. */
    public static final class KeptSessions extends ConcurrentHashMap<Object, Object> {
        private static final long serialVersionUID = 1;

        boolean asked;

        @Override
        public Object get(Object id) {
            asked = true;
            return super.get(id);
        }
    }

    /** Neither cookies nor paths. Public: it is loaded again. */
    public static final class KeptIds implements SessionConfig {
        @Override
        public void setSessionId(HttpServerExchange exchange, String id) {
            // Nobody is told.
        }

        @Override
        public void clearSession(HttpServerExchange exchange, String id) {
            // Nobody is told.
        }

        @Override
        public String findSessionId(HttpServerExchange exchange) {
            return null;
        }

        @Override
        public SessionCookieSource sessionCookieSource(HttpServerExchange exchange) {
            return SessionCookieSource.NONE;
        }

        @Override
        public String rewriteUrl(String url, String id) {
            return url;
        }
    }
}
