package dev.midwrite.controller.probe;

import dev.midwrite.controller.users.ProbeAccess;
import java.time.Duration;
import java.util.List;

/**
 * What a first contact needs to know of a drill.
 *
 * @param workloads names in drills; each is tried once on every node
 * @param everywhere whether a session may be read on every node
 * @param tlsTerminated whether users come over https, by way of a proxy
 * @param timeout of one request
 * @param readyTimeout how long what may pass by itself is waited for
 */
public record FirstContactSetting(
        ProbeAccess probe,
        List<String> workloads,
        boolean everywhere,
        boolean tlsTerminated,
        Duration timeout,
        Duration readyTimeout) {}
