package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.it.host.SessionHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command line, a real controller and a real agent: what an operator does with a service that runs elsewhere. */
@Tag("long")
class OperatorCommandsIT {
    private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.0\\.0\\.1:[0-9]+), .*");
    private static final Pattern ARMED = Pattern.compile("n1: injection ([0-9]+) armed, matches .*");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    private Jdks.Jdk jdk;
    private String address;

    @EachJdk
    void whatIsArmedFiresIsSeenAndEnds(Jdks.Jdk each) throws Exception {
        jdk = each;
        try (HostJvm controller = controller();
                HostJvm host = host();
                HostJvm events = command("events", "--node", "n1")) {
            await().atMost(PATIENCE).until(() -> run(0, "nodes").startsWith("n1 "));
            host.ask("new a");
            assertThat(host.ask("save a")).startsWith("ok");

            try (HostJvm dryRun =
                    command("inject", "--dry-run", "fault=error", "point=session.save", "edge=before", "for=4s")) {
                assertThat(dryRun.nextLine()).startsWith("n1: injects nothing, counts for 4.0 s at ");
                assertThat(host.ask("save a")).startsWith("ok");
                assertThat(dryRun.nextLine()).isEqualTo("n1: 1 of 1 matched passages would have been hit");
                assertThat(dryRun.exitCode()).isZero();
            }
            Matcher armed =
                    ARMED.matcher(run(0, "inject", "fault=error", "point=session.save", "edge=before", "for=60s"));
            assertThat(armed.matches()).isTrue();
            assertThat(host.ask("save a")).startsWith("error");
            String fault = " fault spring.SessionRepository.save before .*injection " + armed.group(1);
            for (String line = events.nextLine(); !line.matches("n1 [0-9]+" + fault); line = events.nextLine()) {
                assertThat(line).startsWith("n1 ");
            }
            await().atMost(PATIENCE)
                    .until(() -> run(0, "nodes").contains("injection " + armed.group(1) + ": matched 1, applied 1"));

            assertThat(run(0, "lift", armed.group(1))).isEqualTo("n1: lifted");
            assertThat(run(0, "lift", "--all")).isEqualTo("n1: nothing is armed");
            assertThat(host.ask("save a")).startsWith("ok");
            assertThat(run(64, "inject", "fault=error", "point=session.save", "--node", "n2"))
                    .contains("n2");
            controller.interrupt();
            assertThat(controller.exitCode()).isEqualTo(130);
            // What it wrote last is read on a thread of its own.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(controller.errors())
                            .containsPattern("info saw [0-9]+ operations of [0-9]+ sessions? on 1 node: ")
                            .contains("info happened 1 time: error at spring.SessionRepository.save on n1, injection "
                                    + armed.group(1))
                            .contains("info faults struck 0 requests that users had named"));
            assertThat(host.ask("save a")).startsWith("ok");
        }
    }

    @EachJdk
    void faultsEndWithTheirController(Jdks.Jdk each) throws Exception {
        jdk = each;
        try (HostJvm controller = controller();
                HostJvm host = host()) {
            await().atMost(PATIENCE).until(() -> run(0, "nodes").startsWith("n1 "));
            host.ask("new a");
            run(0, "inject", "fault=error", "point=session.save", "edge=before", "for=10m");
            assertThat(host.ask("save a")).startsWith("error");
            controller.process().destroyForcibly();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(host.ask("save a")).startsWith("ok"));
        }
    }

    @EachJdk
    void whoHasNoTokenIsRejected(Jdks.Jdk each) throws Exception {
        jdk = each;
        try (HostJvm controller = controller();
                HostJvm stranger = HostJvm.controller(jdk)
                        .home(Files.createDirectory(directory.resolve("of somebody else")))
                        .argument("nodes")
                        .argument("--controller=" + address)
                        .start()) {
            assertThat(stranger.exitCode()).isEqualTo(64);
            assertThat(stranger.errors()).contains("UNAUTHENTICATED");
            assertThat(run(0, "nodes")).isEmpty();
            assertThat(controller.process().isAlive()).isTrue();
        }
    }

    @EachJdk
    void overAnEncryptedLinkTheCertificatesRoleDecides(Jdks.Jdk each) throws Exception {
        jdk = each;
        try (HostJvm certs = HostJvm.controller(jdk)
                .argument("certs")
                .argument("init")
                .argument(directory.resolve("certs").toString())
                .start()) {
            assertThat(certs.exitCode()).as(certs.errors()).isZero();
        }
        try (HostJvm controller = controller(shown("controller"));
                HostJvm host = host(",certificate=" + pem("agent", "pem") + ",key=" + pem("agent", "key") + ",ca="
                        + pem("ca", "pem"))) {
            await().atMost(PATIENCE).until(() -> run(0, with("watch", "nodes")).startsWith("n1 "));
            host.ask("new a");
            assertThat(run(64, with("watch", "inject", "fault=error", "point=session.save", "for=60s")))
                    .contains("this needs role inject, and 'watch' has role watch");
            assertThat(host.ask("save a")).startsWith("ok");
            run(0, with("inject", "inject", "fault=error", "point=session.save", "edge=before", "for=60s"));
            assertThat(host.ask("save a")).startsWith("error");
            assertThat(controller.process().isAlive()).isTrue();
        }
    }

    private Path pem(String of, String ending) {
        return directory.resolve("certs").resolve(of + "." + ending);
    }

    private String[] shown(String of) {
        return new String[] {"--certificate=" + pem(of, "pem"), "--key=" + pem(of, "key"), "--ca=" + pem("ca", "pem")};
    }

    private String[] with(String certificate, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(shown(certificate))).toArray(String[]::new);
    }

    private HostJvm controller(String... more) {
        HostJvm.Builder builder = HostJvm.controller(jdk)
                .home(directory)
                .argument("controller")
                .argument("--port=0")
                .argument("--out=" + directory.resolve("controller"));
        List.of(more).forEach(builder::argument);
        HostJvm controller = builder.start();
        Matcher listening = LISTENING.matcher(controller.nextLine());
        assertThat(listening.matches()).isTrue();
        address = listening.group(1);
        return controller;
    }

    private HostJvm host() {
        return host("");
    }

    private HostJvm host(String more) {
        HostJvm host = HostJvm.of(jdk, SessionHost.class)
                .home(directory)
                .agent("node=n1,controller=" + address + ",journal=" + directory.resolve("journal") + more)
                .argument(redis.port())
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        return host;
    }

    private HostJvm command(String... words) {
        HostJvm.Builder command = HostJvm.controller(jdk).home(directory);
        List.of(words).forEach(command::argument);
        return command.argument("--controller=" + address).start();
    }

    /** Its output, or its errors if it refuses. */
    private String run(int exit, String... words) {
        try (HostJvm command = command(words)) {
            assertThat(command.exitCode()).as(command.errors()).isEqualTo(exit);
            return exit == 0 ? String.join("\n", command.output()) : command.errors();
        }
    }
}
