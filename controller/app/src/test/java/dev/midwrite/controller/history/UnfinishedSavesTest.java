package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedSavesTest {
    /** Incarnation of the start that comes first. */
    private static final long FIRST = 0x100;

    @TempDir
    private Path directory;

    @Test
    void aSaveWithoutAnEndIsToldWithWhatTheStoreHadAnswered() throws IOException {
        RecordedRun run = new RecordedRun();
        run.start("node-1", 0)
                .recording(1)
                .saveBegins(10, 5, 100, 0xA, "")
                .saveStep(11, 5, 100, 0xA, "HMSET")
                .saveBegins(12, 6, 101, 0xB, "")
                .saveStep(13, 6, 101, 0xB, "HMSET")
                .saveStep(14, 6, 101, 0xB, "PEXPIREAT")
                .saveEnds(15, 6, 101, 0xB, Outcome.OK)
                .saveBegins(16, 0, 102, 0xC, "worker");

        UnfinishedSaves saves = run.history(directory).journals().unfinishedSaves();

        assertThat(saves.of(0xA))
                .matches("node-1 began to save this session and did not end: the store had answered HMSET"
                        + " \\(up to journal record [0-9]+\\)\\.");
        assertThat(saves.of(0xB)).isEmpty();
        assertThat(saves.of(0xC)).contains("the store had answered no command");
        assertThat(saves.of(0xD)).isEmpty();
    }

    @Test
    void aSaveThatWasGivenUpIsToldUnlessALaterOneWentThrough() throws IOException {
        RecordedRun run = new RecordedRun();
        run.start("node-1", 0)
                .recording(1)
                .saveBegins(10, 5, 100, 0xA, "")
                .saveEnds(11, 5, 100, 0xA, Outcome.INFO)
                .saveBegins(12, 6, 101, 0xB, "")
                .saveEnds(13, 6, 101, 0xB, Outcome.INFO)
                .saveBegins(14, 7, 102, 0xB, "")
                .saveEnds(15, 7, 102, 0xB, Outcome.OK);

        UnfinishedSaves saves = run.history(directory).journals().unfinishedSaves();

        assertThat(saves.of(0xA))
                .matches("node-1 gave up a save of this session before its end \\(journal record [0-9]+\\): .*");
        assertThat(saves.of(0xB)).isEmpty();
        assertThat(saves.underWay(Set.of())).isEmpty();
    }

    @Test
    void whatEndedWithItsProcessIsUnderWayNoMore() throws IOException {
        RecordedRun run = new RecordedRun();
        run.start("node-1", 0).recording(1).saveBegins(10, 5, 100, 0xA, "");
        run.start("node-1", 0).recording(20).saveBegins(30, 6, 101, 0xB, "");
        UnfinishedSaves saves = run.history(directory).journals().unfinishedSaves();

        assertThat(saves.underWay(Set.of(FIRST)))
                .containsExactly(Map.entry(
                        0xBL, "node-1 ran on and had not ended the save of a session when the store was read."));
        assertThat(saves.underWay(Set.of())).containsOnlyKeys(0xAL, 0xBL);
    }

    @Test
    void anotherStartOfTheNodeEndsNoSaveOfTheOneBefore() throws IOException {
        RecordedRun run = new RecordedRun();
        run.start("node-1", 0).recording(1).saveBegins(10, 5, 100, 0xA, "");
        run.start("node-1", 0).recording(20).saveEnds(30, 5, 100, 0xA, Outcome.OK);

        assertThat(run.history(directory).journals().unfinishedSaves().of(0xA)).isNotEmpty();
    }
}
