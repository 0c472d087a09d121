package dev.midwrite.controller.users;

import dev.midwrite.event.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one attempt and classifies what came of it: ok only with a 2xx that repeats the request id in header and body;
 * fail only if no byte of the request left this process, or the application says that it did nothing; info otherwise.
 * Never retries, never follows a redirect. Thread-safe.
 */
final class ProbeClient implements AutoCloseable {
    private static final String REQUEST_HEADER = "X-Midwrite-Request";
    private static final String SESSION_HEADER = "X-Midwrite-Session";
    /** Set once a connection is there and the request is about to be written: from then on bytes may have left. */
    private static final String SENT = "midwrite.sent";

    private static final int MOST_CONNECTIONS = 4096;
    private static final int MOST_BYTES = 8 << 20;

    private final UserClock clock;
    private final Duration timeout;
    private final RequestConfig config;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor deadlines;

    ProbeClient(UserClock clock, Duration timeout) {
        this.clock = clock;
        this.timeout = timeout;
        Timeout limit = Timeout.of(timeout);
        this.config = RequestConfig.custom()
                .setConnectionRequestTimeout(limit)
                .setResponseTimeout(limit)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(limit)
                                .setSocketTimeout(limit)
                                // A kept connection that the node has closed must not look like a lost request.
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), SENT, (request, scope, chain) -> {
                    scope.clientContext.setAttribute(SENT, true);
                    return chain.proceed(request, scope);
                })
                .build();
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "midwrite-users-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /**
     * @param base of the probe, such as {@code http://127.0.0.1:8081/probe}
     * @param session label of the user's session
     * @param writeId for calls that carry a value, else 0
     * @param value for calls that carry a value, else empty
     */
    Answer send(URI base, Call call, long request, long session, long writeId, String value, CookieStore cookies) {
        String id = HexFormat.of().toHexDigits(request);
        HttpUriRequestBase attempt = new HttpUriRequestBase(call.method(), URI.create(base + call.path(value)));
        attempt.setConfig(config);
        attempt.setHeader(REQUEST_HEADER, id);
        attempt.setHeader(SESSION_HEADER, HexFormat.of().toHexDigits(session));
        HttpClientContext context = HttpClientContext.create();
        context.setCookieStore(cookies);
        // The client's own time-outs count from byte to byte; a reply that trickles needs an end, too.
        Future<?> deadline = deadlines.schedule(attempt::cancel, timeout.toNanos(), TimeUnit.NANOSECONDS);
        long invoked = clock.now();
        try {
            return client.execute(attempt, context, response -> classify(response, call, id, writeId, invoked));
        } catch (IOException | RuntimeException e) {
            if (context.getAttribute(SENT) != null) {
                return Answer.indeterminate(invoked);
            }
            return Answer.unsent(invoked, clock.now(), e instanceof ConnectException);
        } finally {
            deadline.cancel(false);
        }
    }

    private Answer classify(ClassicHttpResponse response, Call call, String id, long writeId, long invoked)
            throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity, MOST_BYTES);
        long returned = clock.now();
        int status = response.getCode();
        if (call.reads() && (status == 401 || status / 100 == 3)) {
            return Answer.absent(call, invoked, returned, "");
        }
        Header echo = response.getFirstHeader(REQUEST_HEADER);
        if (status / 100 != 2 || echo == null || !echo.getValue().equals(id)) {
            return Answer.indeterminate(invoked, status);
        }
        Answer answer = ReplyReader.read(call, id, writeId, body, invoked, returned);
        return answer.outcome() == Outcome.INFO ? Answer.indeterminate(invoked, status) : answer;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
