package dev.midwrite.controller.nodes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One node of a drill. Operations block and exclude each other; queries do not. Thread-safe. */
public interface Node {
    String name();

    /** {@code http://host:port}. */
    URI uri();

    /** Its process runs. */
    boolean alive();

    /** It is alive, users may reach it, and nobody has asked it to end as far as is known here. */
    boolean ready();

    /** How often it was started. */
    int starts();

    /** Whether the process is ours: only then is it known how it ends and what it prints. */
    boolean ours();

    /** What the present or last start printed; null before the first, and of a process that is not ours. */
    Path log();

    /**
     * Starts it and waits until it is ready; nothing if it is alive.
     *
     * @throws dev.midwrite.controller.Problem if it ends or the time is over before; then it does not run
     */
    void start() throws InterruptedException;

    /** SIGTERM, and SIGKILL if it takes longer than the drill allows; the listener was told. Nothing if it is down. */
    void stop() throws InterruptedException;

    /**
     * SIGTERM, and SIGKILL if it has not ended after this time; the listener was told. Nothing if it is down.
     *
     * @return whether it ended in time
     */
    boolean terminate(Duration grace) throws InterruptedException;

    /**
     * What the next start runs.
     *
     * @param name of a version in the drill; empty for the nodes' own command
     */
    void version(String name);

    /** What runs, or is to run: the name of a version; empty for the nodes' own command. */
    String version();

    /** SIGKILL, and waits for its end; the listener was told. Nothing if it is down. */
    void kill() throws InterruptedException;

    /** {@link #stop} and {@link #start}. */
    void restart() throws InterruptedException;

    /** Of the processes that are meant now: its own, unless it stands for several. */
    default List<String> names() {
        return List.of(name());
    }

    /**
     * Has a cluster replace those that are meant, as it says itself.
     *
     * @throws dev.midwrite.controller.Problem if it does not, or what does not progress cannot be taken back
     */
    default RolledOut rollOut() throws InterruptedException {
        throw new IllegalStateException("a cluster's rollout is rejected before");
    }
}
