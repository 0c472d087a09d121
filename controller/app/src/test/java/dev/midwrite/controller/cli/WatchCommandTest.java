package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.midwrite.check.Violation;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.RunProgress;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.live.LiveHistory;
import dev.midwrite.controller.live.LiveRunFiles;
import dev.midwrite.controller.live.LiveTally;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int watch(Path run) {
        return watch(run.toString());
    }

    private int watch(String... words) {
        return Midwrite.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("watch"), Arrays.stream(words)).toArray(String[]::new));
    }

    private static void verdict(Bundle bundle) throws IOException {
        Files.writeString(
                bundle.directory().resolve("verdict.json"),
                "{\"verdict\": \"fail\", \"exitCode\": 1, \"sentence\": \"One write is lost.\"}");
    }

    @Test
    void aFinishedRunIsReplayedAndEndsWithItsExitCode() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
        }
        verdict(bundle);
        assertThat(watch(bundle.directory())).isEqualTo(1);
        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("by-hand · profile session · seed 7 · "),
                        line -> assertThat(line).contains(": session 0000000000000001, register a, on node-1 at 0.0 s"),
                        line -> assertThat(line).startsWith("    "),
                        line -> assertThat(line).isEmpty(),
                        line -> assertThat(line).isEqualTo("FAIL  One write is lost."),
                        line -> assertThat(line)
                                .startsWith("Found while it ran: 1 violation in 1 session. Exit code 1. Report: "));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aRunThatGoesOnIsFollowedToItsEnd() throws Exception {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile file = StartFile.create(bundle, LiveRunFiles.FACTS);
        CompletableFuture<Integer> watching = CompletableFuture.supplyAsync(() -> watch(bundle.directory()));
        await().until(() -> out.toString().contains("by-hand"));
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
            history.append(LiveRunFiles.create(2, 4_000));
            history.flush();
            await().until(() -> out.toString().contains("session 0000000000000001"));
            LiveRunFiles.forgetful(3, 4_100).forEach(history::append);
        }
        assertThat(watching).as("%s%s", out, err).isNotDone();
        verdict(bundle);
        file.close();
        assertThat(watching.get()).as("%s%s", out, err).isEqualTo(1);
        assertThat(out.toString()).contains("session 0000000000000003");
    }

    @Test
    void aRunThatEndedWithoutAVerdictIsBroken() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        assertThat(watch(bundle.directory())).isEqualTo(5);
        assertThat(err.toString()).isEqualToIgnoringNewLines("midwrite: the run ended without a verdict.");
    }

    @Test
    void aHistoryThatEndsWithinAnOperationIsSaid() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
        }
        byte[] whole = Files.readAllBytes(bundle.users());
        Files.write(bundle.users(), Arrays.copyOf(whole, whole.length - 10));
        assertThat(watch(bundle.directory())).isEqualTo(5);
        assertThat(out.toString()).contains("The users' history ends with 86 bytes that are no whole operation.");
    }

    @Test
    void aDamagedHistoryIsNamed() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        Files.write(bundle.users(), new byte[200]);
        assertThat(watch(bundle.directory())).isEqualTo(5);
        assertThat(err.toString()).contains("users.ops: operation 0 at byte 0: length 0 is not of a frame.");
    }

    @Test
    void whatIsNoRunIsRefusedInOneSentence() {
        assertThat(watch(directory)).isEqualTo(64);
        assertThat(err.toString().lines())
                .containsExactly("midwrite: There is no run in " + directory
                        + " that can be watched; start one with midwrite drill run, or name the directory of one.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theNewestRunIsFoundAlsoAmongTrials() throws IOException {
        assertThat(catchThrowable(() -> Runs.newest(directory.resolve("none"))))
                .hasMessageStartingWith("There is no run in ");
        Path old = run("runs/20260101-a", 100);
        Path trial = run("runs/20260102-b/trial-2", 300);
        run("runs/20260102-b/trial-1", 200);
        Files.createDirectories(directory.resolve("runs/20260103-c"));
        assertThat(Runs.newest(directory.resolve("runs"))).isEqualTo(trial);
        assertThat(Runs.newest(old)).isEqualTo(old);
        assertThat(Runs.newest(directory.resolve("runs/20260102-b"))).isEqualTo(trial);
        Files.delete(trial.resolve("start.json"));
        assertThat(old).isNotEqualTo(Runs.newest(directory.resolve("runs")));
    }

    private Path run(String name, long second) throws IOException {
        Path run = Files.createDirectories(directory.resolve(name));
        Path start = Files.writeString(run.resolve("start.json"), "{}");
        Files.setLastModifiedTime(start, FileTime.from(Instant.ofEpochSecond(second)));
        return run;
    }

    @Test
    void aScreenWithoutATerminalIsALineOfPlainText() throws Exception {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile file = StartFile.create(bundle, LiveRunFiles.FACTS);
        new RunProgress("timeline", 4_000_000, 1_000_000, 20_000_000_000L, Map.of("drop", 2L)).write(bundle);
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
        }
        CompletableFuture<Integer> watching = CompletableFuture.supplyAsync(
                () -> watch("--follow", bundle.directory().toString()));
        await().until(() -> out.toString().contains("phase timeline, 20 s left; requests "));
        new RunProgress("checking", 6_000_000, 6_000_000, 0, Map.of("crash", 1L, "drop", 2L)).write(bundle);
        verdict(bundle);
        file.close();
        assertThat(watching.get()).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("by-hand · profile session · seed 7 · ")
                .contains(
                        "register a, on node-1 at 0.0 s",
                        "phase checking; requests 0.0/s, 3 ok, 0 failed, 0 unknown, in 1 sessions; found 1 violation in 1"
                                + " session; faults 1 crash, 2 drop",
                        "FAIL  One write is lost.")
                .doesNotContain("\u001b");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aRunThatDoesNotSayHowFarItIsHasAnUnknownPhase() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        Files.writeString(bundle.progress(), "{\"phase\": ");
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
        }
        verdict(bundle);
        assertThat(watch("--follow", bundle.directory().toString())).isEqualTo(1);
        assertThat(out.toString()).contains("phase unknown; requests ").contains("faults unknown");
    }

    @Test
    void onATerminalTheScreenIsWrittenOver() throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
        }
        LiveTally found = new LiveTally(LiveRunFiles.FACTS, new LiveTally.Teller() {
            @Override
            public void violation(Violation violation, String line) {}

            @Override
            public void countedFromNowOn(String sentence) {}
        });
        WatchScreen screen = new WatchScreen(new PrintWriter(out), true, "head");
        try (LiveHistory live = LiveHistory.open(bundle.users(), LiveRunFiles.FACTS, directory, found)) {
            assertThat(live.read()).isTrue();
            for (int i = 1; i <= 9; i++) {
                screen.say("finding " + i);
            }
            screen.show(Optional.of(new RunProgress("warmup", 0, 0, 0, Map.of())), live, found);
        }
        screen.close();
        String last = out.toString().substring(out.toString().lastIndexOf("\u001b[H"));
        assertThat(last.lines())
                .containsSubsequence(
                        "\u001b[H\u001b[2Jhead",
                        "phase     warmup",
                        "requests  0.0/s, 3 ok, 0 failed, 0 unknown, in 1 sessions",
                        "found     nothing",
                        "faults    none",
                        "finding 2",
                        "finding 9")
                .doesNotContain("finding 1");
    }
}
