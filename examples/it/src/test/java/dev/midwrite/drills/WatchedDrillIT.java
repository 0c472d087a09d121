package dev.midwrite.drills;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said while the drill goes on, to its own user and to one who watches from another process. */
class WatchedDrillIT {
    private static final String FINDING = "User does not see own write: session ";

    @TempDir
    private Path directory;

    @Test
    void violationsAreToldBeforeTheUsersAreDone() throws Exception {
        Path jdk = CommandLineProcess.jdks().get(0);
        Path drill = CommandLineProcess.root().resolve("examples/shop/drills/silent-loss.yaml");
        try (CommandLineProcess run = CommandLineProcess.start(
                jdk, directory, "drill", "run", drill.toString(), "--expect", "--out", "run")) {
            Path start = directory.resolve("run/start.json");
            await().atMost(ofMinutes(2)).until(() -> Files.exists(start));
            try (CommandLineProcess watch = CommandLineProcess.start(jdk, directory, "watch", "--follow", "run")) {
                await().atMost(ofMinutes(2))
                        .until(() ->
                                watch.output().contains(FINDING) && run.output().contains(FINDING));
                assertThat(run.output()).doesNotContain(" settling");
                assertThat(run.await()).as(run.output()).isZero();
                assertThat(watch.await()).as(watch.output()).isEqualTo(1);
                assertThat(watch.output())
                        .contains("FAIL  Acknowledged write lost", "phase timeline, ", " s left; requests ")
                        .containsPattern("; faults [0-9]+ drop")
                        .doesNotContain("Exception");
                assertThat(run.output()).doesNotContain("please report this").doesNotContain("Judging while");
            }
        }
    }

    @Test
    void aWatcherDoesNotWaitForARunThatWasKilled() throws Exception {
        Path jdk = CommandLineProcess.jdks().get(0);
        Path drill = CommandLineProcess.root().resolve("examples/shop/drills/nothing-hit.yaml");
        try (CommandLineProcess run =
                CommandLineProcess.start(jdk, directory, "drill", "run", drill.toString(), "--out", "run")) {
            Path start = directory.resolve("run/start.json");
            await().atMost(ofMinutes(2)).until(() -> Files.exists(start));
            try (CommandLineProcess watch = CommandLineProcess.start(jdk, directory, "watch", "run")) {
                await().atMost(ofMinutes(2)).until(() -> run.output().contains(" warmup"));
                run.interrupt();
                assertThat(run.await()).isEqualTo(130);
                assertThat(watch.await()).as(watch.output()).isEqualTo(5);
                assertThat(watch.output()).contains("midwrite: the run ended without a verdict.");
            }
        }
    }
}
