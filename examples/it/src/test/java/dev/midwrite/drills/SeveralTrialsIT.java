package dev.midwrite.drills;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several trials of one drill, as a user runs them. The drill is a short one, so that two trials take half a minute. */
@Tag("long")
class SeveralTrialsIT {
    @TempDir
    private Path directory;

    private Path drill;

    @BeforeEach
    void shorten() throws Exception {
        Path shop = CommandLineProcess.root().resolve("examples/shop");
        String steady = Files.readString(shop.resolve("drills/steady.yaml"))
                .replace("sessions: 200", "sessions: 20")
                .replace("warmup: 3s", "warmup: 1s")
                .replace("duration: 12s", "duration: 4s");
        // The drill names the shop's jar beside its own directory.
        Files.createSymbolicLink(directory.resolve("target"), shop.resolve("target"));
        drill = Files.writeString(
                Files.createDirectory(directory.resolve("drills")).resolve("steady.yaml"), steady);
    }

    @Test
    void areJudgedAsOneAndAgain() throws Exception {
        Path jdk = CommandLineProcess.jdks().get(0);
        try (CommandLineProcess run = CommandLineProcess.start(
                jdk, directory, "drill", "run", drill.toString(), "--trials", "2", "--expect", "--out", "run")) {
            int exit = run.await();
            assertThat(exit).as(run.output()).isZero();
            assertThat(run.output()).contains("PASS  steady · 2 trials").doesNotContain("Exception");
        }
        assertThat(directory.resolve("run/report.html")).exists();
        assertThat(directory.resolve("run/trial-2/report.html")).exists();
        try (CommandLineProcess again = CommandLineProcess.start(jdk, directory, "check", "run")) {
            int exit = again.await();
            assertThat(exit).as(again.output()).isZero();
        }
        try (CommandLineProcess same = CommandLineProcess.start(jdk, directory, "compare", "run", "run")) {
            int exit = same.await();
            assertThat(exit).as("two pairs prove nothing: " + same.output()).isEqualTo(3);
        }
    }

    @Test
    void finishedOnesStayWhenInterrupted() throws Exception {
        Path jdk = CommandLineProcess.jdks().get(0);
        try (CommandLineProcess run = CommandLineProcess.start(
                jdk, directory, "drill", "run", drill.toString(), "--trials", "3", "--out", "run")) {
            await().atMost(ofMinutes(2))
                    .until(() -> run.output().contains("trial-2 of 3")
                            && run.output().lastIndexOf(" warmup")
                                    > run.output().indexOf("trial-2 of 3"));
            List<ProcessHandle> children = run.children();
            run.interrupt();
            assertThat(run.await()).as(run.output()).isEqualTo(130);
            assertThat(children).noneMatch(CommandLineProcess::runs);
            assertThat(run.output()).doesNotContain("Exception").doesNotContain("trial-2 broke");
        }
        try (CommandLineProcess again = CommandLineProcess.start(jdk, directory, "check", "run")) {
            int exit = again.await();
            assertThat(exit).as(again.output()).isZero();
            assertThat(again.output()).contains("1 of 3 trials");
        }
    }
}
