package com.example.containers.jetty;

import com.example.containers.plain.Arguments;
import com.example.containers.plain.HomePage;
import com.example.containers.plain.OrderSocket;
import com.example.containers.plain.PriceStream;
import com.example.containers.plain.Sessions;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;

/** Embedded Jetty, which stops itself when the JVM ends. */
public final class Service {

    private Service() {}

    public static void main(String[] words) throws Exception {
        Arguments arguments = Arguments.of(words);
        Server server = new Server(arguments.port());
        ServletContextHandler context = new ServletContextHandler("/");
        FilterHolder sessions = new FilterHolder(Sessions.in(arguments));
        sessions.setAsyncSupported(true);
        context.addFilter(sessions, "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new HomePage()), "/");
        ServletHolder prices = new ServletHolder(new PriceStream());
        prices.setAsyncSupported(true);
        context.addServlet(prices, "/prices");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> container.addEndpoint(OrderSocket.class));
        server.setHandler(context);
        server.setStopAtShutdown(true);
        server.start();
        server.join();
    }
}
