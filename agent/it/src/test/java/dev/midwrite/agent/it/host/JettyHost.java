package dev.midwrite.agent.it.host;

import java.io.File;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.FileSessionDataStore;
import org.eclipse.jetty.session.SessionHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * Jetty with its sessions in files; says on which port it listens.
 *
 * <p>Argument: the directory of the files.
 */
public final class JettyHost {

    private JettyHost() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // Jetty's log is no answer.
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SessionHandler sessions = new SessionHandler();
        FileSessionDataStore store = new FileSessionDataStore();
        store.setStoreDir(new File(args[0]));
        DefaultSessionCache cache = new DefaultSessionCache(sessions);
        cache.setSessionDataStore(store);
        sessions.setSessionCache(cache);
        sessions.setHandler(new Sessions());
        server.setHandler(sessions);
        server.start();
        out.println(((ServerConnector) server.getConnectors()[0]).getLocalPort());
        System.in.read();
        System.exit(0);
    }

    /** Sessions as users see them: /set?name=&amp;value=, /get?name=, /logout. */
    private static final class Sessions extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Content.Sink.write(response, true, answer(request), callback);
            return true;
        }

        private static String answer(Request request) throws Exception {
            Fields parameters = Request.getParameters(request);
            String name = parameters.getValue("name");
            switch (Request.getPathInContext(request)) {
                case "/set" -> request.getSession(true).setAttribute(name, parameters.getValue("value"));
                case "/logout" -> request.getSession(true).invalidate();
                default -> {
                    Session session = request.getSession(false);
                    return session == null ? "no session" : "" + session.getAttribute(name);
                }
            }
            return "ok";
        }
    }
}
