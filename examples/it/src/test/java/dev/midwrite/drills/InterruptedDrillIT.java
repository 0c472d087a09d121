package dev.midwrite.drills;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C at any moment leaves nothing behind. */
class InterruptedDrillIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"starting", "warmup", "timeline", "settling"})
    void nothingThatItStartedIsLeft(String phase) throws Exception {
        Path drill = CommandLineProcess.root().resolve("examples/shop/drills/nothing-hit.yaml");
        Path jdk = CommandLineProcess.jdks().get(0);
        try (CommandLineProcess run =
                CommandLineProcess.start(jdk, directory, "drill", "run", drill.toString(), "--out", "run")) {
            await().atMost(ofMinutes(2))
                    .until(() -> run.output().contains(" " + phase)
                            && !run.children().isEmpty());
            List<ProcessHandle> children = run.children();
            run.interrupt();
            assertThat(run.await()).as(run.output()).isEqualTo(130);
            assertThat(children).noneMatch(CommandLineProcess::runs);
            assertThat(run.output()).doesNotContain("Exception");
        }
    }
}
