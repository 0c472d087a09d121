package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.TrivialHost;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A host must not notice a dormant agent. */
class SilenceIT {
    private static final String START = "midwrite: \\S+, node n1, dormant\n";

    @BeforeAll
    static void sayWhichJdks() {
        System.out.println("Hosts of the forked tests run on " + Jdks.all().toList());
    }

    @TempDir
    Path directory;

    @EachJdk
    void onlyTheStartLineShows(Jdks.Jdk jdk) {
        try (HostJvm host = HostJvm.of(jdk, TrivialHost.class)
                .agent("node=n1,journal=" + directory.resolve("journal"))
                .argument(3)
                .in(directory)
                .start()) {
            assertThat(host.exitCode()).isEqualTo(3);
            assertThat(host.output()).containsExactly("hello");
            assertThat(host.errors()).matches(START);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @EachJdk
    void aSecondCopyRefuses(Jdks.Jdk jdk) {
        try (HostJvm host = HostJvm.of(jdk, TrivialHost.class)
                .agent("node=n1")
                .agent("node=n2")
                .start()) {
            assertThat(host.exitCode()).isZero();
            assertThat(host.output()).containsExactly("hello");
            assertThat(host.errors()).matches(START + "midwrite: already in this JVM; this copy does nothing\n");
        }
    }

    @EachJdk
    void anUnknownOptionLeavesTheHostAlone(Jdks.Jdk jdk) {
        try (HostJvm host =
                HostJvm.of(jdk, TrivialHost.class).agent("nodes=n1").argument(4).start()) {
            assertThat(host.exitCode()).isEqualTo(4);
            assertThat(host.output()).containsExactly("hello");
            assertThat(host.errors()).isEqualTo("midwrite: dormant: unknown argument 'nodes'\n");
        }
    }

    @EachJdk
    void switchedOffItSaysNothing(Jdks.Jdk jdk) {
        try (HostJvm host = HostJvm.of(jdk, TrivialHost.class)
                .option("-Dmidwrite.enabled=false")
                .agent("node=n1")
                .start()) {
            assertThat(host.exitCode()).isZero();
            assertThat(host.errors()).isEmpty();
        }
    }

    @EachJdk
    void javaLangStaysClosedToTheHost(Jdks.Jdk jdk) {
        try (HostJvm host = HostJvm.of(jdk, dev.midwrite.agent.it.host.PryingHost.class)
                .agent("node=n1")
                .start()) {
            assertThat(host.exitCode()).isZero();
            assertThat(host.output())
                    .containsExactly("java.lang closed", "gate found", "agent hidden", "log manager asleep");
        }
    }

    @EachJdk
    void toolsOfTheJdkAreSkipped(Jdks.Jdk jdk) throws Exception {
        File nothing = directory.resolve("out").toFile();
        ProcessBuilder keytool = new ProcessBuilder(
                        jdk.home().resolve("bin").resolve("keytool").toString(),
                        "-J-javaagent:" + HostJvm.agentJar(),
                        "-help")
                .redirectOutput(nothing);
        Process process = keytool.start();
        String errors = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(errors).doesNotContain("midwrite");
    }
}
