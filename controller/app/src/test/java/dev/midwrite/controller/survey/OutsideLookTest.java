package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.ForeignSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutsideLookTest {
    private HttpServer server;
    private String root;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        root = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aVisitorIsFollowedToThePageOfTheLogin() throws Exception {
        page("/shop", 302, "", "Location", "/shop/login", "Set-Cookie", "BASKET=geheim; Path=/; HttpOnly");
        page("/shop/login", 200, "<form>", "Server", "Unheard/1.0", "Set-Cookie", "theme=dark; Path=/");
        OutsideLook.Seen seen = look("/shop");

        assertThat(seen.service()).isEqualTo(URI.create(root));
        assertThat(seen.page()).isEqualTo("/shop/login");
        assertThat(seen.answers())
                .extracting(PageAnswer::words)
                .containsExactly("/shop sends users to /shop/login (302)", "/shop/login answers 200");
        assertThat(seen.cookies()).containsExactly("BASKET=…; Path=/; HttpOnly", "theme=…; Path=/");
        assertThat(seen.server()).isEqualTo("Unheard/1.0");
    }

    @Test
    void whatIsWrittenIsADrill() throws Exception {
        page("/shop", 302, "", "Location", "/shop/$(x)", "Set-Cookie", "BASKET=geheim; Path=/; HttpOnly");
        page("/shop/$(x)", 200, "");
        Drill drill = DrillFile.parse(Path.of("d.yaml"), OutsideDrill.of(look("/shop"), "a: b"));

        assertThat(drill.name()).isEqualTo("a: b");
        assertThat(drill.store().none()).isTrue();
        assertThat(drill.nodes().external().orElseThrow().controller()).isEmpty();
        assertThat(drill.nodes().external().orElseThrow().nodes().get(0).url()).contains(URI.create(root));
        assertThat(drill.nodes().readyPath()).isEqualTo("/shop/$(x)");
        ForeignSpec load = drill.users().foreign().orElseThrow();
        assertThat(load.cookies()).containsExactly("BASKET");
        assertThat(load.command()).hasSize(4).startsWith("sh", "-c").endsWith("/shop/$(x)");
        assertThat(load.command().get(2))
                .contains("-b \"$jar\"")
                .endsWith("\"$MIDWRITE_FRONT_URL$0\"; sleep 0.05; done");
        assertThat(drill.text().written()).doesNotContain("geheim");
    }

    @Test
    void anAnswerThatShowsNothingIsToldWithItsFirstLine() {
        page("/", 500, "\n  Whitelabel Error Page\nmore");
        assertThatThrownBy(() -> look(""))
                .isInstanceOf(Problem.class)
                .hasMessage(root + "/ answers 500: Whitelabel Error Page. Name the address of a page that everybody may"
                        + " see.");
    }

    @Test
    void whoIsSentAwayOrInACircleIsTold() {
        page("/", 302, "", "Location", "http://elsewhere.example/login");
        assertThatThrownBy(() -> look("/"))
                .hasMessageStartingWith(root + "/ sends visitors away, to http://elsewhere.example/login");
        page("/round", 302, "", "Location", "/round");
        assertThatThrownBy(() -> look("/round")).hasMessageStartingWith(root + "/round sends visitors in a circle: ");
    }

    @Test
    void whereNobodyListensOrAnotherProtocolIsSpokenIsTold() throws Exception {
        server.stop(0);
        assertThatThrownBy(() -> look("/")).hasMessage("Nobody listens at " + root + "/.");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread greeting = new Thread(() -> {
                try (Socket one = other.accept()) {
                    one.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII));
                    assertThat(one.getInputStream().read()).isNotEqualTo(0);
                } catch (IOException e) {
                    // It has heard enough.
                }
            });
            greeting.start();
            URI there = URI.create("http://127.0.0.1:" + other.getLocalPort() + "/");
            assertThatThrownBy(() -> new OutsideLook(Duration.ofSeconds(10)).at(there))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith(there + " does not answer by HTTP: ")
                    .hasMessageContaining("SSH-2.0-OpenSSH_9.2");
            greeting.join();
        }
    }

    private OutsideLook.Seen look(String path) throws InterruptedException {
        return new OutsideLook(Duration.ofSeconds(10)).at(URI.create(root + path));
    }

    private void page(String path, int status, String body, String... headers) {
        server.createContext(path, exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
