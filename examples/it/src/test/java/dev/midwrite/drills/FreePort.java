package dev.midwrite.drills;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for what is started next. Somebody else may be faster; nobody was yet. */
final class FreePort {
    private FreePort() {}

    static int take() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
