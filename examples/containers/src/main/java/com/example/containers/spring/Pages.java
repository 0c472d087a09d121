package com.example.containers.spring;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A page, and a stream of events that has no end of its own. */
@RestController
class Pages {
    private static final int PERIOD_MILLIS = 250;

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
        Thread one = new Thread(task, "prices");
        one.setDaemon(true);
        return one;
    });

    @GetMapping("/")
    String home() {
        return "Here is a page.";
    }

    /** @param after the last one that this client has */
    @GetMapping("/prices")
    SseEmitter prices(@RequestParam(defaultValue = "0") long after) {
        SseEmitter stream = new SseEmitter(0L);
        later(stream, after + 1);
        return stream;
    }

    private void later(SseEmitter stream, long number) {
        clock.schedule(() -> send(stream, number), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send(SseEmitter stream, long number) {
        try {
            stream.send(SseEmitter.event().id(Long.toString(number)).data("{\"price\":" + number + "}"));
            later(stream, number + 1);
        } catch (IOException | IllegalStateException e) {
            // Nobody listens any more.
        }
    }
}
