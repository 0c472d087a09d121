package dev.midwrite.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tomcats that replicate their sessions to each other: healthy, slow and cut off. */
@Tag("services")
class ClusterDrillsIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("drills")
    void saysWhatItIsExpectedToSay(ExpectedDrill drill) throws Exception {
        drill.run(CommandLineProcess.jdks().get(0), directory);
    }

    static List<ExpectedDrill> drills() throws IOException {
        return ExpectedDrill.all(CommandLineProcess.root().resolve("examples/tomcat-cluster/drills"));
    }
}
