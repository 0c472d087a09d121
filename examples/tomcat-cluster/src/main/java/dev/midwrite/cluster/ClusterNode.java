package dev.midwrite.cluster;

import dev.midwrite.probe.ProbeServlet;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.ha.tcp.SimpleTcpCluster;
import org.apache.catalina.startup.Tomcat;

/** Starts one node; ends with its JVM. See {@link Arguments} for what it is told. */
public final class ClusterNode {
    private static final int SESSION_MINUTES = 10;

    private ClusterNode() {}

    public static void main(String[] args) throws IOException, LifecycleException {
        Arguments arguments;
        try {
            arguments = Arguments.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(64);
            return;
        }
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(arguments.port());
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        SimpleTcpCluster cluster = Replication.of(arguments);
        tomcat.getEngine().setCluster(cluster);
        Context context = tomcat.addContext("", null);
        context.setDistributable(true);
        context.setSessionTimeout(SESSION_MINUTES);
        // Else Tomcat puts session ids into addresses of pages until it has seen a cookie.
        context.addServletContainerInitializer(
                (classes, servlets) -> servlets.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE)), null);
        Tomcat.addServlet(context, "probe", new ProbeServlet(arguments.node()));
        context.addServletMappingDecoded("/probe/*", "probe");
        Tomcat.addServlet(
                context, "health", new HealthServlet(cluster, arguments.others().size()));
        context.addServletMappingDecoded("/health", "health");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
        tomcat.start();
        tomcat.getServer().await();
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
