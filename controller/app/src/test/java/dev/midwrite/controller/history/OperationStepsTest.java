package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.OperationSteps.Sequence;
import dev.midwrite.event.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationStepsTest {
    @TempDir
    private Path directory;

    private final RecordedRun run = new RecordedRun();
    private final RecordedRun.Start node = run.start("node-1", 0).recording(1);

    @Test
    void aSaveIsWhatItsRequestMakesOfIt() throws IOException {
        node.makes(10, 1);
        save(20, 2, "EXISTS"); // Touched only.
        node.changes(30, 3, "a", 7);
        save(31, 3, "EXISTS", "HMSET");
        node.renames(40, 4, 0xB);
        save(41, 4, "EXISTS", "RENAME", "HMSET");

        OperationSteps steps = steps();

        assertThat(steps.of(SessionOperation.CREATE)).contains(new Sequence(List.of("HMSET"), 1, 1));
        assertThat(steps.of(SessionOperation.SAVE)).contains(new Sequence(List.of("EXISTS", "HMSET"), 1, 1));
        assertThat(steps.of(SessionOperation.RENAME))
                .contains(new Sequence(List.of("EXISTS", "RENAME", "HMSET"), 1, 1));
        assertThat(steps.of(SessionOperation.DELETE)).isEmpty();
    }

    @Test
    void mostOperationsOfAKindSayWhatItTakes() throws IOException {
        for (long request = 1; request <= 5; request++) {
            node.changes(request * 10, request, "a", 7);
            save(request * 10 + 1, request, request == 3 ? new String[] {"HMSET"} : new String[] {"EXISTS", "HMSET"});
        }

        assertThat(steps().of(SessionOperation.SAVE)).contains(new Sequence(List.of("EXISTS", "HMSET"), 4, 5));
    }

    @Test
    void whatFailedOrDidNotEndTellsNoSteps() throws IOException {
        node.changes(10, 1, "a", 7);
        node.saveBegins(11, 1, 101, 0xA, "")
                .saveStep(12, 1, 101, 0xA, "EXISTS")
                .saveEnds(13, 1, 101, 0xA, Outcome.FAIL);
        node.changes(20, 2, "a", 7);
        node.saveBegins(21, 2, 102, 0xA, "").saveStep(22, 2, 102, 0xA, "EXISTS");

        assertThat(steps().of(SessionOperation.SAVE)).isEmpty();
    }

    private void save(long at, long request, String... commands) {
        long scope = 1_000 + request;
        node.saveBegins(at, request, scope, 0xA, "");
        for (String command : commands) {
            node.saveStep(at + 1, request, scope, 0xA, command);
        }
        node.saveEnds(at + 2, request, scope, 0xA, Outcome.OK);
    }

    private OperationSteps steps() throws IOException {
        return run.history(directory).journals().operationSteps();
    }
}
