package com.example.containers.undertow;

import com.example.containers.plain.Arguments;
import com.example.containers.plain.HomePage;
import com.example.containers.plain.OrderSocket;
import com.example.containers.plain.PriceStream;
import com.example.containers.plain.Sessions;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;

/** Embedded Undertow, which a shutdown hook stops; with {@code UNDEPLOY=true} in the environment the application before it. */
public final class Service {

    private Service() {}

    public static void main(String[] words) throws Exception {
        Arguments arguments = Arguments.of(words);
        Filter sessions = Sessions.in(arguments);
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(Service.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("service")
                .addFilter(new FilterInfo("sessions", sessions.getClass(), new ImmediateInstanceFactory<>(sessions))
                        .setAsyncSupported(true))
                .addFilterUrlMapping("sessions", "/*", DispatcherType.REQUEST)
                .addServlet(Servlets.servlet("home", HomePage.class).addMapping("/"))
                .addServlet(Servlets.servlet("prices", PriceStream.class)
                        .addMapping("/prices")
                        .setAsyncSupported(true))
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo().addEndpoint(OrderSocket.class));
        DeploymentManager deployed = Servlets.defaultContainer().addDeployment(info);
        deployed.deploy();
        Undertow undertow = Undertow.builder()
                .addHttpListener(arguments.port(), "127.0.0.1")
                .setHandler(deployed.start())
                .build();
        undertow.start();
        boolean undeploy = Boolean.parseBoolean(System.getenv("UNDEPLOY"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(undertow, deployed, undeploy), "stop-undertow"));
    }

    private static void stop(Undertow undertow, DeploymentManager deployed, boolean undeploy) {
        if (undeploy) {
            try {
                deployed.stop();
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            }
        }
        undertow.stop();
    }
}
