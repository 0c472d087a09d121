package dev.midwrite.controller.nodes;

import dev.midwrite.controller.plan.NodesSpec;
import java.net.URI;
import java.nio.file.Path;

/** One node as a process of ours. Operations block and exclude each other; queries do not. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class NodeProcess {

    NodeProcess(String name, NodesSpec spec, NodeSetting setting, NodeListener listener) {
        throw new UnsupportedOperationException();
    }

    public String name() {
        throw new UnsupportedOperationException();
    }

    /** The same for all starts of the node; 0 before the first. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    /** {@code http://127.0.0.1:<port>}. */
    public URI uri() {
        throw new UnsupportedOperationException();
    }

    public boolean alive() {
        throw new UnsupportedOperationException();
    }

    public boolean ready() {
        throw new UnsupportedOperationException();
    }

    /** How often it was started. */
    public int starts() {
        throw new UnsupportedOperationException();
    }

    /** The agent's incarnation of the present or last start; 0 without an agent. */
    public long incarnation() {
        throw new UnsupportedOperationException();
    }

    /** What the present or last start printed. */
    public Path log() {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts it and waits until it is ready; nothing if it is alive.
     *
     * @throws dev.midwrite.controller.Problem if it ends or the time is over before; then it does not run
     */
    public void start() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** SIGTERM, and SIGKILL if it takes longer than the drill allows; nothing if it is down. */
    public void stop() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** SIGKILL, and waits for its end; nothing if it is down. */
    public void kill() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** {@link #stop} and {@link #start}. */
    public void restart() throws InterruptedException {
        throw new UnsupportedOperationException();
    }
}
