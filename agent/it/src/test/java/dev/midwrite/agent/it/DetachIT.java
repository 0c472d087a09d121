package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.it.host.SelfView;
import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An agent that came, recorded, broke something and left: the host is as it was, ten times over. */
@Tag("long")
class DetachIT {
    private static final int TIMES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> WOVEN = List.of(
            "org.springframework.session.data.redis.RedisSessionRepository",
            "io.lettuce.core.protocol.CommandHandler",
            "java.lang.Runtime",
            "java.lang.ApplicationShutdownHooks");

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    @EachJdk
    void nothingIsLeftBehind(Jdks.Jdk jdk) throws Exception {
        try (HostJvm host = HostJvm.of(jdk, SessionHost.class)
                .option("-javaagent:" + selfView())
                .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .option("-XX:+EnableDynamicAgentLoading")
                .option("-XX:SoftRefLRUPolicyMSPerMB=0") // Caches of the JDK's go with the next collection.
                .argument(redis.port())
                .start()) {
            assertThat(host.nextLine()).isEqualTo("ready");
            host.ask("new a");
            assertThat(host.ask("save a")).startsWith("ok");
            // From now on the JVM itself listens, with a thread and a socket, and has the jar open on its class path.
            host.attach("leave");
            look(host); // The host's own looking wakes what the JDK keeps, such as the hook of its log.
            Map<String, String> before = look(host);
            List<String> files = files(host);
            for (int i = 0; i < TIMES; i++) {
                come(host);
                host.attach("leave");
                assertThat(look(host)).as("after %s times", i + 1).isEqualTo(before);
                List<String> more = files(host);
                more.removeAll(files);
                assertThat(more).as("after %s times", i + 1).isEmpty();
                assertThat(host.ask("save a")).startsWith("ok");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(answer(host, "loaders")).isEqualTo("0"));
            assertThat(host.errors()).doesNotContain("Exception").contains("midwrite: left; ");
        }
    }

    private void come(HostJvm host) throws Exception {
        try (FakeController controller = new FakeController()) {
            host.attach("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"));
            controller.record();
            controller.awaitWoven("spring.SessionRepository.save");
            controller.inject(Injection.newBuilder()
                    .setId(7)
                    .setFault("error")
                    .setPoint("session.save")
                    .setEdge(Edge.BEFORE));
            assertThat(host.ask("save a")).startsWith("error");
            host.ask("new b"); // And the steps of a save, which a host's thread journals.
            controller.lift(7);
            controller.awaitLifted(7);
            assertThat(host.ask("save b")).startsWith("ok");
        }
    }

    private static Map<String, String> look(HostJvm host) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String what : List.of("threads", "hooks", "properties", "beans")) {
            seen.put(what, answer(host, what));
        }
        for (String type : WOVEN) {
            seen.put(type, answer(host, "code " + type));
        }
        return seen;
    }

    /** Without the time that it took. */
    private static String answer(HostJvm host, String question) {
        String line = host.ask(question);
        return line.substring(0, line.lastIndexOf(' '));
    }

    /** What the process has open, from outside. */
    private static List<String> files(HostJvm host) throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> all =
                Files.list(Path.of("/proc", Long.toString(host.process().pid()), "fd"))) {
            for (Path each : all.toList()) {
                open.add(Files.readSymbolicLink(each).toString());
            }
        }
        open.sort(null);
        return open;
    }

    /** A jar that only says which class of the host's class path looks at the host. */
    private Path selfView() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", SelfView.class.getName());
        main.putValue("Can-Retransform-Classes", "true");
        Path jar = directory.resolve("self-view.jar");
        try (var out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            zip.finish();
        }
        return jar;
    }
}
