package dev.midwrite.check.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.flat.OperationSpill;
import dev.midwrite.check.judge.Checks;
import dev.midwrite.check.judge.StreamingJudge;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said while sessions run, against what is said in the end. */
class StreamingZooTest {
    private static final int SEEDS = 60;
    /** Longer than any simulated operation. */
    private static final long TIMEOUT = 100;

    private static final long LAG = TIMEOUT + 1;

    @TempDir
    private Path directory;

    private record Kind(Anomaly anomaly, Severity severity, int attribute) {
        static Kind of(Violation violation) {
            return new Kind(violation.anomaly(), violation.severity(), violation.attribute());
        }
    }

    /** In the order in which they end; one of unknown outcome when its user gives up. */
    private static List<UserOperation> inOrderOfCompletion(List<List<UserOperation>> sessions) {
        return sessions.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(StreamingZooTest::endedAt))
                .toList();
    }

    private static long endedAt(UserOperation operation) {
        return operation.returned() == UserOperation.NEVER ? operation.invoked() + TIMEOUT : operation.returned();
    }

    /** What is found of each session, while the clock is driven on at random moments between two operations. */
    private Map<Long, Set<Kind>> live(List<UserOperation> operations, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Long, Set<Kind>> found = new HashMap<>();
        try (OperationSpill spill = OperationSpill.create(directory)) {
            StreamingJudge judge = new StreamingJudge(
                    ZooTest.TERMS,
                    LAG,
                    spill,
                    violation -> assertThat(found.computeIfAbsent(violation.session(), session -> new HashSet<>())
                                    .add(Kind.of(violation)))
                            .as("told once")
                            .isTrue());
            for (UserOperation operation : operations) {
                judge.accept(operation);
                if (random.nextInt(4) == 0) {
                    judge.advance(endedAt(operation));
                }
            }
            assertThat(judge.late()).isZero();
            judge.finish();
        }
        return found;
    }

    private static Set<Kind> inTheEnd(List<UserOperation> operations, Terms terms) {
        SessionChecker checker = new SessionChecker(terms, Checks.ofSessions(), 1000);
        checker.begin(operations.get(0).session());
        operations.forEach(checker::accept);
        checker.finish();
        return checker.take().violations().stream().map(Kind::of).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void nothingIsSaidOfSessionsThatAreSoundInTheEnd(Bug bug) throws IOException {
        List<List<UserOperation>> sessions = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            // Every third session has no bug; the bug of the others strikes at different moments, or never.
            sessions.add(new SimulatedSession(seed, 0x1000 + seed, seed % 3 == 0 ? null : bug).run(20 + seed));
        }
        Map<Long, Set<Kind>> live = live(inOrderOfCompletion(sessions), bug.ordinal());
        for (List<UserOperation> session : sessions) {
            Set<Kind> said = live.getOrDefault(session.get(0).session(), Set.of());
            Set<Kind> end = inTheEnd(session, ZooTest.TERMS);
            assertThat(said.isEmpty() || !end.isEmpty())
                    .as("session %x: live %s, in the end %s", session.get(0).session(), said, end)
                    .isTrue();
            // And what needs no final reads is not missed.
            assertThat(said).containsAll(inTheEnd(session, ZooTest.TERMS.beforeSettling()));
        }
    }

    @Test
    void validSessionsRaiseNoAlarm() throws IOException {
        for (int round = 0; round < 20; round++) {
            List<List<UserOperation>> sessions = new ArrayList<>();
            for (int seed = 1; seed <= 50; seed++) {
                sessions.add(new SimulatedSession(100 * round + seed, seed, null).run(20 + 3 * seed));
            }
            assertThat(live(inOrderOfCompletion(sessions), round)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Bug.class,
            names = {
                "STALE_REGISTER_READ",
                "TORN_GROUP",
                "SESSION_VANISHES",
                "DOCUMENT_BRANCHES_ON_TWO_NODES",
                "OLD_ID_STAYS"
            })
    void whatNeedsNoFinalReadsIsFoundWhileTheSessionRuns(Bug bug) throws IOException {
        SimulatedSession session = new SimulatedSession(5, 5, bug);
        List<UserOperation> operations = session.run(100);
        assertThat(session.struck()).isTrue();
        List<Violation> found = new ArrayList<>();
        try (OperationSpill spill = OperationSpill.create(directory)) {
            StreamingJudge judge = new StreamingJudge(ZooTest.TERMS, LAG, spill, found::add);
            for (UserOperation operation : inOrderOfCompletion(List.of(operations))) {
                if (!operation.is(UserOperation.FINAL)) {
                    judge.accept(operation);
                    judge.advance(endedAt(operation));
                }
            }
        }
        assertThat(found).extracting(Violation::anomaly).isSubsetOf(bug.names()).isNotEmpty();
    }
}
