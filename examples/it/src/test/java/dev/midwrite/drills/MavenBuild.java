package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A build of somebody's own, as a process that ends with its test. */
final class MavenBuild {
    private static final long MOST_MINUTES = 4;

    private MavenBuild() {}

    /**
     * Blocks until it has ended.
     *
     * @param directory where it runs
     * @param log where its output goes
     * @return its exit code
     */
    static int run(Path directory, Path log, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp"));
        command.addAll(List.of(words));
        Process maven = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(maven.waitFor(MOST_MINUTES, TimeUnit.MINUTES))
                    .as(Files.readString(log))
                    .isTrue();
        } finally {
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly();
        }
        return maven.exitValue();
    }
}
