package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.SessionHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code midwrite attach} and {@code doctor} as they are shipped, on JVMs that run. */
class AttachCommandsIT {
    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    private Jdks.Jdk jdk;

    @EachJdk
    void saysWhatWasWovenAndThatItIsHereAlready(Jdks.Jdk each) throws Exception {
        jdk = each;
        try (HostJvm host = host()) {
            host.ask("new a");
            assertThat(host.ask("save a")).startsWith("ok");
            String pid = pid(host);
            String journal = "--journal=" + directory.resolve("journal");
            assertThat(run(0, "doctor", pid, journal))
                    .endsWith("Nothing stands in the way of attaching to process " + pid + ".");

            assertThat(run(64, "attach", pid, journal, "--option=nodes=3"))
                    .isEqualTo("midwrite: The agent did not start in process " + pid + ": unknown argument 'nodes'.\n");
            assertThat(run(0, "attach", pid, journal, "--node=n1"))
                    .startsWith("attached to process " + pid + ": ")
                    .contains(", node n1, dormant\n")
                    .containsPattern("  woven +spring.SessionRepository.save +org.springframework.session.data.redis.")
                    .containsPattern("  [0-9]+ of [0-9]+ points wait for classes that are not loaded");
            assertThat(run(64, "attach", pid, journal, "--node=n2"))
                    .startsWith("midwrite: An agent is in process " + pid + " already: ");
            assertThat(run(1, "doctor", pid)).startsWith("in the way: An agent is in process " + pid + " already: ");
            assertThat(run(0, "detach", pid))
                    .matches("the agent in process " + pid + ": left; [0-9]+ classes have their own code again");
            assertThat(run(64, "detach", pid)).isEqualTo("midwrite: No agent is in process " + pid + ".\n");
            assertThat(host.ask("save a")).startsWith("ok");
        }
    }

    @EachJdk
    void namesWhatForbidsIt(Jdks.Jdk each) throws Exception {
        jdk = each;
        Path file = Files.createFile(directory.resolve("file"));
        try (HostJvm closed = host("-XX:+DisableAttachMechanism");
                HostJvm still = host("-XX:-EnableDynamicAgentLoading")) {
            assertThat(run(1, "doctor", pid(closed)))
                    .isEqualTo("in the way: Process " + pid(closed)
                            + " lets nobody attach: it runs with -XX:+DisableAttachMechanism. Start it with -javaagent,"
                            + " or without that option.");
            assertThat(run(1, "doctor", pid(still), "--journal=" + file.resolve("journal")))
                    .contains("loads no agent while it runs: -XX:-EnableDynamicAgentLoading. ")
                    .contains(file + " is no directory. Name another place with --journal.");
            assertThat(run(64, "attach", pid(still))).contains("loads no agent while it runs");
            assertThat(run(0, "doctor")).contains(pid(still) + "  " + SessionHost.class.getName());
            assertThat(closed.errors() + still.errors()).doesNotContain("midwrite");
        }
    }

    private HostJvm host(String... options) {
        HostJvm.Builder builder = HostJvm.of(jdk, SessionHost.class).argument(redis.port());
        List.of(options).forEach(builder::option);
        HostJvm host = builder.start();
        assertThat(host.nextLine()).isEqualTo("ready");
        return host;
    }

    private static String pid(HostJvm host) {
        return Long.toString(host.process().pid());
    }

    /** Its output, or its errors if it refuses. */
    private String run(int exit, String... words) {
        HostJvm.Builder command = HostJvm.controller(jdk);
        List.of(words).forEach(command::argument);
        command.argument("--agent=" + HostJvm.agentJar());
        try (HostJvm started = command.start()) {
            assertThat(started.exitCode()).as(started.errors()).isEqualTo(exit);
            return exit == 64 ? started.errors() : String.join("\n", started.output());
        }
    }
}
