package dev.midwrite.controller.front;

import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What each request on its way needs.
 *
 * @param turns counts requests, to spread those without a session over the nodes
 */
record FrontParts(
        FrontSetting setting,
        Router router,
        UserClock clock,
        RelayListener listener,
        Backends backends,
        SessionId sessionId,
        Places places,
        SplittableRandom ids,
        AtomicLong turns) {

    /** Never 0, which means "no request" in journals. */
    long newId() {
        long id = ids.nextLong();
        return id == 0 ? 1 : id;
    }

    long newTurn() {
        return turns.getAndIncrement();
    }
}
