package dev.midwrite.controller.store;

import dev.midwrite.controller.nodes.FreePorts;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All servers that were ever started for one store; also the one that is being started when the run is told to end. Thread-safe. */
final class OwnServers<S extends ServerProcess> {
    private static final int ATTEMPTS = 5;

    private final List<S> all = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    /** Makes one that has not been started. */
    interface Maker<S> {
        S at(int port) throws IOException;
    }

    /** The one that is made; it answers. */
    S start(Maker<S> maker) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            S server = maker.at(FreePorts.take());
            all.add(server);
            try {
                if (ended) {
                    throw new IOException("the run has ended");
                }
                server.start();
                return server;
            } catch (IOException e) {
                // Somebody may have taken the port since; with another one it starts, or the reason is a different one.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Kills them, and lets none start again. Idempotent. */
    void end() {
        ended = true;
        all.forEach(ServerProcess::end);
    }
}
