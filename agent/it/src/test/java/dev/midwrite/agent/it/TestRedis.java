package dev.midwrite.agent.it;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.embedded.RedisServer;

/** A real Redis server while one test class runs. */
final class TestRedis implements BeforeAllCallback, AfterAllCallback {
    private static final String KEYS = "spring:session:sessions:";

    private RedisServer server;
    private int port;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        connection = client.connect();
    }

    int port() {
        return port;
    }

    RedisCommands<String, String> commands() {
        return connection.sync();
    }

    void clear() {
        commands().flushall();
    }

    boolean holds(String sessionId) {
        return commands().exists(KEYS + sessionId) == 1;
    }

    /** As PTTL: -1 never expires, -2 is not there. */
    long ttl(String sessionId) {
        return commands().pttl(KEYS + sessionId);
    }

    List<String> fields(String sessionId) {
        return commands().hkeys(KEYS + sessionId);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        connection.close();
        client.shutdown();
        server.stop();
    }
}
