package dev.midwrite.controller.serve;

/**
 * Netty without native libraries and {@code sun.misc.Unsafe}: it would unpack the first into the temporary directory and
 * leave them there if killed, and JDK 24 and later print warnings for both. To be called before the first channel or
 * server.
 */
public final class QuietNetty {
    private static final String SHADED = "io.grpc.netty.shaded.io.netty.";

    private QuietNetty() {}

    /** Idempotent. What the operator set stays. */
    public static void settle() {
        for (String property : new String[] {SHADED + "transport.noNative", SHADED + "noUnsafe"}) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, "true");
            }
        }
    }
}
