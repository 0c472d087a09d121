package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/jmeter}: JMeter's own users go through the front, and its file of results is read. */
class JMeterDrillsIT {
    private final Path module = CommandLineProcess.root().resolve("examples/jmeter");

    @TempDir
    private Path directory;

    /** It is a build of its own, and brings 150 libraries that nothing else here needs. */
    @BeforeEach
    void build() throws Exception {
        Path log = directory.resolve("build.log");
        int exit = MavenBuild.run(module, log, "-q", "compile");
        assertThat(exit).as(Files.readString(log)).isZero();
    }

    @Tag("long")
    @Test
    void sessionsThatAreLostUnderItAreFound() throws Exception {
        run("jmeter-loss.yaml");
        try (CommandLineProcess check = CommandLineProcess.start(
                CommandLineProcess.jdks().get(0),
                directory,
                "check",
                "--load",
                module.resolve("target/results.jtl").toString())) {
            assertThat(check.await()).as(check.output()).isZero();
            assertThat(check.output()).contains("Evidence C: ").containsPattern("requests +[0-9,]+ in ");
        }
    }

    @Tag("services")
    @Test
    void aRolloutUnderItIsNoticedByNobody() throws Exception {
        run("jmeter.yaml");
    }

    private void run(String drill) throws IOException, InterruptedException {
        new ExpectedDrill(module.resolve("drills").resolve(drill))
                .run(CommandLineProcess.jdks().get(0), directory);
    }
}
