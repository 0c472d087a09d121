package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.event.Token;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a run's nodes live.
 *
 * @param workingDirectory commands run in it: the drill file's
 * @param runDirectory logs go to {@code nodes/}, the agents' journals to {@code agents/}
 * @param java the launcher that {@code {java}} stands for
 * @param agentJar what {@code {agent}} loads
 * @param controllerPort on loopback, where agents dial
 * @param token what they prove to have there
 * @param store what {@code {store.host}} and the like stand for
 */
public record NodeSetting(
        Path workingDirectory,
        Path runDirectory,
        Path java,
        Path agentJar,
        int controllerPort,
        Token token,
        Map<String, String> store,
        Fleet fleet,
        Reaper reaper) {

    Path logs() {
        return runDirectory.resolve("nodes");
    }

    /** One directory for all incarnations of a node: the next one sends what the one before could not. */
    Path journals(String node) {
        return runDirectory.resolve("agents").resolve(node).toAbsolutePath();
    }

    /** For what a killed node leaves behind: in the run's directory, and deleted when the nodes are closed. */
    Path temporary() {
        return runDirectory.resolve("tmp").toAbsolutePath();
    }

    /** For the agents, who read it when they dial; it goes with the nodes. */
    Path tokenFile() {
        return temporary().resolve("agent.token");
    }

    /**
     * What {@code {agent}} stands for: one argument, whatever spaces the paths have.
     *
     * @throws Problem if the JVM could not read it
     */
    String agent(String node) {
        Path jar = agentJar.toAbsolutePath();
        if (jar.toString().contains("=")) {
            throw new Problem(
                    "The JVM takes everything behind '=' for the agent's options, so the agent's jar cannot be " + jar
                            + "; use a directory without '='.");
        }
        String journal = journalIsAnOption(node) ? ",journal=" + journals(node) : "";
        return "-javaagent:" + jar + "=node=" + node + ",controller=127.0.0.1:" + controllerPort + journal;
    }

    /** What {@link #agent} cannot carry, and the token's file, so that whoever lists processes does not see where it is. */
    Map<String, String> environment(String node) {
        String token = tokenFile().toString();
        return journalIsAnOption(node)
                ? Map.of("MIDWRITE_TOKEN", token)
                : Map.of(
                        "MIDWRITE_TOKEN",
                        token,
                        "MIDWRITE_JOURNAL",
                        journals(node).toString());
    }

    /** The agent's options are separated by commas. */
    private boolean journalIsAnOption(String node) {
        return !journals(node).toString().contains(",");
    }
}
