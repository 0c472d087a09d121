package dev.midwrite.controller.probe;

import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.users.Credentials;
import dev.midwrite.controller.users.ProbeAccess;
import java.time.Duration;
import java.util.List;

/**
 * What a first contact needs to know of a drill.
 *
 * @param users whose workloads and steps are tried once on every node
 * @param everywhere whether a session may be read on every node
 * @param readyTimeout how long what may pass by itself is waited for
 */
public record FirstContactSetting(
        ProbeAccess probe, UsersSpec users, Credentials credentials, boolean everywhere, Duration readyTimeout) {
    /** A request that is given up may leave half of its session in the store, and a JVM that has just started is slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    List<String> workloads() {
        return users.workloads();
    }

    boolean tlsTerminated() {
        return users.tlsTerminated();
    }

    /** Of one request: longer than users wait. */
    Duration timeout() {
        Duration patient = readyTimeout.compareTo(PATIENCE) < 0 ? readyTimeout : PATIENCE;
        return users.timeout().compareTo(patient) < 0 ? patient : users.timeout();
    }
}
