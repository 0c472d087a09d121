package dev.midwrite.controller.identity;

import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Logs calls of those who are not known, up to a number: they shall not fill the disk. Thread-safe. */
final class Rejections {
    private static final int MOST = 1_000;

    private final CommandLog log;
    private final AtomicInteger logged = new AtomicInteger();

    Rejections(CommandLog log) {
        this.log = log;
    }

    void add(ServerCall<?, ?> call, Status status) {
        int number = logged.incrementAndGet();
        if (number > MOST) {
            return;
        }
        try {
            String last = number == MOST ? "; further ones are not logged" : "";
            log.write(LoggedCall.entry(call, "", "", Map.of(), LoggedCall.outcome(status, "") + last));
        } catch (IOException e) {
            // It is rejected all the same.
        }
    }
}
