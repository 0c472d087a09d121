package dev.midwrite.controller.sockets;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A WebSocket (RFC 6455) of text messages. Thread-safe. */
final class WebSocketWire implements Wire, WebSocket.Listener {
    /** A message that is longer is nothing that users exchange: the rest of it is left out. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private final Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    /** The JDK's WebSocket takes one message at a time. */
    private CompletableFuture<WebSocket> sent = socket;

    private WebSocketWire(Listener listener) {
        this.listener = listener;
    }

    /**
     * Begins to connect.
     *
     * @param address with the scheme ws or wss
     * @param subprotocol that is asked for; none if empty
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The listener hears of the failure.
    static Wire open(
            HttpClient client,
            URI address,
            Map<String, String> headers,
            String subprotocol,
            Duration timeout,
            Listener listener) {
        WebSocketWire wire = new WebSocketWire(listener);
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(timeout);
        headers.forEach(builder::header);
        if (!subprotocol.isEmpty()) {
            builder.subprotocols(subprotocol);
        }
        builder.buildAsync(address, wire).whenComplete(wire::connected);
        return wire;
    }

    private void connected(WebSocket open, Throwable broken) {
        if (broken == null) {
            socket.complete(open);
            return;
        }
        Throwable cause = broken instanceof CompletionException ? broken.getCause() : broken;
        socket.completeExceptionally(cause);
        if (over.compareAndSet(false, true)) {
            int status = cause instanceof WebSocketHandshakeException answered
                    ? answered.getResponse().statusCode()
                    : 0;
            listener.rejected(status, cause instanceof ConnectException);
        }
    }

    @Override
    public synchronized void send(String text) {
        sent = sent.thenCompose(open -> open.sendText(text, true));
    }

    @Override
    public synchronized void close() {
        sent = sent.thenCompose(open -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What never opened needs no abort.
    public void abort() {
        socket.thenAccept(WebSocket::abort);
        ended(BROKEN);
    }

    @Override
    public void onOpen(WebSocket open) {
        listener.opened();
        open.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket open, CharSequence data, boolean last) {
        if (partial.length() + data.length() <= MOST_CHARACTERS) {
            partial.append(data);
        }
        if (last) {
            listener.message(partial.toString(), "");
            partial.setLength(0);
        }
        open.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket open, int code, String reason) {
        ended(code);
        // The JDK answers with a close frame of its own when this returns.
        return null;
    }

    @Override
    public void onError(WebSocket open, Throwable error) {
        ended(BROKEN);
    }

    private void ended(int code) {
        if (over.compareAndSet(false, true)) {
            listener.closed(code);
        }
    }
}
