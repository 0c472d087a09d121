package dev.midwrite.controller.serve;

import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Netty without native libraries and {@code sun.misc.Unsafe}: it would unpack the first into the temporary directory and
 * leave them there if killed, and JDK 24 and later print warnings for both. And a server that says nothing of what strangers send.
 * To be called before the first channel or server.
 */
public final class QuietNetty {
    private static final String SHADED = "io.grpc.netty.shaded.io.netty.";
    /** Held, because the JDK forgets a logger that nobody holds, and its level with it. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    /** They print a stack for each message that is none, so that whoever can connect could fill the operator's log. */
    private static final List<Logger> OF_STRANGERS = List.of(
            Logger.getLogger("io.grpc.internal.SerializingExecutor"),
            Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler"),
            Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerStream"));

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
        for (Logger logger : OF_STRANGERS) {
            if (logger.getFilter() == null) {
                logger.setFilter(record -> !ofStrangers(record.getThrown()));
            }
        }
    }

    /** Whether it was the other side's doing; whatever else is thrown is a bug of ours, and is told. */
    private static boolean ofStrangers(Throwable thrown) {
        return thrown instanceof StatusRuntimeException || thrown instanceof Http2Exception;
    }
}
