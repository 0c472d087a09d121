package dev.midwrite.controller.users;

import dev.midwrite.probe.ProbeServlet;
import jakarta.servlet.SessionTrackingMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** The real probe servlet behind several ports that share their sessions: nodes with a store that never errs. */
public final class ProbeHost implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();
    private final List<Connector> connectors = new ArrayList<>();

    public ProbeHost(Path directory, int nodes) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setSilent(true);
        StandardContext context = (StandardContext) tomcat.addContext("", directory.toString());
        // What Tomcat does against leaks of redeployed applications needs packages that Java does not open.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        context.addServletContainerInitializer(
                (classes, servlets) -> servlets.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE)), null);
        // A name that no router knows, so that operations carry the node they were sent to.
        Tomcat.addServlet(context, "probe", new ProbeServlet("shared"));
        context.addServletMappingDecoded("/probe/*", "probe");
        ErrorPage page = new ErrorPage();
        page.setErrorCode(ProbeServlet.ERROR_STATUS);
        page.setLocation("/probe/dispatch/error");
        context.addErrorPage(page);
        for (int i = 0; i < nodes; i++) {
            Connector connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            tomcat.getService().addConnector(connector);
            connectors.add(connector);
        }
        tomcat.setConnector(connectors.get(0));
        tomcat.start();
    }

    /** @param node from 0 */
    public URI uri(int node) {
        return URI.create("http://127.0.0.1:" + connectors.get(node).getLocalPort());
    }

    /** From now on connections to this node are refused. */
    void refuse(int node) throws LifecycleException {
        connectors.get(node).stop();
        connectors.get(node).destroy();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        // The next Tomcat of this JVM would make the directory again that this one had.
        System.clearProperty(Globals.CATALINA_HOME_PROP);
        System.clearProperty(Globals.CATALINA_BASE_PROP);
    }
}
