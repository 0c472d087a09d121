package dev.midwrite.controller.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One scrape endpoint for the controller and all nodes: {@code http://127.0.0.1:<port>/metrics}. */
public final class FleetMetrics implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final long LEAST_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final Fleet fleet;
    private final Supplier<String> own;
    private final HttpServer server;
    /** When the newest scrape began, and how long after the one before it; {@link System#nanoTime()}. */
    private long latest;

    private long interval;
    private int scrapes;

    private FleetMetrics(Fleet fleet, Supplier<String> own, HttpServer server) {
        this.fleet = fleet;
        this.own = own;
        this.server = server;
    }

    /**
     * @param own the controller's own meters in Prometheus text format
     * @param port 0 for any free one
     * @throws Problem if the port is in use
     */
    public static FleetMetrics start(Fleet fleet, Supplier<String> own, int port) {
        if (port < 0 || port > 65_535) {
            throw new Problem(
                    "Cannot serve metrics on port " + port + ": ports go from 0, for any free one, to 65535.");
        }
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
            FleetMetrics metrics = new FleetMetrics(fleet, own, server);
            server.createContext("/metrics", metrics::answer);
            server.start();
            return metrics;
        } catch (IOException e) {
            throw new Problem(
                    "Cannot serve metrics on 127.0.0.1:" + port
                            + ": the port is in use or not allowed; choose another.",
                    e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What a scrape answers now: every node's meters carry a {@code node} label. */
    public String text() {
        Scrape scrape = new Scrape();
        scrape.add(own.get());
        for (FleetNode node : fleet.nodes()) {
            // The last meters of a node that is down would look like the present ones.
            if (node.connected()) {
                scrape.add(node.metrics(), node.name());
            }
        }
        return scrape.text();
    }

    /** Whether anybody has asked for it. */
    public synchronized boolean wasScraped() {
        return scrapes > 0;
    }

    /**
     * Gives somebody who has scraped before the time to do so once more; returns at once if nobody has.
     *
     * @param most is waited if scrapes come less often, or come no more
     * @return whether what is there now was scraped
     */
    public synchronized boolean awaitScrape(Duration most) throws InterruptedException {
        long now = System.nanoTime();
        if (scrapes == 0) {
            return false;
        }
        // Twice the time between two, as one may be late; two who scrape come shortly after each other.
        long patience =
                scrapes == 1 ? most.toNanos() : Math.min(most.toNanos(), Math.max(LEAST_PATIENCE, 2 * interval));
        long left = patience;
        // One that had begun before may be of before.
        while (latest - now < 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = patience - (System.nanoTime() - now);
        }
        return latest - now >= 0;
    }

    private synchronized void scraped(long began) {
        interval = began - latest;
        latest = began;
        scrapes++;
        notifyAll();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            long began = System.nanoTime();
            byte[] body = text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            scraped(began);
        }
    }
}
