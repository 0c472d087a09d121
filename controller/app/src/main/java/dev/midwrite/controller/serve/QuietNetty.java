package dev.midwrite.controller.serve;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Netty without native libraries and {@code sun.misc.Unsafe}: it would unpack the first into the temporary directory and
 * leave them there if killed, and JDK 24 and later print warnings for both. To be called before the first channel or
 * server.
 */
public final class QuietNetty {
    private static final String SHADED = "io.grpc.netty.shaded.io.netty.";
    /** Held, because the JDK forgets a logger that nobody holds, and its level with it. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private QuietNetty() {}

    /** Idempotent. What the operator set stays. */
    public static void settle() {
        for (String property : new String[] {SHADED + "transport.noNative", SHADED + "noUnsafe"}) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, "true");
            }
        }
        // gRPC tells everybody on standard error, as news, that the native library was not found.
        if (GRPC.getLevel() == null) {
            GRPC.setLevel(Level.WARNING);
        }
    }
}
