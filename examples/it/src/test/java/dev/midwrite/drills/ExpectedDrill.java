package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A drill that says what its author expects of it, and whether that came true. */
record ExpectedDrill(Path file) {
    private static final Pattern EXIT = Pattern.compile("(?m)^  exit: ([0-9])$");

    /** Of a drill with credentials, failover probes included. */
    private static final int MOST_USERS = 70;

    /** All drills of a directory, by name. */
    static List<ExpectedDrill> all(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().map(ExpectedDrill::new).toList();
        }
    }

    /** Runs it as a user does and judges its bundle once more; both must say what is expected. */
    void run(Path jdk, Path directory) throws IOException, InterruptedException {
        Path place = Files.createDirectory(directory.resolve("a place"));
        try (CommandLineProcess run =
                CommandLineProcess.start(jdk, place, "drill", "run", file.toString(), "--expect", "--out", "run")) {
            int exit = run.await();
            assertThat(exit).as(run.output()).isZero();
            assertThat(run.output()).doesNotContain("Not as expected").doesNotContain("\tat ");
        }
        assertThat(place.resolve("run"))
                .isDirectoryContaining("glob:**/report.html")
                .isDirectoryContaining("glob:**/verdict.json")
                .isDirectoryContaining("glob:**/junit.xml")
                .isDirectoryContaining("glob:**/users.ops");
        if (Files.readString(file).contains("credentials:")) {
            assertNoPasswordIn(place);
        }
        try (CommandLineProcess again = CommandLineProcess.start(jdk, place, "check", "run")) {
            int exit = again.await();
            assertThat(exit).as(again.output()).isEqualTo(exit());
        }
    }

    /** Bundles are handed on: no byte that was written may be of a password of a user of this run. */
    private static void assertNoPasswordIn(Path directory) throws IOException {
        List<String> passwords = Files.readAllLines(
                        CommandLineProcess.root().resolve("examples/shop/src/main/resources/customers.csv"))
                .stream()
                .skip(1)
                .map(line -> line.split(",", 2)[1])
                .limit(MOST_USERS)
                .toList();
        assertThat(passwords).hasSize(MOST_USERS);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path written : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(written, StandardCharsets.ISO_8859_1);
                assertThat(passwords).as(written.toString()).noneMatch(text::contains);
            }
        }
    }

    private int exit() throws IOException {
        return EXIT.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceAll("\\D", ""))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }

    /** For the name of the test. */
    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
