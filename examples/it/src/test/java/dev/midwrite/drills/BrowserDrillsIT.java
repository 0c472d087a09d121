package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/browser}: a real browser goes through the front. Skipped where there is none. */
class BrowserDrillsIT {
    private final Path module = CommandLineProcess.root().resolve("examples/browser");

    @TempDir
    private Path directory;

    @BeforeEach
    void installed() throws Exception {
        assumeThat(Path.of("/usr/bin/chromium"))
                .as("no browser is installed; Debian's package chromium brings one")
                .isExecutable();
        assumeThat(Path.of("/usr/bin/chromedriver"))
                .as("the browser's driver is not installed; Debian's package chromium-driver brings it")
                .isExecutable();
        Path log = directory.resolve("build.log");
        int exit = MavenBuild.run(module, log, "-q", "compile");
        assertThat(exit).as(Files.readString(log)).isZero();
    }

    @Tag("services")
    @Test
    void tabsThatShareASessionAreNoFinding() throws Exception {
        run("browser.yaml");
    }

    @Tag("services")
    @Test
    void sessionsThatARestartOfTheStoreLosesAreFound() throws Exception {
        run("browser-loss.yaml");
    }

    private void run(String drill) throws Exception {
        new ExpectedDrill(module.resolve("drills").resolve(drill))
                .run(CommandLineProcess.jdks().get(0), directory);
    }
}
