package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.RunProgress;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.live.LiveRunFiles;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a run whose controller was killed, made by hand. */
class InterruptedRunTest {
    @TempDir
    private Path directory;

    private Bundle bundle;

    @BeforeEach
    void start() throws IOException {
        Path drill = Files.writeString(directory.resolve("killed.yaml"), SyntheticTrial.DRILL);
        bundle = Bundle.create(directory.resolve("run"), drill);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"starting", "warmup", "timeline", "settling", "reading", "checking"})
    void neverPassesWhateverThePhase(String phase) throws IOException {
        at(phase);
        write(sound(1));
        Judgement judgement = judge();
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.sentence())
                .startsWith(
                        "Neither proved nor refuted: the run was broken off in its phase '" + phase + "', 7.0 s after");
        assertThat(judgement.cards()).isEmpty();
        assertThat(judgement.gates()).isEmpty();
    }

    @Test
    void whatWasLostByThenIsLost() throws IOException {
        at("timeline");
        write(Stream.concat(LiveRunFiles.forgetful(2, 0).stream(), sound(1).stream())
                .toList());
        Judgement judgement = judge();
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.cards())
                .extracting(card -> card.violation().anomaly())
                .containsExactly(Anomaly.LOST_OR_MASKED);
        assertThat(judgement.sentence()).contains("The run was broken off in its phase 'timeline'");
    }

    /** The write that it shows was under way when the controller ended, so nobody wrote it down. */
    @Test
    void aReadOfTheLastMomentProvesNothing() throws IOException {
        at("timeline");
        write(Stream.concat(
                        sound(1).stream(),
                        Stream.of(
                                LiveRunFiles.create(2, 9_000),
                                LiveRunFiles.read(2, 4711, 10_000),
                                LiveRunFiles.read(1, 4712, 10_001)))
                .toList());
        assertThat(judge().cards()).isEmpty();
    }

    @Test
    void anOperationThatWasCutIsLeftOut() throws IOException {
        at("timeline");
        write(sound(1));
        byte[] whole = Files.readAllBytes(bundle.users());
        Files.write(bundle.users(), whole, StandardOpenOption.TRUNCATE_EXISTING);
        Files.write(bundle.users(), new byte[] {96, 0, 0, 0, 1}, StandardOpenOption.APPEND);
        assertThat(judge().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void oneThatDidNotGetToItsUsersIsJudgedToo() throws IOException {
        assertThat(judge().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge().sentence()).contains("in its phase 'unknown'");
    }

    @Test
    void oneThatIsUnderWayIsNoBundle() throws IOException {
        Files.delete(bundle.start());
        try (StartFile running = StartFile.create(bundle, LiveRunFiles.FACTS)) {
            assertThat(running).isNotNull();
            assertThat(Bundle.underWay(bundle.directory())).isTrue();
            assertThatThrownBy(this::judge).isInstanceOf(Problem.class).hasMessageContaining("is no bundle");
        }
    }

    /** What is left to be done is judging, which may be done again. */
    @Test
    void oneThatHadWrittenAllItsEvidenceIsWhole() throws IOException {
        new SyntheticTrial(directory, "whole", 1).write();
        bundle = new Bundle(directory.resolve("whole"));
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        at("checking");
        assertThat(judge().verdict()).isEqualTo(Verdict.PASS);
    }

    /** Nothing of it is missing; somebody took run.json away. */
    @Test
    void oneThatCameToItsEndIsNotTakenForInterrupted() throws IOException {
        at("done");
        write(sound(1));
        assertThatThrownBy(this::judge).isInstanceOf(Problem.class).hasMessageContaining("is no bundle");
    }

    private Judgement judge() {
        return BundleJudge.judge(bundle.directory()).judgement();
    }

    private void at(String phase) throws IOException {
        new RunProgress(phase, 7_000_000_000L, 0, 0, Map.of()).write(bundle);
    }

    private void write(List<UserOperation> operations) throws IOException {
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            operations.forEach(history::append);
        }
    }

    /** Ten seconds of a user who sees what they wrote. */
    private static List<UserOperation> sound(long session) {
        return Stream.concat(
                        Stream.of(LiveRunFiles.create(session, 0)),
                        LongStream.range(1, 100)
                                .boxed()
                                .flatMap(i -> Stream.of(
                                        LiveRunFiles.write(session, session << 32 | i, i * 100),
                                        LiveRunFiles.read(session, session << 32 | i, i * 100 + 50))))
                .toList();
    }
}
