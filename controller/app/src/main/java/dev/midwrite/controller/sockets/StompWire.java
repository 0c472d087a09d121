package dev.midwrite.controller.sockets;

import dev.midwrite.controller.plan.SocketSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * STOMP 1.2 over a WebSocket: connects, subscribes, and then passes the bodies of messages on. No heart-beats, no
 * transactions, no acknowledgement mode but {@code auto}. Not thread-safe: what is beneath must report on the thread that
 * opened it.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html">STOMP 1.2</a>
 */
final class StompWire implements Wire {
    /** Subprotocol as servers of Spring, RabbitMQ and ActiveMQ know it. */
    static final String SUBPROTOCOL = "v12.stomp";

    /** A server that answers with an error closes the connection next, with a code that may say nothing of it. */
    private static final int PROTOCOL_ERROR = 1002;

    private final SocketSpec.Stomp stomp;
    private final Wire wire;

    private StompWire(SocketSpec.Stomp stomp, String host, Listener listener, Function<Listener, Wire> beneath) {
        this.stomp = stomp;
        this.wire = beneath.apply(new Frames(host, listener));
    }

    /**
     * @param host virtual host that is named to the server
     * @param beneath opens the WebSocket
     */
    static Wire open(SocketSpec.Stomp stomp, String host, Listener listener, Function<Listener, Wire> beneath) {
        return new StompWire(stomp, host, listener, beneath);
    }

    @Override
    public void send(String text) {
        wire.send(frame(
                "SEND",
                List.of(
                        "destination:" + stomp.destination(),
                        "content-type:application/json",
                        "content-length:" + text.getBytes(StandardCharsets.UTF_8).length),
                text));
    }

    @Override
    public void close() {
        wire.send(frame("DISCONNECT", List.of(), ""));
        wire.close();
    }

    @Override
    public void abort() {
        wire.abort();
    }

    private static String frame(String command, List<String> headers, String body) {
        StringBuilder frame = new StringBuilder(command).append('\n');
        headers.forEach(header -> frame.append(header).append('\n'));
        return frame.append('\n').append(body).append('\0').toString();
    }

    /** Frames that the server sends. */
    private final class Frames implements Listener {
        private final String host;
        private final Listener listener;
        private boolean connected;
        private boolean over;

        Frames(String host, Listener listener) {
            this.host = host;
            this.listener = listener;
        }

        @Override
        public void opened() {
            wire.send(frame("CONNECT", List.of("accept-version:1.2,1.1", "host:" + host, "heart-beat:0,0"), ""));
        }

        @Override
        public void message(String text, String id) {
            // Between frames there may be line ends, which are heart-beats.
            String frame = text.stripLeading();
            switch (frame.substring(0, end(frame, '\n')).strip()) {
                case "CONNECTED" -> {
                    subscribe();
                    connected = true;
                    listener.opened();
                }
                case "MESSAGE" -> listener.message(body(frame), "");
                case "ERROR" -> {
                    closed(PROTOCOL_ERROR);
                    wire.abort();
                }
                default -> {
                    // A receipt, or a heart-beat.
                }
            }
        }

        private void subscribe() {
            for (int i = 0; i < stomp.subscribe().size(); i++) {
                String destination = "destination:" + stomp.subscribe().get(i);
                wire.send(frame("SUBSCRIBE", List.of("id:" + i, destination, "ack:auto"), ""));
            }
        }

        @Override
        public void closed(int code) {
            if (!over && connected) {
                listener.closed(code);
            } else if (!over) {
                listener.rejected(0, false);
            }
            over = true;
        }

        @Override
        public void rejected(int status, boolean refused) {
            over = true;
            listener.rejected(status, refused);
        }
    }

    private static String body(String frame) {
        int blank = frame.indexOf("\n\n");
        int carriage = frame.indexOf("\r\n\r\n");
        int from = blank >= 0 && (carriage < 0 || blank < carriage) ? blank + 2 : carriage + 4;
        if (blank < 0 && carriage < 0) {
            return "";
        }
        return frame.substring(from, Math.max(from, end(frame, '\0')));
    }

    private static int end(String text, char at) {
        int end = text.indexOf(at);
        return end < 0 ? text.length() : end;
    }
}
