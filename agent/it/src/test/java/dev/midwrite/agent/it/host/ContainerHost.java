package dev.midwrite.agent.it.host;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.ha.session.BackupManager;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.tcp.SimpleTcpCluster;
import org.apache.catalina.session.FileStore;
import org.apache.catalina.session.PersistentManager;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.tribes.Channel;
import org.apache.catalina.tribes.group.GroupChannel;
import org.apache.catalina.tribes.membership.StaticMember;
import org.apache.catalina.tribes.membership.StaticMembershipService;
import org.apache.catalina.tribes.transport.nio.NioReceiver;
import org.apache.catalina.valves.PersistentValve;

/**
 * Tomcat with sessions of its own; says on which port it listens. The line "members" asks how many others it sees; any other
 * one ends it.
 *
 * <p>Arguments: a directory, and where sessions are: memory, files (saved at the end of each request), delta or backup (in a
 * cluster, then the ports of all members follow, its own first).
 */
public final class ContainerHost {
    private static final Logger LOG = Logger.getLogger("org.apache");

    private ContainerHost() {}

    public static void main(String[] args) throws Exception {
        LOG.setLevel(Level.OFF); // What a test breaks on purpose is nobody's news.
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(args[0]);
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        SimpleTcpCluster cluster = null;
        if (args.length > 2) {
            cluster = cluster(args);
            tomcat.getEngine().setCluster(cluster);
            context.setDistributable(true);
        } else if (args[1].equals("files")) {
            FileStore store = new FileStore();
            store.setDirectory(args[0]);
            PersistentManager manager = new PersistentManager();
            manager.setStore(store);
            context.setManager(manager);
            context.getPipeline().addValve(new PersistentValve());
        } else {
            StandardManager manager = new StandardManager();
            manager.setPathname(args[0] + "/SESSIONS.ser");
            context.setManager(manager);
        }
        Tomcat.addServlet(context, "sessions", new Sessions());
        context.addServletMappingDecoded("/", "sessions");
        tomcat.start();
        System.out.println(tomcat.getConnector().getLocalPort());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while ("members".equals(lines.readLine())) {
                System.out.println(cluster.getMembers().length);
            }
        }
        tomcat.stop();
        tomcat.destroy();
        System.exit(0);
    }

    private static SimpleTcpCluster cluster(String[] args) throws IOException {
        NioReceiver receiver = new NioReceiver();
        receiver.setAddress("127.0.0.1");
        receiver.setPort(Integer.parseInt(args[2]));
        receiver.setAutoBind(1);
        StaticMembershipService members = new StaticMembershipService();
        for (int i = 2; i < args.length; i++) {
            int port = Integer.parseInt(args[i]);
            StaticMember member = new StaticMember("127.0.0.1", port, 0);
            member.setUniqueId(
                    "{0,0,0,0,0,0,0,0,0,0,0,0,0," + (port >> 14) + "," + (port >> 7 & 127) + "," + (port & 127) + "}");
            if (i == 2) {
                members.setLocalMember(member);
            } else {
                members.addStaticMember(member);
            }
        }
        GroupChannel channel = new GroupChannel();
        channel.setChannelReceiver(receiver);
        channel.setMembershipService(members);
        SimpleTcpCluster cluster = new SimpleTcpCluster();
        cluster.setChannel(channel);
        cluster.setChannelSendOptions(Channel.SEND_OPTIONS_USE_ACK | Channel.SEND_OPTIONS_SYNCHRONIZED_ACK);
        cluster.setManagerTemplate(args[1].equals("delta") ? new DeltaManager() : new BackupManager());
        return cluster;
    }

    /**
     * Sessions as users see them: /set?name=&amp;value=, /replace?name=&amp;value=&amp;instead=, /get?name=, /rename, /logout. And
     * /heap: how many percent of it are live.
     */
    public static final class Sessions extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(answer(request));
        }

        private static String answer(HttpServletRequest request) {
            String name = request.getParameter("name");
            switch (request.getServletPath()) {
                case "/set" -> request.getSession().setAttribute(name, request.getParameter("value"));
                case "/replace" -> { // Another attribute goes in the same request.
                    request.getSession().setAttribute(name, request.getParameter("value"));
                    request.getSession().removeAttribute(request.getParameter("instead"));
                }
                case "/rename" -> request.changeSessionId();
                case "/heap" -> {
                    Runtime runtime = Runtime.getRuntime();
                    runtime.gc();
                    return Long.toString(100 * (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory());
                }
                case "/logout" -> request.getSession().invalidate();
                default -> {
                    HttpSession session = request.getSession(false);
                    return session == null ? "no session" : "" + session.getAttribute(name);
                }
            }
            return "ok";
        }
    }
}
