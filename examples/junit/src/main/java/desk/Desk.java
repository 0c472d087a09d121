package desk;

import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** A desk at which visitors are counted, each in a session that is in the memory of the node that made it. */
public final class Desk extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** {@code args}: the port. */
    public static void main(String[] args) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector();
        connector.setPort(Integer.parseInt(args[0]));
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "desk", new Desk());
        context.addServletMappingDecoded("/", "desk");
        context.addServletContainerInitializer(
                (classes, servlets) -> servlets.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE)), null);
        tomcat.start();
        tomcat.getServer().await();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer visits = (Integer) request.getSession().getAttribute("visits");
        int now = visits == null ? 1 : visits + 1;
        request.getSession().setAttribute("visits", now);
        response.getWriter().println("Visit " + now);
    }
}
