package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignCheckTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeHistories() throws IOException {
        String log = """
                INFO jepsen.util - 0 :invoke :write 1
                INFO jepsen.util - 0 :ok :write 1
                INFO jepsen.util - 1 :invoke :read nil
                INFO jepsen.util - 1 :ok :read %s
                """;
        Files.writeString(directory.resolve("good"), log.formatted("1"));
        Files.writeString(directory.resolve("bad"), log.formatted("2"));
        Files.writeString(directory.resolve("nil"), log.formatted("nil"));
        Files.writeString(directory.resolve("cut"), log.formatted("1").substring(0, 60));
        StringBuilder hard = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            hard.append("INFO jepsen.util - %d :invoke :cas [%d %d]\n".formatted(i, i % 6, i / 6));
        }
        for (int i = 0; i < 60; i++) {
            hard.append("INFO jepsen.util - %d :ok :cas [%d %d]\n".formatted(i, i % 6, i / 6));
        }
        Files.writeString(directory.resolve("hard"), hard);
        Files.createDirectory(directory.resolve("folder"));
    }

    @ParameterizedTest
    @CsvSource({
        "good,0,': linearizable, 2 operations'",
        "bad,1,': not linearizable: no place for process 1 (line 3): read 2'",
        "nil,1,': not linearizable'",
        "cut,5,': unreadable: line 2'",
        "missing,5,': unreadable: there is no such file'",
        "folder,5,': unreadable: '",
        "bad good,1,': not linearizable'",
        "good bad cut,5,': unreadable'",
    })
    void saysTheVerdictAndExitsWithIt(String files, int exit, String said) {
        assertThat(run(("--format jepsen-log " + files).split(" "))).isEqualTo(exit);
        assertThat(out.toString()).contains(said);
        assertThat(out.toString().lines()).hasSize(files.split(" ").length);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void readOfNilObservesNothingIfTheRegisterBeginsWithANumber() {
        assertThat(run("--format", "jepsen-log", "--initial", "0", "nil")).isZero();
    }

    @Test
    void aHistoryOfNothingIsNoPass() throws IOException {
        Files.writeString(directory.resolve("good"), "");
        assertThat(run("--format", "jepsen-log", "good")).isEqualTo(3);
        assertThat(out.toString()).contains("good: nothing was checked: the history has no operation");
        Files.writeString(directory.resolve("bad"), """
                INFO jepsen.util - 0 :invoke :cas [1 2]
                INFO jepsen.util - 0 :fail :cas [1 2]
                """);
        assertThat(run("--format", "jepsen-log", "bad")).isEqualTo(3);
        assertThat(out.toString()).contains("none of its 1 operations took effect or observed anything");
    }

    @ParameterizedTest
    @CsvSource({"'[]',edn-register", "'',kv"})
    void noFormatPassesANothing(String text, String format) throws IOException {
        Files.writeString(directory.resolve("good"), text);
        assertThat(run("--format", format, "good")).isEqualTo(3);
        assertThat(out.toString()).contains("good: nothing was checked");
    }

    @Test
    void suggestsWhatTheRegisterMayHaveBegunWith() throws IOException {
        Files.writeString(directory.resolve("good"), """
                INFO jepsen.util - 1 :invoke :read nil
                INFO jepsen.util - 1 :ok :read 0
                INFO jepsen.util - 0 :invoke :write 1
                INFO jepsen.util - 0 :ok :write 1
                """);
        assertThat(run("--format", "jepsen-log", "good")).isEqualTo(1);
        assertThat(out.toString())
                .contains("nobody wrote 0: if the register began with it, check again with --initial 0");
        assertThat(run("--format", "jepsen-log", "--initial", "0", "good")).isZero();
    }

    @Test
    void suggestsNothingIfSomebodyWroteIt() throws IOException {
        Files.writeString(directory.resolve("bad"), """
                INFO jepsen.util - 1 :invoke :read nil
                INFO jepsen.util - 1 :ok :read 1
                INFO jepsen.util - 0 :invoke :write 1
                INFO jepsen.util - 0 :ok :write 1
                """);
        assertThat(run("--format", "jepsen-log", "bad")).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("--initial");
    }

    @Test
    void endsWithUnknownWhenTimeIsUp() {
        assertThat(run("--format", "jepsen-log", "--time-limit", "0", "hard")).isEqualTo(3);
        assertThat(out.toString()).contains(": unknown: ");
    }

    @Test
    void explainsInTheWordsOfTheFile() throws IOException {
        Files.writeString(directory.resolve("bad"), """
                INFO jepsen.util - 0 :invoke :write 1
                INFO jepsen.util - 0 :ok :write 1
                INFO jepsen.util - 2 :invoke :cas [3 4]
                INFO jepsen.util - 1 :invoke :read nil
                INFO jepsen.util - 1 :ok :read 2
                """);

        assertThat(run("--format", "jepsen-log", "--explain", "bad")).isEqualTo(1);
        assertThat(out.toString()).endsWith("""
                bad: not linearizable, 3 operations; nobody wrote 2: if the register began with it, check again with --initial 2

                Cannot be placed:
                  process 1: read 2
                      invoked in line 4: INFO jepsen.util - 1 :invoke :read nil
                Took effect last before it, in every order:
                  process 0: write 1
                      invoked in line 1: INFO jepsen.util - 0 :invoke :write 1
                Open while it ran, and of no help:
                  process 2: compare-and-set 3 to 4   (no definite answer)
                      invoked in line 3: INFO jepsen.util - 2 :invoke :cas [3 4]
                Why:
                  1 operation had returned before it. Whatever order it and the open ones took effect in, none leads
                  to "read 2" by process 1.

                """);
    }

    @ParameterizedTest
    @CsvSource({"--format xml good,'none of jepsen-log, kv, edn-register'", "--initial x good,neither nil nor a number"
    })
    void refusesWrongOptions(String words, String said) {
        assertThat(run(words.split(" "))).isEqualTo(64);
        assertThat(err.toString()).contains(said);
    }

    @Test
    void severalDirectoriesNeedAFormat() {
        assertThat(run("good", "bad")).isEqualTo(64);
        assertThat(err.toString()).contains("--format");
    }

    private int run(String... words) {
        return Midwrite.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("check"), Stream.of(words).map(this::inDirectory))
                        .toArray(String[]::new));
    }

    private String inDirectory(String word) {
        boolean file =
                Set.of("good", "bad", "nil", "cut", "hard", "folder", "missing").contains(word);
        return file ? directory.resolve(word).toString() : word;
    }
}
