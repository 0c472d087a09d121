package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Real memcached servers while one test class runs; without the program, which no artifact brings along, it is skipped. */
final class TestMemcached implements BeforeAllCallback, AfterAllCallback {
    private final int count;
    private final List<Process> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    TestMemcached(int count) {
        this.count = count;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, "memcached"))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(
                program.isPresent(), "There is no memcached on the PATH: install the package memcached to run this.");
        for (int i = 0; i < count; i++) {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            ports.add(port);
            servers.add(new ProcessBuilder(
                            program.get().toString(),
                            "-u", // Only looked at if root starts it, who must name somebody.
                            System.getProperty("user.name"),
                            "-l",
                            "127.0.0.1",
                            "-p",
                            String.valueOf(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
        }
    }

    /** The nodes as memcached-session-manager wants them: n1:host:port,n2:host:port. */
    String nodes() {
        List<String> nodes = new ArrayList<>();
        for (int port : ports) {
            nodes.add("n" + (nodes.size() + 1) + ":127.0.0.1:" + port);
        }
        return String.join(",", nodes);
    }

    /** Of the node with this name. */
    int port(String node) {
        return ports.get(Integer.parseInt(node.substring(1)) - 1);
    }

    /** Whether the node with this name has something under this key. */
    boolean holds(String node, String key) {
        return ask(port(node), "get " + key).startsWith("VALUE ");
    }

    void clear() {
        ports.forEach(port -> assertThat(ask(port, "flush_all")).isEqualTo("OK"));
    }

    private static boolean answers(int port) {
        try {
            return ask(port, "version").startsWith("VERSION");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The first line of the answer. */
    private static String ask(int port, String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return String.valueOf(answer.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        for (Process server : servers) {
            server.destroy();
            server.waitFor();
        }
    }
}
