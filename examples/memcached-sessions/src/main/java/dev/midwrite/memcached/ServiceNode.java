package dev.midwrite.memcached;

import de.javakaffee.web.msm.MemcachedBackupSessionManager;
import dev.midwrite.probe.ProbeServlet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.servlet.SessionTrackingMode;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat with sessions that memcached-session-manager keeps, none of them in this process: any node serves any session. Prints the
 * port once it listens; ends with its JVM.
 *
 * <p>Arguments: its name, the port for users (0 for any that is free), memcached's nodes such as
 * {@code n1:127.0.0.1:11211,n2:127.0.0.1:11212}, and how sessions are locked ({@code none}, {@code all}, {@code auto}).
 */
public final class ServiceNode {
    private static final Logger LOG = Logger.getLogger("net.spy.memcached");
    private static final int SESSION_MINUTES = 10;
    /** Of a node that is gone the service shall not learn much slower than its users do. */
    private static final int TIMEOUT_MILLIS = 1_000;

    /** Answers 200 to whoever asks whether the node serves. */
    private static final class Health extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_OK);
        }
    }

    private ServiceNode() {}

    public static void main(String[] args) throws LifecycleException {
        if (args.length != 4) {
            System.err.println("There must be four arguments: name, port, memcached's nodes, none|all|auto.");
            System.exit(64);
            return;
        }
        System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SunLogger");
        LOG.setLevel(Level.SEVERE); // It says all that it does of its connections.
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(Integer.parseInt(args[1]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        context.setSessionTimeout(SESSION_MINUTES);
        context.setManager(manager(args[2], args[3]));
        // Else Tomcat puts session ids into addresses of pages until it has seen a cookie.
        context.addServletContainerInitializer(
                (classes, servlets) -> servlets.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE)), null);
        Tomcat.addServlet(context, "probe", new ProbeServlet(args[0]));
        context.addServletMappingDecoded("/probe/*", "probe");
        Tomcat.addServlet(context, "health", new Health());
        context.addServletMappingDecoded("/health", "health");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
        tomcat.start();
        System.out.println(tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
    }

    private static MemcachedBackupSessionManager manager(String nodes, String locking) {
        MemcachedBackupSessionManager manager = new MemcachedBackupSessionManager();
        manager.setMemcachedNodes(nodes);
        manager.setSticky(false);
        manager.setLockingMode(locking);
        manager.setSessionBackupAsync(false); // A user's answer comes once the session is in its first node.
        manager.setSessionBackupTimeout(TIMEOUT_MILLIS);
        manager.setOperationTimeout(TIMEOUT_MILLIS);
        return manager;
    }

    private static void stop(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            System.err.println("The node does not stop as it should: " + e.getMessage());
        }
    }
}
