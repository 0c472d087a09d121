package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.RequestHeaders;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends attempts; a {@link Dialogue} says what came of each. Fail only if no byte of the request left this process, or
 * the application says that it did nothing. Never retries, never follows a redirect, never waits: as many attempts may be under way as there are connections.
 * Thread-safe.
 */
final class ProbeClient implements AutoCloseable {
    private final UserClock clock;
    private final boolean probed;
    private final Dialogue probe;
    private final Dialogue flow;
    private final Lateness lateness;
    private final PoolingAsyncClientConnectionManager pool;
    private final MinimalHttpAsyncClient client;
    private final ScheduledThreadPoolExecutor deadlines;

    /**
     * @param name of its threads
     * @param connections that may be open to one node at a time
     * @param threads that read and write
     * @param users what they await, and what they do beside the probe's operations
     * @param probed whether the nodes have a probe
     * @param lateness hears how late each attempt left
     */
    ProbeClient(
            String name,
            UserClock clock,
            int connections,
            int threads,
            UsersSpec users,
            boolean probed,
            Lateness lateness) {
        this.clock = clock;
        this.probed = probed;
        this.probe = new ProbeDialogue(users.flow(), users.login());
        this.flow = new FlowDialogue(users.flow(), users.login());
        this.lateness = lateness;
        Timeout limit = Timeout.of(users.timeout());
        // No validation here: this version of the client then closes each kept connection. An I/O thread sees the end
        // of a
        // connection before it writes to it, and then the exchange takes another.
        this.pool = PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(connections)
                // The strict pool looks through all idle connections for each request that takes one.
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(limit).build())
                .build();
        this.client = HttpAsyncClients.createMinimal(
                H2Config.DEFAULT,
                Http1Config.DEFAULT,
                IOReactorConfig.custom()
                        .setIoThreadCount(threads)
                        .setTcpNoDelay(true)
                        .build(),
                pool);
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name + "-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
        client.start();
    }

    /** The answer comes at the latest at the attempt's deadline, on a thread that must not be held up. */
    CompletableFuture<Answer> send(Attempt attempt) {
        long invoked = clock.now();
        Dialogue dialogue = attempt.call().own().isPresent() || !probed ? flow : probe;
        WireRequest ask;
        try {
            ask = dialogue.ask(attempt);
        } catch (IllegalStateException e) {
            // It needs what no answer has given yet: nothing can be sent.
            return CompletableFuture.completedFuture(Answer.unsent(invoked, clock.now(), false));
        }
        URI asked = ask.uri();
        HttpHost host = new HttpHost(asked.getScheme(), asked.getHost(), asked.getPort());
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        HttpRequest request = new BasicHttpRequest(ask.method(), host, asked.getRawPath() + query);
        ask.headers().forEach(request::setHeader);
        request.setHeader(RequestHeaders.REQUEST, attempt.requestId());
        request.setHeader(RequestHeaders.SESSION, attempt.sessionLabel());
        if (!attempt.trace().isEmpty()) {
            request.setHeader(RequestHeaders.TRACE, attempt.trace());
        }
        String cookies = attempt.cookies().header(asked);
        if (!cookies.isEmpty()) {
            request.setHeader(HttpHeaders.COOKIE, cookies);
        }
        Map<String, String> idHeader = attempt.cookies().idHeader();
        idHeader.forEach(request::setHeader);
        if (attempt.cookies().tlsTerminated()) {
            request.setHeader("X-Forwarded-Proto", "https");
        }
        boolean ended = attempt.call().kind() == OperationKind.PROBE_OLD_ID;
        BrowserCookies before = ended ? attempt.cookies().copy() : attempt.cookies();
        Exchange exchange = new Exchange(
                client,
                host,
                request,
                ask,
                clock,
                lateness,
                () -> pool.getStats(new HttpRoute(host)).getPending() > 0,
                attempt.due(),
                invoked,
                (response, body, begun) -> {
                    boolean outdated = !attempt.cookies().header(asked).equals(cookies)
                            || !attempt.cookies().idHeader().equals(idHeader);
                    List<UnreturnedCookie> lost =
                            attempt.cookies().receive(asked, asked, values(response, HttpHeaders.SET_COOKIE));
                    attempt.cookies().receiveId(name -> values(response, name));
                    // After the cookies: a request that is sent later than this goes with the id that the answer set.
                    Answer answer = dialogue.answer(attempt, response, body, begun, clock.now())
                            .servedBy(proxied(response));
                    if (outdated && answer.absent()) {
                        return answer.missedBy(attempt.call(), response.getCode());
                    }
                    if (ended && isOfAnother(attempt, answer, before)) {
                        return Answer.absent(attempt.call(), answer.invoked(), answer.returned(), answer.node());
                    }
                    return !lost.isEmpty()
                                    && answer.ok()
                                    && attempt.call().kind().givesId()
                            ? answer.unreturned(lost.get(0).flaw())
                            : answer;
                });
        CompletableFuture<Answer> answered = exchange.begin();
        // Time-outs from byte to byte would let a reply that trickles go on for ever.
        try {
            exchange.deadline(
                    deadlines.schedule(exchange::giveUp, attempt.deadline() - clock.now(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            exchange.giveUp();
        }
        return answered;
    }

    /** An ended id was not taken: the application made a session for the request as it does for everybody, with another id. */
    private static boolean isOfAnother(Attempt attempt, Answer answer, BrowserCookies before) {
        return answer.ok()
                && !answer.absent()
                && answer.incarnation() != attempt.incarnation()
                && attempt.cookies().differsFrom(before);
    }

    /** Whom a proxy of ours asked; empty if there is none, or it is not known. */
    private static String proxied(HttpResponse response) {
        Header header = response.getFirstHeader(Entrance.SERVED_BY);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    private static List<String> values(HttpResponse response, String header) {
        return Arrays.stream(response.getHeaders(header)).map(Header::getValue).toList();
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
