package dev.midwrite.controller.nodes;

import dev.midwrite.controller.serve.Fleet;
import java.nio.file.Path;

/**
 * Where a run's nodes live.
 *
 * @param workingDirectory commands run in it: the drill file's
 * @param runDirectory logs go to {@code nodes/}, the agents' journals to {@code agents/}
 * @param java the launcher that {@code {java}} stands for
 * @param agentJar what {@code {agent}} loads
 * @param controllerPort on loopback, where agents dial
 */
public record NodeSetting(
        Path workingDirectory,
        Path runDirectory,
        Path java,
        Path agentJar,
        int controllerPort,
        String storeHost,
        int storePort,
        Fleet fleet,
        Reaper reaper) {

    Path logs() {
        return runDirectory.resolve("nodes");
    }

    /** One directory for all incarnations of a node: the next one sends what the one before could not. */
    Path journals(String node) {
        return runDirectory.resolve("agents").resolve(node).toAbsolutePath();
    }

    /** What {@code {agent}} stands for: one argument, whatever spaces the paths have. */
    String agent(String node) {
        return "-javaagent:" + agentJar.toAbsolutePath() + "=node=" + node + ",controller=127.0.0.1:" + controllerPort
                + ",journal=" + journals(node);
    }
}
