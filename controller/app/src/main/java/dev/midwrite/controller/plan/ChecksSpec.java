package dev.midwrite.controller.plan;

import java.time.Duration;

/**
 * What the checks must know of the application, because nobody can see it from outside.
 *
 * @param idempotencyKeys it drops a repeated request id; a request that applies twice then fails the drill
 * @param reaperGrace how much longer than its time to live a session may still be answered for
 * @param externalStore sessions must be kept outside of nodes; a node that keeps them in its memory only fails the drill
 */
public record ChecksSpec(boolean idempotencyKeys, Duration reaperGrace, boolean externalStore) {
    /** No promise. */
    public static final ChecksSpec NONE = new ChecksSpec(false, Duration.ZERO, false);

    /** With this demand, whatever was demanded before. */
    public ChecksSpec withExternalStore() {
        return new ChecksSpec(idempotencyKeys, reaperGrace, true);
    }
}
