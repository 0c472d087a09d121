package dev.midwrite.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * Closes WebSockets with 1001 before the web server stops. Without it ({@code shop.farewell=false}) Boot takes Tomcat's
 * connectors away first, and clients see a connection that broke.
 */
@Component
@Profile("channels")
class Farewell implements SmartLifecycle {
    private final boolean said;
    private final Set<WebSocketSession> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    Farewell(@Value("${shop.farewell:true}") boolean said) {
        this.said = said;
    }

    void add(WebSocketSession socket) {
        sockets.add(socket);
    }

    void remove(WebSocketSession socket) {
        sockets.remove(socket);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (said) {
            sockets.forEach(socket -> {
                try {
                    socket.close(CloseStatus.GOING_AWAY);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What starts last stops first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
