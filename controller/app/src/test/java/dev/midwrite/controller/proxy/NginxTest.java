package dev.midwrite.controller.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.controller.users.Entrance;
import dev.midwrite.controller.users.Router.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed nginx, for a moment. */
class NginxTest {
    @TempDir
    private Path directory;

    private final Reaper reaper = Reaper.install();
    private final Map<String, HttpServer> nodes = new HashMap<>();
    private final List<Nginx> started = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void installed() {
        boolean there = true;
        try {
            Nginx.require();
        } catch (Problem e) {
            there = false;
        }
        assumeThat(there)
                .as("nginx is not installed; Debian's package nginx-light brings it")
                .isTrue();
    }

    @AfterEach
    void end() {
        started.forEach(Nginx::close);
        nodes.values().forEach(node -> node.stop(0));
        reaper.close();
    }

    private Nginx start(Routing routing) throws InterruptedException {
        Nginx nginx = Nginx.start(directory.resolve("its own nginx"), routing, reaper);
        started.add(nginx);
        return nginx;
    }

    private Target node(int number) throws IOException {
        String name = "node-" + number;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = name.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add(Entrance.SERVED_BY, "somebody else");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        nodes.put(name, server);
        return new Target(
                number,
                name,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private HttpResponse<String> ask(Nginx nginx, String cookie) throws Exception {
        return client.send(
                HttpRequest.newBuilder(nginx.address()).header("Cookie", cookie).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itAsksThoseInRotationAndSaysWhom() throws Exception {
        Nginx nginx = start(Routing.ROUND_ROBIN);
        assertThat(ask(nginx, "a=b").statusCode()).as("nobody is in rotation").isEqualTo(503);
        Target one = node(1);
        Target two = node(2);

        nginx.ask(List.of(one, two));
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> answer = ask(nginx, "a=b");
            assertThat(answer.headers().allValues(Entrance.SERVED_BY)).containsExactly(answer.body());
            served.add(answer.body());
        }
        assertThat(served).containsOnly("node-1", "node-2");

        nginx.ask(List.of(two));
        for (int i = 0; i < 20; i++) {
            assertThat(ask(nginx, "a=b").body()).as("at once").isEqualTo("node-2");
        }
        assertThat(nginx.broken()).isEmpty();
    }

    @Test
    void anErrorOfItsOwnIsOfTheNodeThatItAsked() throws Exception {
        Nginx nginx = start(Routing.STICKY);
        Target one = node(1);
        nginx.ask(List.of(one, node(2)));
        assertThat(ask(nginx, "midwrite_node=node-1").headers().firstValue("Set-Cookie"))
                .hasValue("midwrite_node=node-1; Path=/; HttpOnly");
        nodes.get("node-1").stop(0);

        HttpResponse<String> answer = ask(nginx, "midwrite_node=node-1");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue(Entrance.SERVED_BY)).hasValue("node-1");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(ask(nginx, "midwrite_node=node-2").body()).isEqualTo("node-2");
    }

    @Test
    void itEndsWithTheRunAndSaysSoIfItEndsBefore() throws Exception {
        Nginx nginx = start(Routing.STICKY);
        long pid = Long.parseLong(
                Files.readString(directory.resolve("its own nginx/nginx.pid")).strip());
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> workers = process.descendants().toList();
        assertThat(workers).isNotEmpty();
        process.destroy();
        process.onExit().join();
        assertThat(nginx.broken()).singleElement().asString().startsWith("nginx cannot be relied on. It has ended.");

        start(Routing.STICKY);
        ProcessHandle second = ProcessHandle.of(
                        Long.parseLong(Files.readString(directory.resolve("its own nginx/nginx.pid"))
                                .strip()))
                .orElseThrow();
        reaper.close();
        assertThat(second.isAlive()).isFalse();
    }

    @Test
    void whereItIsNotInstalledOneSentenceSaysSo() {
        assertThatThrownBy(() -> Nginx.require(directory.toString()))
                .isInstanceOf(Problem.class)
                .hasMessage("Users are to go through nginx, and there is no program nginx on the PATH or in /usr/sbin,"
                        + " /usr/local/sbin, /opt/homebrew/bin: install it (its service need not run), or leave 'through'"
                        + " out.");
    }
}
