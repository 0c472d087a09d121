package dev.midwrite.controller.nodes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A service as small as can be, in a JVM of its own: a port, a health check, and ways to end. */
public final class TinyNode {
    private TinyNode() {}

    /** {@code args}: port, and how to behave. */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        String behaviour = args.length > 1 ? args[1] : "ok";
        System.out.println("tiny node on port " + port + ", greeting " + System.getenv("GREETING"));
        if (behaviour.equals("die")) {
            System.err.println("no database");
            System.exit(3);
        }
        if (behaviour.equals("never-stop")) {
            CountDownLatch never = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        if (behaviour.startsWith("taken-once:")) {
            Path marker = Path.of(behaviour.substring("taken-once:".length()));
            if (!Files.exists(marker)) {
                Files.writeString(marker, Integer.toString(port));
                try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                    serve(taken.getLocalPort(), behaviour);
                }
            }
        }
        serve(port, behaviour);
    }

    private static void serve(int port, String behaviour) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        int health = behaviour.equals("sick") ? 503 : 200;
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(health, -1);
            exchange.close();
        });
        server.createContext("/halt", exchange -> Runtime.getRuntime().halt(7));
        server.start();
    }
}
