package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash at every position of an operation, as a user sweeps. */
@Tag("services")
class SweepIT {
    @TempDir
    private Path directory;

    /** The plain Redis repository writes a session first and gives it its time to live in a second command. */
    @Test
    void theRowsSayWhereASessionIsLeftThatNobodyEnds() throws Exception {
        try (CommandLineProcess sweep = sweep("--operation", "create", "--out", "run")) {
            assertThat(sweep.await()).as(sweep.output()).isEqualTo(1);
            assertThat(sweep.output())
                    .contains("create: HMSET, PEXPIREAT (")
                    .containsPattern("1  create +before +no user has it +nothing\n")
                    .containsPattern(
                            "2  create +after step 1, HMSET +no user has it +Stored session that never expires\n")
                    .containsPattern("3  create +after, before the answer +no user has it +nothing\n");
            assertThat(directory.resolve("run/sweep.md"))
                    .content()
                    .contains(
                            "| 2 | create | after step 1, HMSET | no user has it | Stored session that never expires |");
            assertThat(sweep.children()).isEmpty();
        }
    }

    /** A save that is held up after it has asked whether the session is there writes half of one that was ended meanwhile. */
    @Test
    void aLogoutThatMeetsASaveLeavesWhatNoNodeCanRead() throws Exception {
        try (CommandLineProcess sweep = sweep("--pairs", "save,delete", "--row", "2", "--out", "run")) {
            assertThat(sweep.await()).as(sweep.output()).isEqualTo(1);
            assertThat(sweep.output())
                    .containsPattern("2  save +after step 1, EXISTS +delete +after, before the answer +.*"
                            + "Stored session without mandatory fields\n");
            assertThat(sweep.children()).isEmpty();
        }
    }

    /** What was recorded is not recorded again; the run that was broken off stays beside the one that was made in its place. */
    @Test
    void aSweepThatWasInterruptedGoesOn() throws Exception {
        Path rows = directory.resolve("run/row-1");
        try (CommandLineProcess sweep = sweep("--operation", "save", "--row", "1", "--out", "run")) {
            await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(rows.resolve("start.json")));
            sweep.interrupt();
            assertThat(sweep.await()).as(sweep.output()).isEqualTo(130);
            assertThat(sweep.output())
                    .contains("What has come to its end stays; go on with ./midwrite sweep", "--resume run");
        }
        try (CommandLineProcess sweep = sweep("--operation", "save", "--row", "1", "--resume", "run")) {
            assertThat(sweep.await()).as(sweep.output()).isZero();
            assertThat(sweep.output())
                    .contains("recording was run already.")
                    .containsPattern("1  save +before +the session, without the change +nothing\n");
            assertThat(directory.resolve("run/row-1-again-2/report.html")).exists();
        }
    }

    /** Of the shop. */
    private CommandLineProcess sweep(String... options) throws Exception {
        Path drill = CommandLineProcess.root().resolve("examples/shop/drills/steady.yaml");
        List<String> words = new ArrayList<>(List.of("sweep", drill.toString()));
        words.addAll(List.of(options));
        return CommandLineProcess.start(CommandLineProcess.jdks().get(0), directory, words.toArray(String[]::new));
    }
}
