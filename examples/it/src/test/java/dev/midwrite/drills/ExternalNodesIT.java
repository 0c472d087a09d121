package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Services that the test starts and keeps, as systemd would: a drill watches them, and has a script restart one. */
@Tag("long")
class ExternalNodesIT {
    /** {@code ctl start|restart NAME}: does not wait until it is ready, as a supervisor does not. */
    private static final String CTL = """
            #!/bin/sh
            cd "$(dirname "$0")"
            if [ "$1" = restart ]; then
              kill "$(cat "$2.pid")"
              while grep -q '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$(cat "$2.pid")/status" 2> /dev/null; do
                sleep 0.1
              done
            fi
            echo "$1" >> "$2.done"
            sh "./$2.sh" > "$2.log" 2>&1 < /dev/null &
            echo $! > "$2.pid"
            """;

    @TempDir
    private Path directory;

    private final List<String> names = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        executable("ctl", CTL);
    }

    @AfterEach
    void stop() throws IOException {
        for (String name : names) {
            process(name).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void sessionsThatARestartKeepsPass() throws Exception {
        int store = FreePort.take();
        RedisServer redis = RedisServer.newRedisServer()
                .port(store)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        try {
            int controller = FreePort.take();
            String nodes = spring("orders-1", controller, store) + spring("orders-2", controller, store);
            String output = run(0, """
                    version: 1
                    store: {kind: redis, address: "127.0.0.1:%d"}
                    nodes:
                      controller: 127.0.0.1:%d
                      ready: /health
                      ready-timeout: 120s
                      external:
                    %s
                    users:
                      sessions: 12
                      rate: 3/s
                      workloads: [register, list, counter]
                      routing: round-robin
                      warmup: 1s
                      duration: 14s
                      ttl: 10m
                    timeline:
                      - {at: 1s, node: orders-1, action: restart}
                    """.formatted(store, controller, nodes));

            assertThat(output)
                    .contains("PASS")
                    .contains("orders-1: restarted.")
                    .contains("The nodes run elsewhere: exit status, output and memory")
                    .doesNotContain("journal is missing");
            assertThat(directory.resolve("orders-1.done")).hasContent("start\nrestart\n");
            for (String name : names) {
                assertThat(process(name)).as("goes on").get().matches(CommandLineProcess::runs);
            }
        } finally {
            redis.stop();
        }
    }

    @Test
    void sessionsThatARestartLosesFailWithoutAnyAgent() throws Exception {
        String nodes = memory("basket-1") + memory("basket-2");
        String output = run(1, """
                version: 1
                scope: node
                store: {kind: none}
                nodes:
                  probe: none
                  ready: /health
                  external:
                %s
                users:
                  sessions: 12
                  rate: 4/s
                  warmup: 1s
                  duration: 7s
                  ttl: 10m
                  login: [401]
                  flow:
                    before:
                      - {step: log in, post: /login, expect: 200}
                    workloads:
                      - name: basket
                        kind: list
                        write: {post: /basket, form: {item: "{write-id}"}, expect: 200}
                        read: {get: /basket, expect: 200}
                        shows: {json: /items}
                timeline:
                  - {at: 2s, node: basket-1, action: restart}
                """.formatted(nodes));

        assertThat(output).contains("FAIL").contains("Live session lost").contains("They have no agent");
    }

    private String run(int exit, String drill) throws Exception {
        Files.writeString(directory.resolve("external.yaml"), drill);
        try (CommandLineProcess run = CommandLineProcess.start(
                CommandLineProcess.jdks().get(0), directory, "drill", "run", "external.yaml", "--out", "run")) {
            assertThat(run.await()).as(run.output()).isEqualTo(exit);
            return run.output();
        }
    }

    /** Started with the agent; what stands in the drill for it. */
    private String spring(String name, int controller, int redis) throws Exception {
        Path root = CommandLineProcess.root();
        int port = FreePort.take();
        return started(
                name,
                port,
                "'-javaagent:" + root.resolve("agent/jar/target/midwrite-agent.jar") + "=node=" + name
                        + ",controller=127.0.0.1:" + controller + ",journal="
                        + directory.resolve("journal-" + name) + "' -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                        + " -jar '" + root.resolve("examples/services/servlet/target/midwrite-service-servlet.jar")
                        + "' --server.port=" + port + " --service.node=" + name
                        + " --spring.data.redis.port=" + redis + " --spring.profiles.active=plain");
    }

    private String memory(String name) throws Exception {
        int port = FreePort.take();
        return started(
                name,
                port,
                "-XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' "
                        + MemorySessions.class.getName() + " " + port);
    }

    private String started(String name, int port, String arguments) throws Exception {
        names.add(name);
        Path java = CommandLineProcess.jdks().get(0).resolve("bin/java");
        executable(name + ".sh", "exec '" + java + "' " + arguments + "\n");
        Process start = new ProcessBuilder(directory.resolve("ctl").toString(), "start", name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(start.waitFor()).isZero();
        return """
                    - {name: %1$s, url: "http://127.0.0.1:%2$d", restart: ./ctl restart %1$s}
                """.formatted(name, port);
    }

    private void executable(String name, String text) throws IOException {
        assertThat(Files.writeString(directory.resolve(name), text).toFile().setExecutable(true))
                .isTrue();
    }

    private Optional<ProcessHandle> process(String name) throws IOException {
        return ProcessHandle.of(Long.parseLong(
                Files.readString(directory.resolve(name + ".pid")).strip()));
    }
}
