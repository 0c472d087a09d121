package dev.midwrite.controller.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.front.FrontAttempt.Ending;
import dev.midwrite.controller.front.FrontAttempt.Form;
import dev.midwrite.controller.history.FrontFacts;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontHistoryTest {
    private static final long MILLI = 1_000_000;
    private static final long SESSION = 0x5E55;

    @TempDir
    Path directory;

    private HistoryWriter writer;
    private FrontHistory history;

    @BeforeEach
    void open() throws IOException {
        writer = HistoryWriter.create(directory.resolve("users.ops"));
        history = new FrontHistory(writer, (kind, outcome, node, status, nanos) -> {}, Duration.ofSeconds(2));
    }

    private static FrontAttempt attempt(Ending ending, Form form, int status, long millis) {
        return attempt(ending, form, status, millis, 0, false);
    }

    private static FrontAttempt attempt(Ending ending, Form form, int status, long millis, long given, boolean taken) {
        return new FrontAttempt(
                MILLI,
                MILLI + millis * MILLI,
                9,
                1,
                SESSION,
                "POST",
                ending == Ending.UNSENT ? 0 : 1,
                status,
                ending,
                form,
                status == 302,
                given,
                taken,
                0,
                form == Form.WEB_SOCKET && ending == Ending.ANSWERED ? 1000 : 0);
    }

    private List<UserOperation> written() throws IOException {
        writer.close();
        return HistoryReader.readAll(directory.resolve("users.ops"));
    }

    private UserOperation only(FrontAttempt attempt) throws IOException {
        history.relayed(attempt);
        List<UserOperation> operations = written();
        assertThat(operations).hasSize(1);
        assertThat(history.failure()).isNull();
        return operations.get(0);
    }

    @Test
    void anAnswerIsAStepOfTheSession() throws IOException {
        UserOperation step = only(attempt(Ending.ANSWERED, Form.PLAIN, 404, 3));
        assertThat(step.kind()).isEqualTo(OperationKind.STEP);
        assertThat(step.outcome()).isEqualTo(Outcome.OK);
        assertThat(step.session()).isEqualTo(SESSION);
        assertThat(step.value()).isEqualTo(404);
        assertThat(step.returned()).isEqualTo(4 * MILLI);
        assertThat(FrontHistory.ATTRIBUTES.get(step.attribute())).isEqualTo("POST");
        assertThat(step.second()).isZero();
    }

    @Test
    void aDemandToLogInSaysThatNobodyWasThere() throws IOException {
        assertThat(only(attempt(Ending.ANSWERED, Form.PLAIN, 302, 3)).is(UserOperation.ABSENT))
                .isTrue();
    }

    @Test
    void anErrorOfTheServerMayHaveHappened() throws IOException {
        UserOperation step = only(attempt(Ending.ANSWERED, Form.PLAIN, 503, 3));
        assertThat(step.outcome()).isEqualTo(Outcome.INFO);
        assertThat(step.status()).isEqualTo(503);
    }

    @Test
    void anAnswerThatIsCutHasNoStatus() throws IOException {
        UserOperation step = only(attempt(Ending.CUT, Form.PLAIN, 200, 3));
        assertThat(step.outcome()).isEqualTo(Outcome.INFO);
        assertThat(step.status()).isZero();
        assertThat(step.returned()).isEqualTo(UserOperation.NEVER);
    }

    @Test
    void whatCouldNotBeSentFailed() throws IOException {
        assertThat(only(attempt(Ending.UNSENT, Form.PLAIN, 0, 3)).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void whoLeavesEarlyIsCountedAndWhoWaitedInVainIsUnknown() throws IOException {
        history.relayed(attempt(Ending.ABANDONED, Form.PLAIN, 0, 100));
        history.relayed(attempt(Ending.ABANDONED, Form.PLAIN, 0, 2_100));
        assertThat(written()).extracting(UserOperation::outcome).containsExactly(Outcome.INFO);
        assertThat(history.facts("here", List.of()).abandoned()).isEqualTo(1);
    }

    @Test
    void anotherCookieInItsPlaceIsRemembered() throws IOException {
        history.relayed(attempt(Ending.ANSWERED, Form.PLAIN, 200, 3, SESSION, false));
        history.relayed(attempt(Ending.ANSWERED, Form.PLAIN, 200, 3, SESSION + 1, false));
        history.relayed(attempt(Ending.ANSWERED, Form.PLAIN, 200, 3, 0, true));
        assertThat(written()).extracting(UserOperation::second).containsExactly(0L, 1L, 1L);
        FrontFacts facts = history.facts("here", List.of());
        assertThat(facts.replaced()).isEqualTo(1);
        assertThat(facts.taken()).isEqualTo(1);
    }

    @Test
    void whatLastsWasServedHoweverItEnds() throws IOException {
        history.relayed(attempt(Ending.CUT, Form.EVENT_STREAM, 200, 60_000));
        history.relayed(attempt(Ending.CUT, Form.WEB_SOCKET, 101, 60_000));
        history.relayed(attempt(Ending.ANSWERED, Form.WEB_SOCKET, 101, 60_000));
        assertThat(written()).extracting(UserOperation::outcome).containsOnly(Outcome.OK);
        FrontFacts facts = history.facts("here", List.of("k6"));
        assertThat(facts.streams()).isEqualTo(1);
        assertThat(facts.streamsCut()).isEqualTo(1);
        assertThat(facts.closes()).isEqualTo(Map.of(1006, 1L, 1000, 1L));
        assertThat(facts.command()).containsExactly("k6");
    }
}
