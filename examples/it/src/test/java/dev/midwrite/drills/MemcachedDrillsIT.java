package dev.midwrite.drills;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tomcats whose sessions lie in memcached: healthy, without copies, and slow. Skipped where memcached is not installed. */
@Tag("services")
class MemcachedDrillsIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("drills")
    void saysWhatItIsExpectedToSay(ExpectedDrill drill) throws Exception {
        assumeThat(CommandLineProcess.installed("memcached"))
                .as("memcached is not installed; Debian's package memcached brings it")
                .isTrue();
        drill.run(CommandLineProcess.jdks().get(0), directory);
    }

    static List<ExpectedDrill> drills() throws IOException {
        return ExpectedDrill.all(CommandLineProcess.root().resolve("examples/memcached-sessions/drills"));
    }
}
