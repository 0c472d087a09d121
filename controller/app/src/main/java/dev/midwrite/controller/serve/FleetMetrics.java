package dev.midwrite.controller.serve;

import java.util.function.Supplier;

/** One scrape endpoint for the controller and all nodes: {@code http://127.0.0.1:<port>/metrics}. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class FleetMetrics implements AutoCloseable {

    private FleetMetrics() {}

    /**
     * @param own the controller's own meters in Prometheus text format
     * @param port 0 for any free one
     * @throws dev.midwrite.controller.Problem if the port is in use
     */
    public static FleetMetrics start(Fleet fleet, Supplier<String> own, int port) {
        throw new UnsupportedOperationException();
    }

    public int port() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
