package dev.midwrite.drills;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.RedisServer;

/** A Redis with a password of its own, and whatever it was told while a test went on: which session ids and tokens there were. */
final class StoreMonitor implements AutoCloseable {
    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern SESSION = Pattern.compile(":sessions:(" + UUID + ")");
    private static final Pattern ANY = Pattern.compile("(?<![0-9a-f-])(" + UUID + ")");

    private final RedisServer server;
    private final int port;
    private final Socket socket;
    private final String mark;
    private final Thread reader;
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Set<String> others = ConcurrentHashMap.newKeySet();

    private volatile boolean sawMark;

    private StoreMonitor(RedisServer server, int port, Socket socket, String mark) {
        this.server = server;
        this.port = port;
        this.socket = socket;
        this.mark = mark;
        this.reader = new Thread(this::read, "store-monitor");
    }

    /** @param mark that is looked for in what it is told */
    static StoreMonitor start(String password, String mark) throws IOException {
        int port = FreePort.take();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("requirepass " + password)
                .setting("save \"\"")
                .build();
        server.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(("AUTH " + password + "\r\nMONITOR\r\n").getBytes(StandardCharsets.UTF_8));
        StoreMonitor monitor = new StoreMonitor(server, port, socket, mark);
        monitor.reader.start();
        return monitor;
    }

    int port() {
        return port;
    }

    Set<String> sessions() {
        return sessions;
    }

    /** Ids of the same form that are no session's: Spring Security's CSRF tokens. */
    Set<String> others() {
        others.removeAll(sessions);
        return others;
    }

    boolean sawMark() {
        return sawMark;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sawMark |= line.contains(mark);
                collect(SESSION, line, sessions);
                // Strings of serialized Java begin with their length.
                collect(ANY, line.replaceAll("\\\\x[0-9a-f]{2}|\\$", " "), others);
            }
        } catch (IOException e) {
            // The socket is closed.
        }
    }

    private static void collect(Pattern pattern, String line, Set<String> into) {
        for (Matcher matcher = pattern.matcher(line); matcher.find(); ) {
            into.add(matcher.group(1));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
