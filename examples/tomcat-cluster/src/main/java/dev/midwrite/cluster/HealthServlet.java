package dev.midwrite.cluster;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.ha.tcp.SimpleTcpCluster;

/** 200 once this node has seen all others, and from then on whatever becomes of them; before that 503. Thread-safe. */
final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient SimpleTcpCluster cluster;
    private final int others;
    private volatile boolean complete;

    HealthServlet(SimpleTcpCluster cluster, int others) {
        this.cluster = cluster;
        this.others = others;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        complete |= cluster.getMembers().length >= others;
        response.setStatus(complete ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
}
