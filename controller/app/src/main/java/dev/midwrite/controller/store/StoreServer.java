package dev.midwrite.controller.store;

import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import java.nio.file.Path;

/** The store that a drill runs on. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class StoreServer implements AutoCloseable {

    private StoreServer() {}

    /**
     * Starts a server, or checks that the one at the given address answers.
     *
     * @param runDirectory a server of ours keeps its files in {@code store/}
     * @throws dev.midwrite.controller.Problem if the kind is not known, the store does not answer or does not start
     */
    public static StoreServer start(StoreSpec spec, Path runDirectory, Reaper reaper) {
        throw new UnsupportedOperationException();
    }

    public String host() {
        throw new UnsupportedOperationException();
    }

    public int port() {
        throw new UnsupportedOperationException();
    }

    /** Whether it is ours. */
    public boolean embedded() {
        throw new UnsupportedOperationException();
    }

    /** Such as {@code Redis 6.2.11}. */
    public String version() {
        throw new UnsupportedOperationException();
    }

    /** Stops it if it is ours. Idempotent. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
