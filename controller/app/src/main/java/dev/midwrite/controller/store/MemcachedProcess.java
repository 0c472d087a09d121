package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Programs;
import dev.midwrite.controller.nodes.Reaper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One memcached server. No artifact brings the program along: it must be on the {@code PATH}. */
final class MemcachedProcess extends ServerProcess {
    private static final String PROGRAM = "memcached";

    private final Map<String, String> config;

    /**
     * Nothing is started yet.
     *
     * @param config long options of the program without their hyphens
     */
    MemcachedProcess(Path log, int port, Map<String, String> config, Reaper reaper) {
        super(log.getParent(), log, port, reaper);
        this.config = config;
    }

    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved("127.0.0.1", port());
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                program().toString(),
                "--listen=127.0.0.1",
                "--port=" + port(),
                // Only looked at if root starts it, who must name somebody.
                "--user=" + System.getProperty("user.name")));
        config.forEach((name, value) -> command.add("--" + name + (value.isEmpty() ? "" : "=" + value)));
        return command;
    }

    private static Path program() {
        return Programs.find(PROGRAM)
                .orElseThrow(() -> new Problem("There is no memcached on the PATH, which 'address: embedded' needs:"
                        + " install the package memcached, or name servers of your own."));
    }

    @Override
    boolean answers() {
        try (MemcachedConnection connection = MemcachedConnection.to(address())) {
            return !connection.version().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
