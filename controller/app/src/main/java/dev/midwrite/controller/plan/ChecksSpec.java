package dev.midwrite.controller.plan;

import java.time.Duration;

/**
 * What the checks must know of the application, because nobody can see it from outside.
 *
 * @param idempotencyKeys it drops a repeated request id; a request that applies twice then fails the drill
 * @param reaperGrace how much longer than its time to live a session may still be answered for
 */
public record ChecksSpec(boolean idempotencyKeys, Duration reaperGrace) {
    /** No promise. */
    public static final ChecksSpec NONE = new ChecksSpec(false, Duration.ZERO);
}
