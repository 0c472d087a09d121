package dev.midwrite.controller.users;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** How many connections this process may open. */
final class Connections {
    /** More than one address has ports for. */
    private static final int MOST = 60_000;

    private static final int LEAST = 256;

    private Connections() {}

    /**
     * As many as there are file descriptors for, less a quarter for everything else.
     *
     * @param others connections that are spoken for
     */
    static int affordable(int others) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof UnixOperatingSystemMXBean unix) {
            long free = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - others;
            return (int) Math.max(LEAST, Math.min(MOST, free / 4 * 3));
        }
        return MOST;
    }
}
