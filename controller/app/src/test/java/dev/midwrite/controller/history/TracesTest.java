package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.TraceParent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    private Path directory;

    @Test
    void everyRequestAndEveryAttemptHasIdsOfItsOwnAndTheSameEachTime() {
        TraceIds ids = new TraceIds(42);
        Set<String> traces = new HashSet<>();
        Set<String> spans = new HashSet<>();
        for (long request = 1; request <= 1000; request++) {
            for (int attempt = 0; attempt < 3; attempt++) {
                TraceParent parent = ids.of(request, attempt);
                assertThat(parent).isEqualTo(new TraceIds(42).of(request, attempt));
                assertThat(TraceParent.traceIn(parent.header())).isEqualTo(parent.traceId());
                traces.add(parent.traceId());
                spans.add(parent.spanId());
            }
        }
        assertThat(traces).hasSize(1000).doesNotContain(ids.ofRun().traceId());
        assertThat(spans).hasSize(3000);
        assertThat(TraceIds.fresh().of(1, 1).traceId())
                .isNotEqualTo(TraceIds.fresh().of(1, 1).traceId());
    }

    @Test
    void aJournalKnowsTheTraceOfARequestOfOthers() throws IOException {
        RecordedRun run = new RecordedRun();
        run.start("node-1", 0)
                .ping(0, 2)
                .recording(1)
                .begin(101, 1, TRACE)
                .commit(110, 1)
                .begin(201, 2)
                .commit(210, 2);
        run.step(100, 120, 1, 1, false).step(200, 220, 2, 1, false);
        History history = run.history(directory);
        assertThat(history.traces().sent()).isEmpty();
        assertThat(history.traces().of(history.operations().get(0))).contains(TRACE);
        assertThat(history.traces().of(history.operations().get(1)))
                .as("its header named none")
                .isEmpty();
    }

    @Test
    void whatUsersSentIsKnownWithoutAJournal() throws IOException {
        RecordedRun run = new RecordedRun().user(OperationKind.WRITE, 100, 200, 9, 0x1001, 1);
        run.history(directory);
        TraceIds ids = TraceIds.fresh();
        Bundle bundle = new Bundle(directory.resolve("bundle"));
        bundle.write(new TraceFacts(TraceFacts.FORMAT, ids, java.util.Map.of()));
        History history = History.read(bundle);
        assertThat(history.traces().of(history.operations().get(0)))
                .contains(ids.of(9, 1).traceId());
    }
}
