package dev.midwrite.controller.front;

import dev.midwrite.controller.users.Router.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Connections to the nodes. What may be sent twice goes over kept ones; what may not has a connection of its own, so that one
 * which the node has just closed is never taken for a request that the node lost. Not thread-safe.
 */
final class Backends {
    private static final int MOST_CONNECTIONS = 10_000;
    private static final long CONNECT_MILLIS = TimeUnit.SECONDS.toMillis(5);
    /** Less than servers keep them. */
    private static final int KEPT_SECONDS = 2;

    private static final int MOST_HEADER_BYTES = 128 << 10;

    private final HttpClientAgent keeping;
    private final HttpClientAgent once;
    private final Set<HttpConnection> fresh = Collections.newSetFromMap(new IdentityHashMap<>());

    Backends(Vertx vertx) {
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS);
        keeping = vertx.httpClientBuilder()
                .with(options().setKeepAlive(true).setKeepAliveTimeout(KEPT_SECONDS))
                .with(pool)
                .withConnectHandler(fresh::add)
                .build();
        once = vertx.httpClientBuilder()
                .with(options().setKeepAlive(false))
                .with(pool)
                .build();
    }

    private static HttpClientOptions options() {
        return new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_MILLIS)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxInitialLineLength(MOST_HEADER_BYTES)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false);
    }

    /**
     * A connection with a request that has not been sent.
     *
     * @param repeatable it may be sent twice without doing more than once
     */
    Future<HttpClientRequest> request(Target target, RequestOptions options, boolean repeatable) {
        options.setHost(target.address().getHost()).setPort(target.address().getPort());
        return (repeatable ? keeping : once).request(options);
    }

    /** Whether this connection has carried a request before. */
    boolean kept(HttpClientRequest request, boolean repeatable) {
        return repeatable && !fresh.remove(request.connection());
    }
}
