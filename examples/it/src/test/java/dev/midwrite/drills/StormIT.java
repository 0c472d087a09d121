package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storm that fails, as a user has one: drawn, run, and kept as a drill. */
@Tag("long")
class StormIT {
    @TempDir
    private Path directory;

    /** A member that was cut off goes on with what it has: a DeltaManager sends each change once. */
    @Test
    void aStormThatFailsIsKeptAsADrill() throws Exception {
        Path module = CommandLineProcess.root().resolve("examples/tomcat-cluster");
        // What fails is kept beside the drill, and paths in its commands are relative to there.
        Path drills = Files.createDirectory(directory.resolve("drills"));
        Files.createSymbolicLink(directory.resolve("target"), module.resolve("target"));
        Path drill = Files.copy(module.resolve("drills/steady.yaml"), drills.resolve("cluster.yaml"));
        Path jdk = CommandLineProcess.jdks().get(0);
        try (CommandLineProcess storm = CommandLineProcess.start(
                jdk,
                directory,
                "storm",
                drill.toString(),
                "--seed",
                "4",
                "--storms",
                "1",
                "--seconds",
                "3",
                "--shrink-minutes",
                "0",
                "--confirm",
                "1",
                "--out",
                "run")) {
            assertThat(storm.await()).as(storm.output()).isEqualTo(1);
            assertThat(storm.output())
                    .contains("at 1s partition on node-3, for 3s")
                    .containsPattern("1 +4 +1 +0 +fail +.*Replicas disagree after quiescence")
                    .contains("1 of 1 step; the search ran out of its time")
                    .containsPattern("fails +[01] of 1 run \\(");
            assertThat(directory.resolve("run/storm.md")).content().contains("| 1 | 4 | 1 | 0 | fail |");
            assertThat(directory.resolve("run/storm-1/report.html")).exists();
            assertThat(storm.children()).isEmpty();
        }
        Path kept = drills.resolve("cluster-storm-4.yaml");
        assertThat(kept)
                .content()
                .startsWith("# What is left of a storm that was drawn with seed 4")
                .contains("fault: partition");
        try (CommandLineProcess validate =
                CommandLineProcess.start(jdk, directory, "drill", "validate", kept.toString())) {
            assertThat(validate.await()).as(validate.output()).isZero();
        }
    }
}
