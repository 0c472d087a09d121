package dev.midwrite.check.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Violation;
import dev.midwrite.check.flat.OperationSpill;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a clock that the test drives. */
class StreamingJudgeTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LAG = 3 * SECOND;
    private static final long TICK = SECOND / 4;
    private static final long TTL = 60 * SECOND;
    private static final long GRACE = 5 * SECOND;
    private static final long NONCE = 77;

    @TempDir
    private Path directory;

    private OperationSpill spill;
    private StreamingJudge judge;
    private final List<Violation> found = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private long now;
    private long values;

    @BeforeEach
    void open() throws IOException {
        spill = OperationSpill.create(directory);
        judge = new StreamingJudge(terms(TTL), LAG, spill, new LiveListener() {
            @Override
            public void found(Violation violation) {
                found.add(violation);
            }

            @Override
            public void closed(long session, boolean sound) {
                closed.add(session + (sound ? " sound" : " unsound"));
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        spill.close();
        assertThat(directory).isEmptyDirectory();
    }

    private static Terms terms(long ttl) {
        return new Terms(
                Profile.STRONG,
                List.of("unknown", "node-1", "node-2"),
                List.of("session", "register a"),
                true,
                ttl,
                GRACE,
                0,
                0);
    }

    private static UserOperation operation(
            long session, OperationKind kind, long value, int flags, long invoked, long returned) {
        return new UserOperation(
                kind,
                0,
                session,
                (flags & UserOperation.ABSENT) == 0 ? NONCE : 0,
                invoked,
                returned,
                value,
                0,
                value,
                (int) session,
                1,
                kind == OperationKind.READ || kind == OperationKind.WRITE ? 1 : 0,
                0,
                1,
                Outcome.OK,
                flags,
                new long[0]);
    }

    /** Takes a millisecond; the judge hears of it when it has ended. */
    private void does(long session, OperationKind kind, long value, int flags) throws IOException {
        judge.accept(operation(session, kind, value, flags, now, now + 1_000_000));
        now += 2_000_000;
    }

    private long writes(long session) throws IOException {
        long value = ++values;
        does(session, OperationKind.WRITE, value, 0);
        return value;
    }

    private void goOn(long nanos) {
        for (long end = now + nanos; now < end; ) {
            now += TICK;
            judge.advance(now);
        }
    }

    @Test
    void theVerdictOfASessionThatLoggedOutIsThereWithinTheLagAndASecond() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        for (int i = 0; i < 200; i++) {
            does(1, OperationKind.READ, writes(1), 0);
            goOn(TICK);
        }
        does(1, OperationKind.READ, 0, 0);
        does(1, OperationKind.INVALIDATE, 0, 0);
        goOn(LAG - SECOND);
        assertThat(closed).isEmpty();
        goOn(2 * SECOND);
        assertThat(closed).containsExactly("1 unsound");
        assertThat(found).extracting(Violation::anomaly).containsExactly(Anomaly.STALE_READ);
    }

    @Test
    void theVerdictOfASessionThatExpiredIsThereWithinTheLagAndASecond() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        does(1, OperationKind.READ, writes(1), 0);
        goOn(TTL + GRACE + LAG - SECOND);
        assertThat(closed).isEmpty();
        goOn(2 * SECOND);
        assertThat(closed).containsExactly("1 sound");
        assertThat(found).isEmpty();
    }

    @Test
    void somebodyWhoComesBackIsJudgedTogetherWithAllThatWasBefore() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        long value = writes(1);
        does(1, OperationKind.INVALIDATE, 0, 0);
        goOn(LAG + SECOND);
        assertThat(closed).containsExactly("1 sound");
        does(1, OperationKind.READ, value, 0);
        goOn(LAG + SECOND);
        assertThat(found).extracting(Violation::anomaly).containsExactly(Anomaly.RESURRECTION);
        assertThat(closed).containsExactly("1 sound", "1 unsound");
    }

    @Test
    void whatIsWrongInAnOpenSessionIsToldAsSoonAsItsLengthAllows() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        for (int i = 0; i < 100; i++) {
            writes(1);
        }
        goOn(LAG + 2 * SECOND);
        does(1, OperationKind.READ, 0, 0);
        goOn(LAG + 2 * SECOND);
        assertThat(found).extracting(Violation::anomaly).containsExactly(Anomaly.LOST_OR_MASKED);
        assertThat(closed).isEmpty();
        goOn(10 * SECOND);
        assertThat(found).hasSize(1);
    }

    @Test
    void aWriteThatIsUnderWayMayHaveBeenSeen() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        UserOperation write = operation(1, OperationKind.WRITE, 5, 0, now, now + 2 * SECOND);
        UserOperation read = new UserOperation(
                OperationKind.READ, 0, 1, NONCE, now + 1, now + 2, 5, 0, 0, 9, 1, 1, 0, 1, Outcome.OK, 0, new long[0]);
        judge.accept(read);
        goOn(2 * SECOND + TICK);
        judge.accept(write);
        goOn(LAG + SECOND);
        assertThat(found).isEmpty();
        assertThat(judge.late()).isZero();
    }

    @Test
    void saysHowManyOperationsCameTooLate() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        goOn(2 * LAG);
        judge.accept(operation(1, OperationKind.WRITE, 5, 0, SECOND, now));
        assertThat(judge.late()).isEqualTo(1);
    }

    @Test
    void anIdleSessionIsHeldInLessThanTwoHundredBytesHoweverMuchWasDoneInIt() throws IOException {
        int sessions = 70_000;
        for (int i = 0; i < 3; i++) {
            for (int session = 1; session <= sessions; session++) {
                judge.accept(operation(session, OperationKind.WRITE, ++values, 0, now, now + 1));
            }
            now += 10;
        }
        goOn(2 * LAG);
        long before = judge.bytes();
        assertThat(before / sessions).isBetween(1L, 200L);
        for (int i = 0; i < 3; i++) {
            for (int session = 1; session <= sessions; session++) {
                judge.accept(operation(session, OperationKind.WRITE, ++values, 0, now, now + 1));
            }
            now += 10;
        }
        goOn(2 * LAG);
        assertThat(judge.bytes()).isEqualTo(before);
        assertThat(judge.sessions()).isEqualTo(sessions);
        assertThat(judge.operations()).isEqualTo(6L * sessions);
    }

    @Test
    void whatASessionCostsGrowsAsItsOperationsDo() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        long atHalf = 0;
        for (int i = 0; i < 20_000; i++) {
            does(1, OperationKind.READ, writes(1), 0);
            judge.advance(now);
            atHalf = i == 10_000 ? judge.looked() : atHalf;
        }
        judge.finish();
        assertThat(judge.looked()).isLessThan(4 * judge.operations());
        assertThat(judge.looked()).isLessThan(3 * atHalf);
    }

    @Test
    void aLongSessionIsLookedAtOnceInTenMillisecondsForEachOfItsOperations() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        for (int i = 0; i < 5_000; i++) {
            writes(1);
        }
        goOn(LAG + 60 * SECOND);
        long before = judge.looked();
        for (int i = 0; i < 200; i++) {
            writes(1);
            goOn(2 * SECOND);
        }
        assertThat((judge.looked() - before) / judge.operations()).isBetween(5L, 8L);
        does(1, OperationKind.READ, 0, 0);
        goOn(LAG + 53 * SECOND);
        assertThat(found).extracting(Violation::anomaly).containsExactly(Anomaly.LOST_OR_MASKED);
    }

    @Test
    void aSessionThatGrewTooLongIsLeftToTheEndAndSaid() throws IOException {
        for (int i = 0; i < StreamingJudge.MOST_OPERATIONS + 10; i++) {
            does(1, OperationKind.READ, 5, 0);
        }
        goOn(2 * LAG);
        assertThat(judge.left()).isEqualTo(1);
        assertThat(judge.looked()).isZero();
        assertThat(judge.operations()).isEqualTo(StreamingJudge.MOST_OPERATIONS + 10);
    }

    @Test
    void leavesNothingOnTheDisk() throws IOException {
        does(1, OperationKind.CREATE, 0, 0);
        assertThat(directory).isEmptyDirectory();
        assertThat(spill.bytes()).isPositive();
        assertThat(Files.isDirectory(directory)).isTrue();
    }
}
