package dev.midwrite.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Checks;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Users on several hosts: what could be the clocks' fault is not held against the store, and is not called sound. */
class ClockErrorTest {
    /** In each story two operations that contradict each other are ten milliseconds apart. */
    private static final long HALF_THE_GAP = 5_000_000;

    static Stream<Arguments> stories() {
        return Stream.of(
                told(
                        Anomaly.STALE_READ,
                        () -> begun().at(100, 110)
                                .write(1)
                                .at(300, 400)
                                .write(2)
                                .at(301, 310)
                                .read(2)
                                .at(320, 330)
                                .read(1)),
                told(
                        Anomaly.FUTURE_READ,
                        () -> begun().at(100, 110).read(5).at(120, 130).write(5)),
                told(
                        Anomaly.LOST_OR_MASKED,
                        () -> begun().at(100, 110)
                                .write(1)
                                .at(300, 310)
                                .write(2)
                                .at(320, 330)
                                .read(1)),
                told(
                        Anomaly.OSCILLATION,
                        () -> begun().at(100, 1000)
                                .write(1)
                                .at(100, 1000)
                                .write(2)
                                .at(300, 310)
                                .read(1)
                                .at(400, 410)
                                .read(2)
                                .at(420, 430)
                                .read(1)),
                told(
                        Anomaly.READ_YOUR_WRITES,
                        () -> begun().at(100, 110).append(1).at(120, 130).readList()),
                told(
                        Anomaly.MONOTONIC_READS,
                        () -> begun().at(50, 5000)
                                .append(1)
                                .at(100, 110)
                                .readList(1)
                                .at(120, 130)
                                .readList()),
                told(
                        Anomaly.RESURRECTION,
                        () -> begun().at(100, 110).logout().at(120, 130).oldId()),
                told(
                        Anomaly.OLD_ID_ALIVE,
                        () -> begun().at(100, 110).rotate().at(120, 130).oldId()),
                told(
                        Anomaly.SESSION_LOST,
                        () -> new Story().at(100, 110).create().at(120, 130).absent()),
                told(
                        Anomaly.SESSION_REPLACED,
                        () -> new Story()
                                .at(100, 110)
                                .create()
                                .at(120, 130)
                                .incarnation(99)
                                .probe()),
                told(
                        Anomaly.PREMATURE_EXPIRY,
                        () -> begun().ttl(1000)
                                .at(100, 110)
                                .probe()
                                .at(1050, 1090)
                                .absent()),
                told(
                        Anomaly.OVERSTAY,
                        () -> begun().ttl(1000)
                                .at(100, 110)
                                .probe()
                                .at(2120, 2130)
                                .probe()),
                told(
                        Anomaly.LOST_INCREMENT,
                        () -> begun().at(100, 110).increment(1, 1).at(120, 130).readCounter(0)),
                told(
                        Anomaly.DUP_INCREMENT,
                        () -> begun().at(100, 110).readCounter(1).at(120, 130).increment(1, 1)),
                told(
                        Anomaly.LOST_LAST_WRITE,
                        () -> begun().at(100, 110)
                                .write(1)
                                .at(120, 130)
                                .write(2)
                                .settle()
                                .settle()
                                .at(2_000_000, 2_000_001)
                                .finalRead(1)));
    }

    private static Story begun() {
        return new Story().at(0, 10).create();
    }

    private static Arguments told(Anomaly anomaly, Supplier<Story> story) {
        return Arguments.of(anomaly, story);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void whatIsFurtherApartThanTheClockErrorStands(Anomaly anomaly, Supplier<Story> story) {
        assertThat(story.get().anomalies()).containsExactly(anomaly);
        assertThat(story.get().usersClockError(HALF_THE_GAP - 1).anomalies()).containsExactly(anomaly);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void whatIsNotIsUndecided(Anomaly anomaly, Supplier<Story> story) {
        Tally tally = story.get().usersClockError(HALF_THE_GAP).judged();
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.unsound()).isZero();
        assertThat(tally.sessions()).isOne();
        assertThat(tally.invalid()).isEmpty();
        assertThat(tally.of(anomaly.property()).inconclusive()).isPositive();
    }

    @Test
    void theReasonIsTheClockError() {
        Tally tally = begun().at(100, 110)
                .write(1)
                .at(300, 310)
                .write(2)
                .at(320, 330)
                .read(1)
                .usersClockError(HALF_THE_GAP)
                .judged();
        assertThat(tally.of(Property.REGISTER).reason()).contains("clock error between the users' hosts");
        assertThat(tally.of(Property.REGISTER).checked()).isZero();
    }

    @Test
    void theGapIsWhatIsLeftBeyondTheClockError() {
        Tally tally = begun().at(100, 110)
                .write(1)
                .at(300, 310)
                .write(2)
                .at(320, 330)
                .read(1)
                .usersClockError(Story.millis(4))
                .judged();
        assertThat(tally.violations()).extracting(Violation::gapNanos).containsExactly(Story.millis(2));
        assertThat(tally.violations().get(0).witness())
                .extracting(UserOperation::invoked)
                .as("operations as they were stamped")
                .contains(Story.millis(320));
    }

    @Test
    void whatGoesByNoClockStandsHoweverWideTheError() {
        long hour = Story.millis(3_600_000);
        Map<Anomaly, Supplier<Story>> clockFree = Map.of(
                Anomaly.THIN_AIR, () -> begun().read(9),
                Anomaly.GARBAGE, () -> begun().garbage(),
                Anomaly.ABORTED_READ, () -> begun().write(1).rejected().read(1),
                Anomaly.TORN, () -> begun().writeGroup(1).writeGroup(2).readGroup(1, 2),
                Anomaly.LOST_UPDATE, () -> begun().update(0, 1).update(0, 2),
                Anomaly.FORK,
                        () -> begun().on(1)
                                .update(0, 1)
                                .readDocument(1, 0)
                                .on(2)
                                .update(0, 2)
                                .readDocument(2, 0),
                Anomaly.UPDATE_RACE,
                        () -> begun().at(100, 200)
                                .on(1)
                                .update(0, 1)
                                .at(150, 250)
                                .on(2)
                                .update(0, 2));
        clockFree.forEach((anomaly, story) -> {
            assertThat(story.get().anomalies()).containsExactly(anomaly);
            assertThat(story.get().usersClockError(hour).anomalies()).containsExactly(anomaly);
        });
    }

    @Test
    void aSessionMayExpireByTheClockErrorTooEarlyOrTooLate() {
        Supplier<Story> early =
                () -> begun().ttl(1000).at(100, 110).probe().at(1050, 1090).absent();
        assertThat(early.get().clockError(2 * HALF_THE_GAP - 1).anomalies()).containsExactly(Anomaly.PREMATURE_EXPIRY);
        assertThat(early.get().clockError(2 * HALF_THE_GAP).anomalies()).isEmpty();
        Supplier<Story> late =
                () -> begun().ttl(1000).at(100, 110).probe().at(2120, 2130).probe();
        assertThat(late.get().clockError(2 * HALF_THE_GAP - 1).anomalies()).containsExactly(Anomaly.OVERSTAY);
        assertThat(late.get().clockError(2 * HALF_THE_GAP).anomalies()).isEmpty();
    }

    @Test
    void aFinalReadThatMayHaveComeTooEarlyIsNoAnswerOfItsNode() {
        Story story = begun().at(100, 110).write(1).at(200, 210).write(2).settle();
        long settled = Story.SETTLED / Story.millis(1);
        story.on(1).at(settled + 2, settled + 3).finalRead(2);
        story.on(2).at(settled + 20, settled + 21).finalRead(1);
        assertThat(story.anomalies()).containsExactly(Anomaly.NON_CONVERGENT);
        Tally tally = story.usersClockError(Story.millis(3)).judged();
        assertThat(tally.violated(Property.LAST_WRITE)).isZero();
        assertThat(tally.of(Property.LAST_WRITE).inconclusive()).isPositive();
    }

    @Test
    void oneProcessHasOneClock() {
        Tally tally = new Story()
                .create()
                .write(1)
                .read(1)
                .usersClockError(Story.millis(100))
                .judged();
        assertThat(tally.invalid()).isEmpty();
        assertThat(tally.violations()).isEmpty();
    }

    /** Most of these histories are nonsense, which is what makes them worth comparing. */
    @Test
    void widerClocksNeverMakeAnythingFalse() {
        int vanished = 0;
        for (int seed = 1; seed <= 3000; seed++) {
            List<UserOperation> history = nonsense(new SplittableRandom(seed));
            Set<Property> atFirst = wrong(judged(history, 0));
            Set<Property> before = atFirst;
            for (long error : new long[] {1, 2, 4, 8, 16, 64, 1000}) {
                Tally tally = judged(history, error);
                Set<Property> wrong = wrong(tally);
                assertThat(before).as("seed %d, error %d", seed, error).containsAll(wrong);
                for (Property property : atFirst) {
                    if (!wrong.contains(property)) {
                        vanished++;
                        assertThat(tally.of(property).inconclusive())
                                .as("seed %d, error %d, %s", seed, error, property)
                                .isPositive();
                    }
                }
                before = wrong;
            }
        }
        assertThat(vanished).as("properties that became undecided").isGreaterThan(1000);
    }

    /** Violated, or not shown because something worse in the session explains it: not true. */
    private static Set<Property> wrong(Tally tally) {
        return Arrays.stream(Property.values())
                .filter(property ->
                        tally.violated(property) > 0 || tally.of(property).suppressed() > 0)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Property.class)));
    }

    private static Tally judged(List<UserOperation> history, long error) {
        Terms plain = Terms.of(Story.trial(Profile.STRONG, true, 0));
        Terms terms = new Terms(
                plain.profile(),
                plain.scope(),
                plain.nodes(),
                plain.attributes(),
                true,
                120,
                20,
                200,
                0,
                error,
                plain.journaled());
        SessionChecker checker = new SessionChecker(terms, Checks.ofSessions(), 50);
        checker.begin(1);
        history.forEach(checker::accept);
        checker.finish();
        return checker.take();
    }

    private static List<UserOperation> nonsense(SplittableRandom random) {
        List<UserOperation> history = new ArrayList<>();
        add(history, random, OperationKind.CREATE, 0, 0, 0, 0, 1, Outcome.OK, 0);
        long now = 10;
        int writes = 0;
        int requests = random.nextInt(3, 12);
        for (int i = 0; i < requests; i++) {
            now += random.nextInt(12);
            long known = writes == 0 ? 0 : random.nextInt(writes + 1);
            Outcome outcome = random.nextInt(8) == 0 ? Outcome.INFO : Outcome.OK;
            switch (random.nextInt(9)) {
                case 0, 1 -> add(history, random, OperationKind.WRITE, 1, ++writes, 0, now, 1, outcome, 0);
                case 2, 3 -> add(history, random, OperationKind.READ, 1, known, 0, now, 1, Outcome.OK, 0);
                case 4 -> add(history, random, OperationKind.UPDATE, 6, 100 + i, 0, now, 1, outcome, 0);
                case 5 -> add(history, random, OperationKind.PROBE, 0, 0, 0, now, 1, Outcome.OK, UserOperation.ABSENT);
                case 6 -> add(history, random, OperationKind.INCREMENT, 4, i, 0, now, 1, outcome, 0);
                case 7 -> add(history, random, OperationKind.READ_COUNTER, 4, i / 3, 0, now, 1, Outcome.OK, 0);
                default -> add(history, random, OperationKind.PROBE, 0, 0, 0, now, 1, Outcome.OK, 0);
            }
        }
        now = Math.max(now, 190) + random.nextInt(30);
        for (int node = 1; node <= 2; node++) {
            long shown = writes == 0 ? 0 : random.nextInt(writes + 1);
            add(history, random, OperationKind.READ, 1, shown, 0, now, node, Outcome.OK, UserOperation.FINAL);
            now += 15;
        }
        return history;
    }

    private static void add(
            List<UserOperation> history,
            SplittableRandom random,
            OperationKind kind,
            int attribute,
            long value,
            long second,
            long invoked,
            int node,
            Outcome outcome,
            int flags) {
        int number = history.size();
        long returned = outcome == Outcome.INFO ? UserOperation.NEVER : invoked + random.nextInt(12);
        history.add(new UserOperation(
                kind,
                number,
                1,
                (flags & UserOperation.ABSENT) != 0 ? 0 : Story.NONCE,
                invoked,
                returned,
                value,
                second,
                1000 + number,
                number,
                node,
                attribute,
                0,
                1,
                outcome,
                flags,
                new long[0]));
    }
}
