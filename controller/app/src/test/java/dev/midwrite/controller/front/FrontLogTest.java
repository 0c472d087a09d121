package dev.midwrite.controller.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.front.FrontAttempt.Ending;
import dev.midwrite.controller.front.FrontAttempt.Form;
import dev.midwrite.controller.load.RequestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontLogTest {
    private static final List<String> NODES = List.of("unknown", "node-1");

    /** A disk that is always full. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path directory;

    private static FrontAttempt attempt(Ending ending, int status) {
        return new FrontAttempt(
                2_000_000, 5_000_000, 0xA, 1, 0x11, "GET", 1, status, ending, Form.PLAIN, false, 0x12, false, 0, 0);
    }

    @Test
    void writesALineForEachAttempt() throws IOException {
        Path file = directory.resolve("front.jsonl");
        try (FrontLog log = FrontLog.open(file, NODES)) {
            log.relayed(attempt(Ending.ANSWERED, 200));
            log.relayed(attempt(Ending.CUT, 0));
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(Files.readString(file))
                .contains("\"node\":\"node-1\"", "\"status\":200", "\"millis\":3.0", "\"ending\":\"cut\"")
                .contains("\"session\":\"0000000000000011\"", "\"given\":\"0000000000000012\"");
    }

    @Test
    void keepsHowRequestsWereServedAndLeavesOutWhoLeft() throws IOException {
        try (FrontLog log = FrontLog.open(null, NODES)) {
            log.relayed(attempt(Ending.ANSWERED, 200));
            log.relayed(attempt(Ending.ANSWERED, 503));
            log.relayed(attempt(Ending.CUT, 0));
            log.relayed(attempt(Ending.ABANDONED, 0));
            assertThat(log.results()).extracting(RequestResult::failure).containsExactly("", "status 503", "cut off");
        }
    }

    @Test
    void aFullDiskDisturbsNoRequestAndIsSaidInTheEnd() {
        assumeTrue(Files.exists(FULL), "this system has no " + FULL);
        FrontLog log = FrontLog.open(FULL, NODES);
        for (int i = 0; i < 200; i++) {
            log.relayed(attempt(Ending.ANSWERED, 200));
        }
        assertThat(log.results()).hasSize(200);
        assertThatThrownBy(log::close)
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The front's log is not whole: ");
    }
}
