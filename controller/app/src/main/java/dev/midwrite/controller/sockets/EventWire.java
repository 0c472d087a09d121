package dev.midwrite.controller.sockets;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream of server-sent events. Its end has no code: 0 stands for one that the service ended in order. Thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class EventWire implements Wire, Flow.Subscriber<String> {
    private static final int OK = 200;

    private final Listener listener;
    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final StringBuilder data = new StringBuilder();
    private String id = "";
    private volatile Flow.Subscription subscription;

    private EventWire(Listener listener) {
        this.listener = listener;
    }

    /**
     * Begins to connect.
     *
     * @param timeout until the head of the answer is there
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The listener hears of the failure.
    static Wire open(HttpClient client, URI address, Map<String, String> headers, Duration timeout, Listener listener) {
        EventWire wire = new EventWire(listener);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        client.sendAsync(request.build(), wire::body).whenComplete((answer, broken) -> {
            Throwable cause = broken instanceof CompletionException ? broken.getCause() : broken;
            if (broken != null && !wire.opened.get()) {
                wire.rejected(0, cause instanceof ConnectException);
            }
        });
        return wire;
    }

    private BodySubscriber<Void> body(ResponseInfo head) {
        boolean events = head.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        if (head.statusCode() != OK || !events) {
            rejected(head.statusCode(), false);
            return BodySubscribers.discarding();
        }
        opened.set(true);
        listener.opened();
        return BodySubscribers.fromLineSubscriber(this);
    }

    private void rejected(int status, boolean refused) {
        if (over.compareAndSet(false, true)) {
            listener.rejected(status, refused);
        }
    }

    @Override
    public void send(String text) {
        throw new UnsupportedOperationException("events come from the service alone");
    }

    @Override
    public void close() {
        abort();
    }

    @Override
    public void abort() {
        Flow.Subscription present = subscription;
        if (present != null) {
            present.cancel();
        }
        ended(BROKEN);
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        if (over.get()) {
            begun.cancel();
            return;
        }
        begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.isEmpty()) {
            if (data.length() > 0) {
                listener.message(data.toString(), id);
            }
            data.setLength(0);
        } else if (line.startsWith("data:")) {
            data.append(data.length() > 0 ? "\n" : "").append(value(line));
        } else if (line.startsWith("id:")) {
            id = value(line);
        }
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    @Override
    public void onError(Throwable error) {
        ended(BROKEN);
    }

    @Override
    public void onComplete() {
        ended(0);
    }

    private void ended(int code) {
        if (opened.get() && over.compareAndSet(false, true)) {
            listener.closed(code);
        }
    }
}
