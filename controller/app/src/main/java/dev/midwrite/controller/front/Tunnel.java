package dev.midwrite.controller.front;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;

/**
 * A WebSocket between a client and a node: bytes pass as they are, so that extensions and subprotocols are between these two;
 * only the close frames are looked at. Not thread-safe.
 */
final class Tunnel {
    private final CloseFrames fromNode = new CloseFrames();
    private final CloseFrames fromClient = new CloseFrames();
    private final End end;
    private NetSocket client;
    private NetSocket node;
    private boolean over;

    private Tunnel(End end) {
        this.end = end;
    }

    /** Hears once of the end. */
    @FunctionalInterface
    interface End {

        /**
         * The connection is over.
         *
         * @param byNode code of the close frame that came from there, 0 for none; {@code byClient} the same
         * @param whole somebody said so, or the client left; else the node's end broke
         */
        void of(int byNode, int byClient, boolean whole);
    }

    /** After the node has answered that it switches; the same answer stands in the client's response. */
    static void open(HttpServerRequest request, HttpClientResponse response, End end) {
        Tunnel tunnel = new Tunnel(end);
        tunnel.node = response.netSocket();
        tunnel.node.pause();
        tunnel.node.closeHandler(gone -> tunnel.closed(false));
        tunnel.node.exceptionHandler(broken -> {});
        request.toNetSocket().onSuccess(tunnel::join).onFailure(gone -> tunnel.closed(true));
    }

    private void join(NetSocket socket) {
        client = socket;
        client.exceptionHandler(broken -> {});
        client.closeHandler(gone -> closed(true));
        pass(node, client, fromNode);
        pass(client, node, fromClient);
        node.resume();
        client.resume();
    }

    private static void pass(NetSocket from, NetSocket to, CloseFrames frames) {
        from.handler(bytes -> {
            frames.pass(bytes.getBytes());
            to.write(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(room -> from.resume());
            }
        });
    }

    private void closed(boolean byClient) {
        if (over) {
            return;
        }
        over = true;
        node.close();
        if (client != null) {
            client.close();
        }
        end.of(fromNode.code(), fromClient.code(), byClient || fromNode.code() != 0 || fromClient.code() != 0);
    }
}
