package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketReaderTest {
    @TempDir
    private Path directory;

    @Test
    void readsWhatADrillSays() throws Exception {
        List<SocketSpec> sockets = read("""
                    - path: /orders
                      send:
                        text: '{"order":{number}}'
                        confirmed: {json: /accepted}
                        kept: {ask: all, json: /orders}
                        once: true
                      close: 1001
                      within: 3s
                    - path: /stomp
                      kind: stomp
                      sessions: 2
                      subscribe: [/queue/a, /queue/b]
                      feed: {number: {regex: 'n=(\\d+)'}}
                    - path: /prices
                      kind: events
                """);

        assertThat(sockets).extracting(SocketSpec::kind).containsExactly(SocketSpec.Kind.values());
        SocketSpec orders = sockets.get(0);
        assertThat(orders.sessions()).isEqualTo(5);
        assertThat(orders.close()).isEqualTo(1001);
        assertThat(orders.within()).isEqualTo(Duration.ofSeconds(3));
        assertThat(orders.send().orElseThrow().every()).isEqualTo(Duration.ofMillis(500));
        assertThat(orders.send().orElseThrow().once()).isTrue();
        assertThat(orders.send().orElseThrow().kept().orElseThrow().numbers().expression())
                .isEqualTo("/orders");
        assertThat(sockets.get(1).sessions()).isEqualTo(2);
        assertThat(sockets.get(1).stomp().orElseThrow().subscribe()).containsExactly("/queue/a", "/queue/b");
        assertThat(sockets.get(2).feed().orElseThrow().number()).isEqualTo(SocketReader.EVENT_ID);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            path: orders                                                      | 'path' must begin with /, not 'orders'
            kind: stomp, path: /a                                             | a socket needs 'subscribe'
            path: /a, subscribe: /b                                           | 'subscribe' is for 'kind: stomp'
            path: /a, close: 999                                              | 'close' must be a whole number from 1000 to 4999
            path: /a, kind: events, close: 1001                               | 'close' is for WebSockets
            path: /a, send: {text: hi, confirmed: {json: /n}}                 | 'text' must carry {number}
            path: /a, send: {text: '{number}'}                                | send needs 'confirmed'
            path: /a, feed: {resume: '?x={last}'}                             | feed needs 'number'
            path: /a, feed: {number: {json: /n}, resume: '?after=last'}       | 'resume' must carry {last}
            path: /a, send: {text: '{number}', every: 0s, confirmed: {json: /n}} | 'every' must be more than 0s
            path: /a, feed: {number: {json: n}}                               | 'json' cannot be read
            path: /a, knid: events                                            | did you mean
            """)
    void complainsInOneSentence(String socket, String sentence) {
        assertThatThrownBy(() -> read("        - {" + socket + "}\n"))
                .isInstanceOf(InvalidDrill.class)
                .hasMessageContaining(sentence);
    }

    private List<SocketSpec> read(String sockets) throws Exception {
        String drill = """
                version: 1
                name: example
                store: {kind: redis}
                nodes: {count: 1, command: 'java -jar app.jar {port}', ready: /health}
                users:
                  sessions: 5
                  duration: 1s
                  workloads: [register]
                  sockets:
                """ + sockets;
        return DrillFile.read(Files.writeString(directory.resolve("example.yaml"), drill))
                .users()
                .sockets();
    }
}
