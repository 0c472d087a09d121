package dev.midwrite.controller.users;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * One attempt on the wire. The step from waiting to sent is taken once, before the first byte leaves: whoever ends it
 * before that knows that nothing left, and whoever ends it after that does not. A connection that the node closed before
 * is changed for another. Called by the client's I/O threads and the deadline's, at the same time.
 */
final class Exchange implements AsyncClientExchangeHandler {
    private static final int MOST_BYTES = 8 << 20;
    /** So many kept connections in a row may turn out to be closed. */
    private static final int MOST_STALE = 8;

    private enum Stage {
        WAITING,
        SENT,
        OVER
    }

    /** Keeps what the node's answer sets, and makes an answer of it, which returns when all that is done. */
    @FunctionalInterface
    interface Reader {

        /** @param response with {@code body} of at most 8 MiB, both whole; null if the body was longer */
        Answer read(HttpResponse response, byte[] body, long invoked);
    }

    private final MinimalHttpAsyncClient client;
    private final HttpHost host;
    private final HttpRequest request;
    private final ByteBuffer content;
    private final String type;
    private final UserClock clock;
    private final Lateness lateness;
    private final BooleanSupplier crowded;
    private final Reader reader;
    private final long due;
    private final long invoked;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private HttpResponse response;
    private int stale;
    private long tried;
    private volatile long leased;
    private volatile AsyncClientEndpoint endpoint;
    private volatile Future<?> deadline;

    /**
     * @param asked what the request carries
     * @param invoked a moment before the request's cookies were looked up
     * @param crowded whether all connections that we may have to this host are taken
     */
    Exchange(
            MinimalHttpAsyncClient client,
            HttpHost host,
            HttpRequest request,
            WireRequest asked,
            UserClock clock,
            Lateness lateness,
            BooleanSupplier crowded,
            long due,
            long invoked,
            Reader reader) {
        this.client = client;
        this.host = host;
        this.request = request;
        this.content = ByteBuffer.wrap(asked.content().getBytes(StandardCharsets.UTF_8));
        this.type = asked.type();
        this.clock = clock;
        this.lateness = lateness;
        this.crowded = crowded;
        this.due = due;
        this.reader = reader;
        this.invoked = invoked;
        this.tried = invoked;
    }

    /** Begins; the answer comes whatever happens, at the latest when {@link #giveUp} is called. */
    CompletableFuture<Answer> begin() {
        connect();
        return answer;
    }

    /** Ends with the exchange. */
    void deadline(Future<?> task) {
        deadline = task;
        if (stage.get() == Stage.OVER) {
            task.cancel(false);
        }
    }

    /** Its time is over. */
    void giveUp() {
        if (stage.compareAndSet(Stage.WAITING, Stage.OVER)) {
            // Without a connection, although nobody makes one for it: it waited for us until it was given up.
            if (endpoint == null && crowded.getAsBoolean()) {
                lateness.starved();
            }
            answer.complete(Answer.unsent(invoked, clock.now(), false));
        } else if (stage.compareAndSet(Stage.SENT, Stage.OVER)) {
            answer.complete(Answer.indeterminate(invoked));
        }
        discard();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of everything.
    private void connect() {
        try {
            client.lease(host, new FutureCallback<>() {
                @Override
                public void completed(AsyncClientEndpoint leasedNow) {
                    connected(leasedNow);
                }

                @Override
                public void failed(Exception cause) {
                    unsent(cause);
                }

                @Override
                public void cancelled() {
                    unsent(new ConnectionClosedException("cancelled"));
                }
            });
        } catch (RuntimeException e) {
            unsent(e);
        }
    }

    private void connected(AsyncClientEndpoint leasedNow) {
        leased = clock.now();
        endpoint = leasedNow;
        if (stage.get() == Stage.OVER) {
            leasedNow.releaseAndReuse();
            return;
        }
        try {
            leasedNow.execute(this, HttpClientContext.create());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void unsent(Exception cause) {
        if (stage.compareAndSet(Stage.WAITING, Stage.OVER)) {
            if (cause instanceof ConnectionRequestTimeoutException) {
                lateness.starved();
            }
            cancelDeadline();
            answer.complete(Answer.unsent(invoked, clock.now(), cause instanceof ConnectException));
        }
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        if (!stage.compareAndSet(Stage.WAITING, Stage.SENT)) {
            throw new ConnectionClosedException("given up before it was sent");
        }
        // Making a connection takes the node's time, not the users'.
        lateness.sent(tried - due + clock.now() - leased);
        content.rewind();
        EntityDetails entity =
                content.hasRemaining() ? new BasicEntityDetails(content.remaining(), ContentType.parse(type)) : null;
        channel.sendRequest(request, entity, context);
    }

    @Override
    public void consumeResponse(HttpResponse head, EntityDetails entity, HttpContext context) {
        response = head;
        if (entity == null) {
            finish();
        }
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (body.size() + bytes.remaining() > MOST_BYTES) {
            if (stage.compareAndSet(Stage.SENT, Stage.OVER)) {
                cancelDeadline();
                complete(null);
            }
            throw new ConnectionClosedException("the answer is longer than any of the probe's");
        }
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        body.write(chunk, 0, chunk.length);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        finish();
    }

    private void finish() {
        if (stage.compareAndSet(Stage.SENT, Stage.OVER)) {
            cancelDeadline();
            endpoint.releaseAndReuse();
            complete(body.toByteArray());
        }
    }

    private void complete(byte[] whole) {
        try {
            answer.complete(reader.read(response, whole, invoked));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void failed(Exception cause) {
        discard();
        if (stage.get() == Stage.WAITING) {
            if (stale++ < MOST_STALE) {
                tried = clock.now();
                connect();
            } else {
                unsent(cause);
            }
        } else if (stage.compareAndSet(Stage.SENT, Stage.OVER)) {
            cancelDeadline();
            answer.complete(Answer.indeterminate(invoked));
        }
    }

    @Override
    public void cancel() {
        failed(new ConnectionClosedException("the connection was closed"));
    }

    private void discard() {
        AsyncClientEndpoint held = endpoint;
        if (held != null) {
            held.releaseAndDiscard();
        }
    }

    private void cancelDeadline() {
        Future<?> task = deadline;
        if (task != null) {
            task.cancel(false);
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consumeInformation(HttpResponse head, HttpContext context) {
        // 100 Continue and its like say nothing.
    }

    @Override
    public int available() {
        return content.remaining();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        channel.write(content);
        if (!content.hasRemaining()) {
            channel.endStream();
        }
    }

    @Override
    public void releaseResources() {
        // The connection went back when the answer came or failed to.
    }
}
