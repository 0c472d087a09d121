package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.live.LiveRunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    private static final String FIRST = "0000000000000001-register-a.edn";
    private static final String READ = "{:index 3, :time 5000000, :process 1, :type :ok, :f :read, :value nil}";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int export(String... words) {
        return Midwrite.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        Stream.concat(Stream.of("export"), Arrays.stream(words)).toArray(String[]::new));
    }

    /** Of two sessions whose users do not see what they wrote. */
    private Path run() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
            LiveRunFiles.forgetful(2, 10).forEach(history::append);
        }
        return bundle.directory();
    }

    @Test
    void registersFollowEachOtherOnOneStream() throws IOException {
        assertThat(export("--format", "edn", run().toString())).isZero();
        assertThat(out.toString().lines())
                .hasSize(10)
                .startsWith("; " + FIRST)
                .contains(READ, "; 0000000000000002-register-a.edn");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void eachRegisterGetsAFileOfItsOwn() throws IOException {
        Path to = directory.resolve("to");
        assertThat(export("--format", "edn", "--out", to.toString(), run().toString()))
                .isZero();
        assertThat(Files.readAllLines(to.resolve(FIRST))).hasSize(4).contains(READ);
        assertThat(to).isDirectoryContaining("glob:**/0000000000000002-register-a.edn");
        assertThat(err.toString()).startsWith("2 files in ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void jsonLinesHoldEveryOperation() throws IOException {
        assertThat(export("--format", "jsonl", run().toString())).isZero();
        assertThat(out.toString().lines()).hasSize(12);
    }

    @Test
    void whatIsStillWrittenIsNotExported() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        try (StartFile running = StartFile.create(bundle, LiveRunFiles.FACTS)) {
            assertThat(running).isNotNull();
            assertThat(export("--format", "jsonl", bundle.directory().toString()))
                    .isEqualTo(64);
        }
        assertThat(err.toString()).contains("is of a run that is still under way; midwrite watch follows it.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        Path mine =
                Files.writeString(Files.createDirectory(directory.resolve("to")).resolve("mine"), "x");
        assertThat(export("--format", "jsonl", "--out", mine.getParent().toString(), run().toString()))
                .isEqualTo(64);
        assertThat(err.toString()).contains("is not empty; an export needs its own.");
        assertThat(mine.getParent().toFile().list()).containsExactly("mine");
    }

    @Test
    void aDamagedHistoryIsNamedAndNothingIsWritten() throws IOException {
        Path run = run();
        byte[] whole = Files.readAllBytes(run.resolve("users.ops"));
        whole[whole.length / 2] ^= 1;
        Files.write(run.resolve("users.ops"), whole);
        Path to = directory.resolve("to");
        assertThat(export("--format", "edn", "--out", to.toString(), run.toString()))
                .isEqualTo(5);
        assertThat(err.toString()).contains("users.ops: operation ");
        assertThat(to).doesNotExist();
    }

    @Test
    void aRunWithoutUsersAndAnUnknownFormatAreRefused() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        assertThat(export("--format", "edn", bundle.directory().toString())).isEqualTo(64);
        assertThat(err.toString()).contains("its users had not begun.");
        assertThat(export("--format", "xml", bundle.directory().toString())).isEqualTo(64);
    }
}
