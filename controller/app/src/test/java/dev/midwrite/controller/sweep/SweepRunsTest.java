package dev.midwrite.controller.sweep;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.run.RunSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a run which has come to its end is taken as it is, the sweep as a user resumes it shows (SweepIT). */
class SweepRunsTest {
    private static final Drill DRILL = DrillFile.parse(Path.of("a.yaml"), """
            version: 1
            store: {kind: redis, address: embedded}
            nodes: {names: [a], command: "{java} {agent} -jar a.jar"}
            users: {sessions: 3, workloads: [register], duration: 5s}
            """);

    @TempDir
    private Path directory;

    @Test
    void goesOnOnlyWhereASweepHasBegun() throws Exception {
        assertThatThrownBy(() -> SweepRuns.requireBegun(directory))
                .isInstanceOf(Problem.class)
                .hasMessage(directory + " holds no sweep that could go on: it has no directory recording.");
        Files.createDirectory(directory.resolve("recording"));
        assertThatCode(() -> SweepRuns.requireBegun(directory)).doesNotThrowAnyException();
    }

    /** Else a table would be made of rows of two services. */
    @Test
    void doesNotTakeTheRunOfAnotherDrill() throws Exception {
        Path recording = Files.createDirectory(directory.resolve("recording"));
        for (String file : new String[] {"run.json", "users.ops", "evidence.sha256"}) {
            Files.createFile(recording.resolve(file));
        }
        Files.writeString(recording.resolve("drill.yaml"), DRILL.text().written() + "# edited since\n");
        SweepRuns runs = new SweepRuns(
                new RunSetting(directory, Path.of("a.jar"), Path.of("java"), "", "", 0, null, null, null), true);

        assertThatThrownBy(() -> runs.run("recording", DRILL))
                .isInstanceOf(Problem.class)
                .hasMessage(recording + " is of another sweep: the drill, the seed or what is swept was different.");
    }
}
