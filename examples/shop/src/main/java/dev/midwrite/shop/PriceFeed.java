package dev.midwrite.shop;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Prices as they change, five times a second; numbered by time, so that any node can go on where another ended. */
@RestController
@Profile("channels")
class PriceFeed {
    private static final long PERIOD_MILLIS = 200;
    private static final long MOST_PAST = 1_000;
    private static final long FOREVER = 0;
    private static final int CENTS = 1_000;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @SuppressWarnings("FutureReturnValueIgnored") // It runs until it is shut down.
    PriceFeed() {
        clock.scheduleAtFixedRate(
                () -> listeners.removeIf(listener -> !listener.catchUp()),
                PERIOD_MILLIS,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @GetMapping("/prices")
    SseEmitter listen(@RequestParam(defaultValue = "0") long after) {
        long now = System.currentTimeMillis() / PERIOD_MILLIS;
        Listener listener = new Listener(new SseEmitter(FOREVER), Math.max(after == 0 ? now : after, now - MOST_PAST));
        listeners.add(listener);
        return listener.emitter;
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
        listeners.forEach(listener -> listener.emitter.complete());
    }

    /** Of the clock's thread alone. */
    private static final class Listener {
        private final SseEmitter emitter;
        private long last;

        Listener(SseEmitter emitter, long last) {
            this.emitter = emitter;
            this.last = last;
        }

        /** False if nobody listens any more. */
        boolean catchUp() {
            try {
                for (long now = System.currentTimeMillis() / PERIOD_MILLIS; last < now; last++) {
                    long number = last + 1;
                    emitter.send(SseEmitter.event()
                            .id(Long.toString(number))
                            .data("{\"price\":" + number * number % CENTS + "}"));
                }
                return true;
            } catch (IOException | IllegalStateException e) {
                return false;
            }
        }
    }
}
