package dev.midwrite.drills;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts behind the installed nginx. Skipped where there is none. */
class NginxDrillsIT {
    /** Of the names of drills that need it. */
    static final String PREFIX = "nginx-";

    @TempDir
    private Path directory;

    @BeforeEach
    void installed() {
        assumeThat(CommandLineProcess.installed("nginx") || Files.isExecutable(Path.of("/usr/sbin/nginx")))
                .as("nginx is not installed; Debian's package nginx-light brings it")
                .isTrue();
    }

    @Tag("long")
    @Test
    void aPatientRolloutIsNoticedByNobody() throws Exception {
        run("rollout");
    }

    @Tag("services")
    @Test
    void aHastyOneShows() throws Exception {
        run("hasty");
    }

    private void run(String drill) throws Exception {
        Path file = CommandLineProcess.root().resolve("examples/shop/drills/" + PREFIX + drill + ".yaml");
        new ExpectedDrill(file).run(CommandLineProcess.jdks().get(0), directory);
    }
}
