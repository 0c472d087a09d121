package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.HeldSessions;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Severity;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.StoredTime.Wrong;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The drill says ten minutes, and the session was used three seconds before the audit, unless a test says otherwise. */
class StoredTimeTest {
    private static final long ID = 0xAB;
    private static final long READ_AT = TimeUnit.MINUTES.toNanos(60);
    private static final long MINUTE = 60_000;

    private Trial trial = trial(TimeUnit.MINUTES.toNanos(10), true, 3);

    private static Trial trial(long ttlNanos, boolean named, long usedSecondsBefore) {
        return Trial.of(Profile.SESSION)
                .ttlNanos(ttlNanos)
                .ttlNamed(named)
                .store(new StoreContents(true, List.of(), "", READ_AT, List.of(), StoreIndexes.NONE))
                .held(
                        usedSecondsBefore < 0
                                ? HeldSessions.NONE
                                : new HeldSessions(
                                        1, Map.of(ID, READ_AT - TimeUnit.SECONDS.toNanos(usedSecondsBefore)), ""))
                .build();
    }

    private Optional<Wrong> judge(Layout layout, long ttlMillis, long shadowMillis, long intervalSeconds) {
        return new StoredTime(
                        trial,
                        new StoredSession(
                                ID,
                                layout,
                                new Lifetime(ttlMillis, shadowMillis, intervalSeconds),
                                List.of(),
                                List.of(),
                                ""))
                .judge();
    }

    private Optional<Wrong> plain(long ttlMillis) {
        return judge(Layout.SPRING, ttlMillis, Lifetime.ABSENT, Lifetime.UNREADABLE);
    }

    private Optional<Wrong> indexed(long ttlMillis, long shadowMillis) {
        return judge(Layout.SPRING_INDEXED, ttlMillis, shadowMillis, Lifetime.UNREADABLE);
    }

    private static void assertWrong(Optional<Wrong> wrong, Anomaly anomaly, Severity severity, String what) {
        assertThat(wrong).hasValueSatisfying(found -> {
            assertThat(found.anomaly()).isEqualTo(anomaly);
            assertThat(found.severity()).isEqualTo(severity);
            assertThat(found.what()).isEqualTo(what);
        });
    }

    @Test
    void aSessionThatEndsInTime() {
        assertThat(plain(10 * MINUTE)).isEmpty();
        assertThat(plain(10 * MINUTE - 3_000)).isEmpty();
        assertThat(judge(Layout.SPRING, 10 * MINUTE - 100, Lifetime.ABSENT, 600))
                .isEmpty();
    }

    @Test
    void roundingAndClocksMayDifferByAHundredth() {
        assertThat(plain(10 * MINUTE + 6_000)).isEmpty();
        assertThat(plain(10 * MINUTE + 6_001)).isPresent();
        assertThat(plain(10 * MINUTE - 9_000)).isEmpty();
        assertThat(plain(10 * MINUTE - 9_001)).isPresent();
    }

    @Test
    void aSessionThatLivesTooLong() {
        assertWrong(
                plain(30 * 24 * 60 * MINUTE),
                Anomaly.WRONG_TTL,
                Severity.HARD,
                "Stored session 00000000000000ab lives another 30 d, the drill says 10 m at most.");
        assertWrong(
                judge(Layout.SPRING, 30 * 24 * 60 * MINUTE, Lifetime.ABSENT, 30 * 24 * 3_600),
                Anomaly.WRONG_TTL,
                Severity.HARD,
                "Stored session 00000000000000ab lives 30 d, the drill says 10 m.");
    }

    @Test
    void aSessionThatEndsTooEarly() {
        assertWrong(
                plain(MINUTE),
                Anomaly.WRONG_TTL,
                Severity.HARD,
                "The store ends session 00000000000000ab in 1 m, though it was used 3 s ago and the drill says 10 m.");
        assertWrong(
                judge(Layout.SPRING, MINUTE, Lifetime.ABSENT, 60),
                Anomaly.WRONG_TTL,
                Severity.HARD,
                "Stored session 00000000000000ab lives 1 m, the drill says 10 m.");
    }

    @Test
    void aSessionWhoseUseDidNotRenewIt() {
        assertWrong(
                judge(Layout.SPRING, 9 * MINUTE, Lifetime.ABSENT, 600),
                Anomaly.NOT_RENEWED,
                Severity.HARD,
                "The store ends session 00000000000000ab in 9 m, though it was used 3 s ago and the drill says 10 m.");
    }

    @Test
    void whenNobodyKnowsWhenItWasUsedItMayBeOld() {
        trial = trial(TimeUnit.MINUTES.toNanos(10), true, -1);
        assertThat(plain(MINUTE)).isEmpty();
        assertThat(judge(Layout.SPRING, MINUTE, Lifetime.ABSENT, 600)).isEmpty();
        assertThat(judge(Layout.SPRING, MINUTE, Lifetime.ABSENT, 60)).isPresent();
        assertThat(plain(15 * MINUTE)).as("the rest of an indexed repository").isEmpty();
        assertThat(plain(16 * MINUTE)).isPresent();
    }

    @Test
    void anIndexedRepositoryKeepsTheSessionFiveMinutesLonger() {
        assertThat(indexed(15 * MINUTE, 10 * MINUTE)).isEmpty();
        assertThat(indexed(15 * MINUTE - 3_000, 10 * MINUTE - 3_000)).isEmpty();
        assertThat(indexed(15 * MINUTE, 11 * MINUTE)).isPresent();
        assertThat(indexed(15 * MINUTE, 9 * MINUTE)).isPresent();
    }

    @Test
    void anIndexedSessionThatHasEndedIsLeftForItsListeners() {
        trial = trial(TimeUnit.MINUTES.toNanos(1), true, -1);
        assertThat(judge(Layout.SPRING_INDEXED, 5 * MINUTE, Lifetime.ABSENT, 0)).isEmpty();
        assertThat(indexed(4 * MINUTE, Lifetime.ABSENT)).isEmpty();
    }

    @Test
    void anIndexedSessionThatIsUsedAndHasNoKeyForItsExpiryEndsTooEarly() {
        assertThat(indexed(4 * MINUTE, Lifetime.ABSENT)).isPresent();
        assertThat(indexed(15 * MINUTE, Lifetime.ABSENT)).isEmpty();
    }

    @Test
    void aLayoutThatNobodyKnowsMayKeepASessionLongerAndIsNeverHard() {
        assertThat(judge(Layout.OTHER, 14 * MINUTE, Lifetime.ABSENT, Lifetime.UNREADABLE))
                .isEmpty();
        assertThat(judge(Layout.OTHER, 60 * MINUTE, Lifetime.ABSENT, Lifetime.UNREADABLE))
                .hasValueSatisfying(wrong -> assertThat(wrong.severity()).isEqualTo(Severity.SOFT));
        assertThat(judge(Layout.OTHER, MINUTE, Lifetime.ABSENT, Lifetime.UNREADABLE))
                .hasValueSatisfying(wrong -> assertThat(wrong.severity()).isEqualTo(Severity.SOFT));
    }

    @Test
    void aTimeThatNobodyNamedIsNotHeldAgainstAnybody() {
        trial = trial(TimeUnit.MINUTES.toNanos(30), false, 3);
        assertWrong(
                judge(Layout.SPRING, MINUTE, Lifetime.ABSENT, 60),
                Anomaly.WRONG_TTL,
                Severity.INFO,
                "Stored session 00000000000000ab lives 1 m, the drill says 30 m, by default: name the right time with users.ttl.");
    }

    @Test
    void sessionsThatNeverEndOnPurpose() {
        trial = trial(Trial.NEVER, true, 3);
        assertThat(plain(Lifetime.NONE)).isEmpty();
        assertThat(judge(Layout.SPRING, Lifetime.NONE, Lifetime.ABSENT, -1)).isEmpty();
        assertWrong(
                indexed(299_000, Lifetime.ABSENT),
                Anomaly.WRONG_TTL,
                Severity.HARD,
                "The store ends session 00000000000000ab in 4 m 59 s, the drill says that sessions never end.");
        assertThat(judge(Layout.SPRING_INDEXED, 299_000, Lifetime.ABSENT, 0))
                .as("ended by its user")
                .isEmpty();
    }

    @Test
    void aSessionThatNeverEndsByItsOwnAccountThoughTheDrillNamesATime() {
        assertWrong(
                judge(Layout.SPRING, 10 * MINUTE, Lifetime.ABSENT, -1),
                Anomaly.WRONG_TTL,
                Severity.HARD,
                "Stored session 00000000000000ab never ends by its own account, the drill says 10 m.");
    }

    @Test
    void withoutATimeNothingIsSaid() {
        trial = trial(0, false, 3);
        assertThat(plain(1)).isEmpty();
        assertThat(plain(Long.MAX_VALUE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "800, 800 ms",
        "1000, 1 s",
        "299000, 4 m 59 s",
        "600000, 10 m",
        "3600000, 1 h",
        "2592000000, 30 d",
        "90061000, 1 d 1 h"
    })
    void timesHaveTwoUnitsAtMost(long millis, String text) {
        assertThat(StoredTime.text(millis)).isEqualTo(text);
    }
}
