package dev.midwrite.check.fleet;

import java.util.List;

/**
 * What users' sockets carried.
 *
 * @param streams each direction of each conversation that can be judged
 * @param closes of connections whose code the drill names
 */
public record SocketHistory(List<WebSocketCheck.Stream> streams, List<WebSocketCheck.Close> closes) {
    public static final SocketHistory NONE = new SocketHistory(List.of(), List.of());
}
