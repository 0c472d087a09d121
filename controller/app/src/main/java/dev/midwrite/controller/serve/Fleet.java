package dev.midwrite.controller.serve;

import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * All nodes whose agents dialled in, and what can be asked of them. While it is open it renews every node's lease and
 * measures every node's clock. Thread-safe.
 *
 * <p>Futures fail with a {@link dev.midwrite.controller.Problem} if the node is not connected, its connection ends
 * before the answer, or the answer does not come within {@link #ANSWER_TIMEOUT}.
 */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class Fleet implements AutoCloseable {
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** With a random key for the session hash. */
    public Fleet(JournalStore journals) {
        throw new UnsupportedOperationException();
    }

    /** Key of {@link dev.midwrite.event.SessionHash} on all nodes. */
    public byte[] sessionKey() {
        throw new UnsupportedOperationException();
    }

    public JournalStore journals() {
        throw new UnsupportedOperationException();
    }

    /** In order of name. */
    public List<FleetNode> nodes() {
        throw new UnsupportedOperationException();
    }

    public Optional<FleetNode> node(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits for another incarnation of the node to be connected.
     *
     * @param previous the incarnation that is not meant, 0 for none
     * @throws dev.midwrite.controller.Problem if it does not come in time
     */
    public FleetNode awaitNode(String name, long previous, Duration timeout) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Starts or stops recording; an answer with a problem is an answer. */
    public CompletableFuture<Recording> record(String node, boolean on) {
        throw new UnsupportedOperationException();
    }

    /** Arms, or with {@code dryRun} only asks what would match; a refusal is an answer. */
    public CompletableFuture<Armed> arm(String node, Injection injection, boolean dryRun) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends an injection. If it had ended before: how it ended. If its incarnation is gone (a crash, say): the last counts
     * with cause CAUSE_UNSPECIFIED.
     */
    public CompletableFuture<Lifted> lift(String node, int injection) {
        throw new UnsupportedOperationException();
    }

    /** Ends everything on every connected node. */
    public CompletableFuture<List<Lifted>> liftAll() {
        throw new UnsupportedOperationException();
    }

    /** Lifts all, waits a moment for the answers, and lets the leases end. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
