package dev.midwrite.controller.store;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks one memcached server about itself, in the text protocol; clients for Java know no such questions as what keys there are. Not
 * thread-safe.
 */
public final class MemcachedConnection implements Closeable {
    private static final int TIMEOUT_MILLIS = 3_000;
    /** One walks through the keys at a time, and the server does not say when the one before has ended. */
    private static final int BUSY_ATTEMPTS = 50;

    private static final long BUSY_MILLIS = 100;

    private final Socket socket;
    private final BufferedReader answers;

    /**
     * One key.
     *
     * @param expires seconds since 1970; negative for never
     */
    public record Entry(String key, long expires) {}

    private MemcachedConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** @throws IOException if nobody answers there */
    public static MemcachedConnection to(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        boolean connected = false;
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(server.getHostString(), server.getPort()), TIMEOUT_MILLIS);
            MemcachedConnection connection = new MemcachedConnection(socket);
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    /** Such as {@code 1.6.18}. */
    String version() throws IOException {
        String answer = ask("version");
        if (!answer.startsWith("VERSION ")) {
            throw new IOException("it answers \"" + answer + "\"");
        }
        return answer.substring("VERSION ".length());
    }

    /** What it says of itself, by name. */
    Map<String, String> statistics() throws IOException {
        Map<String, String> statistics = new LinkedHashMap<>();
        for (String line = ask("stats"); !line.equals("END"); line = answer()) {
            String[] words = line.split(" ", 3);
            if (words.length < 3 || !words[0].equals("STAT")) {
                throw new IOException("it answers \"" + line + "\"");
            }
            statistics.put(words[1], words[2]);
        }
        return statistics;
    }

    /** Deletes all keys. */
    void flush() throws IOException {
        String answer = ask("flush_all");
        if (!answer.equals("OK")) {
            throw new IOException("it answers \"" + answer + "\"");
        }
    }

    /** All that have not expired. */
    public List<Entry> entries() throws IOException, InterruptedException {
        String line = ask("lru_crawler metadump all");
        for (int attempt = 1; line.startsWith("BUSY") && attempt < BUSY_ATTEMPTS; attempt++) {
            Thread.sleep(BUSY_MILLIS);
            line = ask("lru_crawler metadump all");
        }
        List<Entry> entries = new ArrayList<>();
        for (; !line.equals("END"); line = answer()) {
            if (!line.startsWith("key=")) {
                throw new IOException("it answers \"" + line + "\" when it is asked for its keys");
            }
            entries.add(entry(line));
        }
        return entries;
    }

    /** Of {@code key=… exp=… la=…}; the key is encoded as in an address. */
    private static Entry entry(String line) throws IOException {
        String key = "";
        long expires = 0;
        for (String word : line.split(" ")) {
            if (word.startsWith("key=")) {
                key = URLDecoder.decode(word.substring("key=".length()).replace("+", "%2B"), StandardCharsets.UTF_8);
            } else if (word.matches("exp=-?[0-9]{1,18}")) {
                expires = Long.parseLong(word.substring("exp=".length()));
            }
        }
        if (key.isEmpty() || expires == 0) {
            throw new IOException("it answers \"" + line + "\" when it is asked for its keys");
        }
        return new Entry(key, expires);
    }

    private String ask(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("it has ended the connection");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
