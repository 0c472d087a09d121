package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped drill says what its author expects; run as a user runs it. */
class ShippedDrillsIT {
    private static final Pattern EXIT = Pattern.compile("(?m)^  exit: ([0-9])$");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("drills")
    void saysWhatItIsExpectedToSay(Path drill) throws Exception {
        runs(CommandLineProcess.jdks().get(0), drill);
    }

    /** The other JDK: its warnings and its limits are what differs. */
    @Test
    void runsOnTheOtherJdk() throws Exception {
        List<Path> jdks = CommandLineProcess.jdks();
        System.out.println("ShippedDrillsIT: JDKs " + jdks);
        if (jdks.size() > 1) {
            runs(jdks.get(1), CommandLineProcess.root().resolve("examples/shop/drills/crash-mid-save.yaml"));
        }
    }

    /** Runs it and judges its bundle once more. */
    private void runs(Path jdk, Path drill) throws Exception {
        Path place = Files.createDirectory(directory.resolve("a place"));
        try (CommandLineProcess run =
                CommandLineProcess.start(jdk, place, "drill", "run", drill.toString(), "--expect", "--out", "run")) {
            int exit = run.await();
            assertThat(exit).as(run.output()).isZero();
            assertThat(run.output()).doesNotContain("Not as expected").doesNotContain("Exception");
        }
        assertThat(place.resolve("run"))
                .isDirectoryContaining("glob:**/report.html")
                .isDirectoryContaining("glob:**/verdict.json")
                .isDirectoryContaining("glob:**/junit.xml")
                .isDirectoryContaining("glob:**/users.ops");
        try (CommandLineProcess again = CommandLineProcess.start(jdk, place, "check", "run")) {
            int exit = again.await();
            assertThat(exit).as(again.output()).isEqualTo(expectedExit(drill));
        }
    }

    private static int expectedExit(Path drill) throws IOException {
        return EXIT.matcher(Files.readString(drill))
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceAll("\\D", ""))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }

    static List<Path> drills() throws IOException {
        try (Stream<Path> files = Files.list(CommandLineProcess.root().resolve("examples/shop/drills"))) {
            return files.sorted().toList();
        }
    }
}
