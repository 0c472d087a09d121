package com.example.containers.tomcat;

import com.example.containers.plain.Arguments;
import com.example.containers.plain.HomePage;
import com.example.containers.plain.OrderSocket;
import com.example.containers.plain.PriceStream;
import com.example.containers.plain.Sessions;
import jakarta.servlet.Filter;
import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.websocket.server.WsSci;

/** Embedded Tomcat, which a shutdown hook stops. */
public final class Service {

    private Service() {}

    public static void main(String[] words) throws Exception {
        Arguments arguments = Arguments.of(words);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(arguments.port());
        tomcat.getConnector();
        Context context = tomcat.addContext("", null);
        filter(context, Sessions.in(arguments));
        Tomcat.addServlet(context, "home", new HomePage());
        context.addServletMappingDecoded("/", "home");
        Wrapper prices = Tomcat.addServlet(context, "prices", new PriceStream());
        prices.setAsyncSupported(true);
        context.addServletMappingDecoded("/prices", "prices");
        context.addServletContainerInitializer(new WsSci(), Set.of(OrderSocket.class));
        tomcat.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat), "stop-tomcat"));
        tomcat.getServer().await();
    }

    private static void filter(Context context, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("sessions");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("sessions");
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    private static void stop(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
