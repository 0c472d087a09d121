package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports that nobody listens on. Between the answer and its use another process may take the port, so whoever uses it
 * must be ready to ask again; two callers of one controller never get the same.
 */
public final class FreePorts {
    private static final int ATTEMPTS = 100;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /** @throws Problem if the machine has none */
    public static synchronized int take() {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try (ServerSocket socket = new ServerSocket(0)) {
                    if (GIVEN.add(socket.getLocalPort())) {
                        return socket.getLocalPort();
                    }
                }
            }
        } catch (IOException e) {
            throw new Problem("This machine gives no free port: " + e.getMessage(), e);
        }
        throw new Problem("This machine has no free port left.");
    }
}
