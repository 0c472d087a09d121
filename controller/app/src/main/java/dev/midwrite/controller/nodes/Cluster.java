package dev.midwrite.controller.nodes;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Deployment whose pods are nodes: what can be seen of them and asked for. Methods throw a
 * {@link dev.midwrite.controller.Problem} if the cluster does not answer or forbids it. Thread-safe.
 */
public interface Cluster extends AutoCloseable {

    /** Such as {@code the deployment orders in namespace shop}. */
    String words();

    /**
     * Tells of every pod that there is, returns, and tells of changes from then on, one at a time. Once.
     *
     * @param pods hears of each state of a pod; on a thread of the cluster's, and must return soon
     */
    void watch(Consumer<PodState> pods) throws InterruptedException;

    /** How many pods there are to be, as far as is known; waits for nothing. */
    int wanted();

    /**
     * Has all pods replaced, and returns when none of before is left. What does not progress is taken back.
     *
     * @param limit how long it may take, and then again to take it back
     * @return why it was taken back, a sentence; empty if it went through
     */
    Optional<String> rollOut(Duration limit) throws InterruptedException;

    /**
     * Asks for a pod's end; nothing if it is gone. The Deployment starts another.
     *
     * @param atOnce without a grace period; else with its own
     */
    void delete(String pod, boolean atOnce);

    /** Nothing is told any more; the pods go on. Idempotent. */
    @Override
    void close();
}
