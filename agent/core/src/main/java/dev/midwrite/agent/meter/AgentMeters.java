package dev.midwrite.agent.meter;

import com.sun.net.httpserver.HttpServer;
import dev.midwrite.agent.effect.OpenGate;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.journal.ChronicleJournal;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The agent's meters, all of which begin with {@code midwrite_} ({@code docs/metrics.md} lists them). Thread-safe. */
public final class AgentMeters implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final OperationCounts operations = new OperationCounts();
    private final Supplier<List<PointReport>> points;
    private volatile ChronicleJournal journal;
    private HttpServer server;

    public AgentMeters(Supplier<List<PointReport>> points, Injections injections) {
        this.points = points;
        for (PointReport.State state : PointReport.State.values()) {
            gauge(
                    "points",
                    "Points by what became of them",
                    this,
                    meters -> meters.points(state),
                    "state",
                    word(state));
        }
        Set<PointKind> kinds = points.get().stream().map(PointReport::kind).collect(Collectors.toSet());
        for (PointKind kind : kinds) {
            for (Outcome outcome : List.of(Outcome.OK, Outcome.FAIL, Outcome.INFO)) {
                counter(
                        "event.operations",
                        "Operations that ended while recording",
                        operations.count(kind, outcome.code()),
                        adder -> adder.sum(),
                        "kind",
                        kind.label(),
                        "outcome",
                        word(outcome));
            }
        }
        gauge(
                "fault.armed",
                "Injections that are armed",
                injections,
                all -> all.counts().size());
        counter("fault.matched", "Passages that an injection's selector matched", injections, Injections::matched);
        counter("fault.applied", "Faults decided", injections, Injections::applied);
        gauge(
                "link.lease.age.seconds",
                "Since the last lease; NaN before the first",
                injections,
                AgentMeters::leaseAge);
        counter("journal.records", "Records journaled", this, meters -> meters.ofJournal(ChronicleJournal::nextSeq));
        counter("journal.bytes", "Bytes journaled", this, meters -> meters.ofJournal(ChronicleJournal::bytes));
        counter("journal.drops", "Records not taken", this, meters -> meters.ofJournal(ChronicleJournal::dropped));
        counter(
                "point.suppressed.errors",
                "Errors of the agent, kept from the host",
                this,
                m -> OpenGate.suppressedErrors());
    }

    /** From now on this is the journal that is counted. */
    public void records(ChronicleJournal newJournal) {
        journal = newJournal;
    }

    /** The same journal, with its operations counted. */
    public Journal counting(Journal counted) {
        return new CountingJournal(counted, operations);
    }

    /** In Prometheus text format. */
    public String scrape() {
        return registry.scrape();
    }

    /**
     * Serves {@code /metrics} on loopback, in plain text.
     *
     * @param port 0 for any free one
     * @return the port; 0 if it cannot be had, which the log explains
     */
    public synchronized int serve(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            AgentLog.warn("no metrics on port " + port + ": " + e.getMessage(), null);
            return 0;
        }
        server.setExecutor(Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "midwrite-metrics");
            thread.setDaemon(true);
            thread.setContextClassLoader(AgentMeters.class.getClassLoader());
            return thread;
        }));
        server.createContext("/metrics", exchange -> {
            byte[] text = scrape().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, text.length);
            try (var body = exchange.getResponseBody()) {
                body.write(text);
            }
        });
        server.start();
        return server.getAddress().getPort();
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
            ((java.util.concurrent.ExecutorService) server.getExecutor()).shutdown();
        }
        registry.close();
    }

    private double points(PointReport.State state) {
        return points.get().stream().filter(point -> point.state() == state).count();
    }

    private double ofJournal(ToDoubleFunction<ChronicleJournal> figure) {
        ChronicleJournal current = journal;
        return current == null ? 0 : figure.applyAsDouble(current);
    }

    private static double leaseAge(Injections injections) {
        long age = injections.leaseAge();
        return age < 0 ? Double.NaN : age / NANOS;
    }

    private <T> void counter(String name, String text, T of, ToDoubleFunction<T> figure, String... tags) {
        FunctionCounter.builder("midwrite." + name, of, figure)
                .description(text)
                .tags(tags)
                .register(registry);
    }

    private <T> void gauge(String name, String text, T of, ToDoubleFunction<T> figure, String... tags) {
        // A gauge holds its object weakly; ours are held by whoever asks for the scrape.
        Gauge.builder("midwrite." + name, of, figure)
                .strongReference(true)
                .description(text)
                .tags(tags)
                .register(registry);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
