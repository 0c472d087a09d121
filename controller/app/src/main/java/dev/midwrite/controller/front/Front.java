package dev.midwrite.controller.front;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A reverse proxy for HTTP/1.1 and WebSockets. It never answers in a node's place while one is in rotation, changes no body,
 * and buffers no more of one than the slower side needs. One thread of its own does all the work; calls are thread-safe.
 */
public final class Front implements AutoCloseable {
    private static final int MOST_HEADER_BYTES = 128 << 10;
    private static final long SECONDS = 10;

    private final Vertx vertx;
    private final String host;
    private final int port;

    private Front(Vertx vertx, String host, int port) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
    }

    /**
     * Listens from now on.
     *
     * @param router says which nodes are in rotation, and how they are chosen
     * @param listener hears of each attempt
     * @throws Problem if it cannot listen there
     */
    public static Front start(FrontSetting setting, Router router, UserClock clock, RelayListener listener) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        try {
            FrontParts parts = new FrontParts(
                    setting,
                    router,
                    clock,
                    listener,
                    new Backends(vertx),
                    new SessionId(setting.sessions(), setting.hash()),
                    new Places(),
                    new SplittableRandom(),
                    new AtomicLong());
            HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                            .setHandle100ContinueAutomatically(true)
                            .setHttp2ClearTextEnabled(false)
                            .setTcpNoDelay(true)
                            .setMaxHeaderSize(MOST_HEADER_BYTES)
                            .setMaxInitialLineLength(MOST_HEADER_BYTES))
                    .requestHandler(request -> new Relay(parts, request).begin());
            await(server.listen(setting.port(), setting.host())
                    .toCompletionStage()
                    .toCompletableFuture());
            return new Front(vertx, setting.host(), server.actualPort());
        } catch (ExecutionException | TimeoutException e) {
            vertx.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Problem(
                    "The front cannot listen at " + setting.host() + ":" + setting.port() + ": " + cause.getMessage()
                            + ".",
                    e);
        }
    }

    private static void await(java.util.concurrent.Future<?> future) throws ExecutionException, TimeoutException {
        try {
            future.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("Interrupted before the front listened.", e);
        }
    }

    public int port() {
        return port;
    }

    /** Where clients find it, without a slash at the end. */
    public String url() {
        return "http://" + host + ":" + port;
    }

    /** Drops what is under way, and listens no more. Idempotent. */
    @Override
    public void close() {
        try {
            await(vertx.close().toCompletionStage().toCompletableFuture());
        } catch (ExecutionException | TimeoutException e) {
            throw new Problem("The front could not be closed: " + e.getMessage() + ".", e);
        }
    }
}
