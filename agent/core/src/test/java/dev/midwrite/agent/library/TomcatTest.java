package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardService;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The points of Tomcat: a server on loopback, one request to it, and its end. */
@Tag("long")
class TomcatTest extends LibraryContract {
    private static final String PROPERTY = "midwrite.test.base";
    private static final Logger LOG = Logger.getLogger("org.apache");

    private final List<AutoCloseable> servers = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void chooseBase(@TempDir Path base) {
        System.setProperty(PROPERTY, base.toString());
        LOG.setUseParentHandlers(false); // What a test breaks on purpose is nobody's news.
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
        System.clearProperty(PROPERTY);
        LOG.setUseParentHandlers(true);
    }

    @Override
    Library library() {
        return new dev.midwrite.agent.library.Tomcat();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                "tomcat.CoyoteAdapter.service", Request::new,
                "tomcat.Processor.prepareResponse", Request::new,
                "tomcat.StandardService.stop", () -> new Stop("engine"),
                "tomcat.StandardContext.stop", () -> new Stop("servlet"),
                "tomcat.Connector.stop", () -> new Stop("connector"));
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
            return new Class<?>[] {StandardService.class, StandardContext.class, Connector.class};
        }

        @Override
        List<String> again() {
            return List.of("org.apache.", Served.class.getName());
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
    }

    private final class Request extends Subject {
        private Callable<?> server;
        private Object answer = "";

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {CoyoteAdapter.class, Http11Processor.class};
        }

        @Override
        List<String> again() {
            return List.of("org.apache.", Served.class.getName());
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

        @Override
        void call() throws Exception {
            answer = server.call();
        }

        @Override
        boolean bodyRan() {
            return answer.toString().contains("hello");
        }

        /** Nobody can throw at the other end of a connection: Tomcat logs what its adapter threw. */
        @Override
        void failsWith(Class<? extends Throwable> type, ThrowingCallable call) {
            List<Throwable> thrown = LoggedErrors.of(LOG, call);
            assertThat(thrown).hasSize(1);
            assertThat(thrown.get(0)).isInstanceOf(type);
            failure = thrown.get(0);
        }
    }

    /** A server, and a client of it. Public: it is loaded again, beside Tomcat. */
    public static final class Served implements Callable<Object>, AutoCloseable {
        private final Tomcat tomcat = new Tomcat();
        private final ServedHello hello = new ServedHello();
        private String ended;

        public Served() throws LifecycleException {
            TomcatURLStreamHandlerFactory.disable();
            tomcat.setBaseDir(System.getProperty(PROPERTY));
            tomcat.setHostname("127.0.0.1");
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", null);
            Tomcat.addServlet(context, "hello", hello).setLoadOnStartup(1);
            context.addServletMappingDecoded("/", "hello");
            tomcat.start();
        }

        @Override
        public Object call() throws IOException {
            try (Socket client = new Socket(
                    InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort())) {
                client.getOutputStream()
                        .write(String.join(
                                        "\r\n",
                                        "GET / HTTP/1.1",
                                        "Host: x",
                                        "Connection: close",
                                        "X-Midwrite-Request: 00000000000000aa",
                                        "X-Midwrite-Session: 00000000000000bb",
                                        "traceparent: 00-" + LibraryContract.TRACE + "-00f067aa0ba902b7-01",
                                        "",
                                        "")
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                // The client has it all before the adapter returns.
                ThreadPoolExecutor workers = (ThreadPoolExecutor)
                        tomcat.getConnector().getProtocolHandler().getExecutor();
                Awaitility.await().until(() -> workers.getActiveCount() == 0);
                return answer;
            }
        }

        @Override
        public void close() throws LifecycleException {
            if (ended == null) {
                try {
                    tomcat.stop();
                } finally {
                    ended = (tomcat.getEngine().getState().isAvailable() ? "" : "engine ")
                            + (hello.isDestroyed ? "servlet " : "")
                            + (tomcat.getConnector().getState().isAvailable() ? "" : "connector");
                    tomcat.destroy();
                }
            }
        }

        /** What of it had ended when it was stopped, and before it was destroyed. */
        @Override
        public String toString() {
            return ended;
        }
    }

    /** Says hello. Public: it is loaded again, too. */
    public static final class ServedHello extends HttpServlet {
        private static final long serialVersionUID = 1;

        boolean isDestroyed;

        @Override
        public void destroy() {
            isDestroyed = true;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }
}
