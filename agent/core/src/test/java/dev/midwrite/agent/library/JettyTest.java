package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The points of Jetty 12: a server on loopback, one request to it, and its end. */
@Tag("long")
class JettyTest extends LibraryContract {
    private static final String SERVICE = "jetty.Server.handle";
    private static final String COMMIT = "jetty.HttpStream.send";

    private final List<AutoCloseable> servers = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    @Override
    Library library() {
        return new Jetty();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                SERVICE,
                OneRequest::new,
                COMMIT,
                OneRequest::new,
                "jetty.Server.stop",
                () -> new Stop("connectors"),
                "jetty.Connector.stop",
                () -> new Stop("selectors"));
    }

    /** An interim answer before it, and content after it, are no commits. */
    @Test
    void aRequestHasOneCommit() throws Exception {
        OneRequest subject = new OneRequest();
        try (Rig rig = new Rig(SERVICE, subject)) {
            rig.prepare();
            rig.open();
            subject.path("/in-parts");
            rig.call();
            assertThat(subject.answer.toString()).startsWith("HTTP/1.1 103 ").contains("HTTP/1.1 200 ");
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

    @Test
    void anErrorOfARequestIsAnswered() throws Exception {
        OneRequest subject = new OneRequest();
        try (Rig rig = new Rig(SERVICE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.ERROR, Edge.BEFORE, "");
            subject.failsWith(IOException.class, rig::call);
            assertThat(subject.answer.toString()).startsWith("HTTP/1.1 500 ");
        }
    }

    private final class Stop extends Subject {
        private final String effect;
        private AutoCloseable server;

        /** @param effect what has ended when the body ran */
        Stop(String effect) {
            this.effect = effect;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {Server.class, AbstractConnector.class};
        }

        @Override
        List<String> again() {
            return List.of("org.eclipse.jetty.server.", JettyTest.class.getName());
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            server = (AutoCloseable)
                    loader.loadClass(Served.class.getName()).getConstructor().newInstance();
            servers.add(server);
        }

        @Override
        void call() throws Exception {
            server.close();
        }

        @Override
        boolean bodyRan() {
            return server.toString().contains(effect);
        }

        /** A server that ends collects what its components throw. */
        @Override
        void failsWith(Class<? extends Throwable> type, ThrowingCallable call) {
            failure = withCauses(Assertions.catchThrowable(call))
                    .filter(type::isInstance)
                    .filter(each -> type != Throwable.class || each.getMessage().contains("injected"))
                    .findFirst()
                    .orElseThrow();
        }

        private static Stream<Throwable> withCauses(Throwable thrown) {
            return thrown == null
                    ? Stream.of()
                    : Stream.concat(
                            Stream.of(thrown),
                            Stream.concat(Stream.of(thrown.getSuppressed()), Stream.ofNullable(thrown.getCause()))
                                    .flatMap(Stop::withCauses));
        }
    }

    private final class OneRequest extends Subject {
        private Callable<?> server;
        private Object answer = "";

        @Override
        Class<?>[] classes() {
            try {
                return new Class<?>[] {
                    Server.class, Class.forName("org.eclipse.jetty.server.internal.HttpConnection$HttpStreamOverHTTP1")
                };
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        List<String> again() {
            return List.of("org.eclipse.jetty.server.", JettyTest.class.getName());
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            if (server == null) {
                server = (Callable<?>) loader.loadClass(Served.class.getName())
                        .getConstructor()
                        .newInstance();
                servers.add((AutoCloseable) server);
            }
            answer = "";
        }

        void path(String path) {
            System.setProperty(Served.PATH, path);
        }

        @Override
        void call() throws Exception {
            try {
                answer = server.call();
            } finally {
                System.clearProperty(Served.PATH);
            }
        }

        @Override
        boolean bodyRan() {
            return answer.toString().contains("hello");
        }

        /** Nobody can throw at the other end of a connection: what the server threw is kept where it passes. */
        @Override
        @SuppressWarnings("unchecked")
        void failsWith(Class<? extends Throwable> type, ThrowingCallable call) {
            try {
                call.call();
            } catch (Throwable e) {
                throw new AssertionError("only the server may fail", e);
            }
            failure = ((Supplier<Throwable>) server).get();
            assertThat(failure).isInstanceOf(type);
        }
    }

    /** A server, and a client of it; what was thrown last. Public: it is loaded again, beside Jetty. */
    public static final class Served implements Callable<Object>, Supplier<Throwable>, AutoCloseable {
        static final String PATH = "midwrite.test.path";
        private static final int PATIENCE_SECONDS = 60;

        private final ServedServer server = new ServedServer();

        public Served() throws Exception {
            server.setHandler(new ServedHello());
            server.start();
        }

        @Override
        public Object call() throws Exception {
            try (Socket client = new Socket(
                    InetAddress.getLoopbackAddress(), ((ServerConnector) server.getConnectors()[0]).getLocalPort())) {
                client.getOutputStream()
                        .write(String.join(
                                        "\r\n",
                                        "GET " + System.getProperty(PATH, "/") + " HTTP/1.1",
                                        "Host: x",
                                        "Connection: close",
                                        "X-Midwrite-Request: 00000000000000aa",
                                        "X-Midwrite-Session: 00000000000000bb",
                                        "traceparent: 00-" + LibraryContract.TRACE + "-00f067aa0ba902b7-01",
                                        "",
                                        "")
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                // The client has it all before the server's method returns.
                if (!server.handled.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("the server has not returned");
                }
                return answer;
            }
        }

        @Override
        public Throwable get() {
            return server.thrown;
        }

        @Override
        public void close() {
            LifeCycle.stop(server);
        }

        /** What of it has ended. */
        @Override
        public String toString() {
            ServerConnector connector = (ServerConnector) server.getConnectors()[0];
            return (connector.isRunning() ? "" : "connectors ")
                    + (connector.getSelectorManager().isRunning() ? "" : "selectors");
        }
    }

    /** Knows when it has handled a request, and how. Public: it is loaded again, too. */
    public static final class ServedServer extends Server {
        final Semaphore handled = new Semaphore(0);
        volatile Throwable thrown;

        public ServedServer() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            try {
                return super.handle(request, response, callback);
            } catch (Throwable e) {
                thrown = e;
                throw e;
            } finally {
                handled.release();
            }
        }
    }

    /** Says hello. Public: it is loaded again, too. */
    public static final class ServedHello extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (Request.getPathInContext(request).equals("/in-parts")) {
                response.writeInterim(103, HttpFields.EMPTY).get();
                Content.Sink.write(response, false, ByteBuffer.wrap(new byte[] {104, 101, 108}));
                Content.Sink.write(response, true, "lo", callback);
                return true;
            }
            Content.Sink.write(response, true, "hello", callback);
            return true;
        }
    }
}
