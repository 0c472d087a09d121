package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.HeldSessions;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoreIndexes.Dangling;
import dev.midwrite.check.StoreIndexes.Kind;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.PropertyTally;
import dev.midwrite.check.session.Tally;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StoreAuditCheckTest {
    private final Tally tally = new Tally(10);

    private void check(StoreContents store, HeldSessions held) {
        Trial trial =
                Trial.of(Profile.EVENTUAL).settledAt(77).store(store).held(held).build();
        StoreAuditCheck.check(trial, tally);
    }

    private void check(StoredSession... stored) {
        check(StoreContents.of(stored), HeldSessions.NONE);
    }

    @Test
    void whatIsStillBeingSavedIsNotJudged() {
        Trial trial = Trial.of(Profile.EVENTUAL)
                .settledAt(77)
                .store(StoreContents.of(stored(0xAB, Lifetime.NONE, "creationTime"), stored(0xCD, Lifetime.NONE)))
                .savesUnderWay(Map.of(0xABL, "node-1 was still saving."))
                .build();
        StoreAuditCheck.check(trial, tally);
        assertThat(tally.violations()).extracting(Violation::session).containsExactly(0xCDL);
        assertThat(tally.of(Property.STORE_AUDIT).inconclusive()).isEqualTo(1);
        assertThat(tally.of(Property.STORE_AUDIT).reason()).isEqualTo("node-1 was still saving.");
    }

    private static StoredSession stored(long ttlMillis, String... missing) {
        return stored(0xAB, ttlMillis, missing);
    }

    private static StoredSession stored(long idHash, long ttlMillis, String... missing) {
        return new StoredSession(
                idHash, Layout.SPRING, Lifetime.of(ttlMillis), List.of("creationTime"), List.of(missing), "");
    }

    private static StoredSession[] stored(LongStream ids) {
        return ids.mapToObj(id -> stored(id, 1000)).toArray(StoredSession[]::new);
    }

    private static HeldSessions held(long count, LongStream known) {
        return new HeldSessions(count, known.boxed().collect(Collectors.toMap(Function.identity(), id -> 5L)), "");
    }

    private List<Anomaly> found() {
        return tally.violations().stream().map(Violation::anomaly).toList();
    }

    private PropertyTally counts() {
        return tally.of(Property.STORE_AUDIT);
    }

    @Test
    void wholeSessionsThatWillExpire() {
        // A time to live of 0 is about to end: only "none" is for ever.
        check(stored(1), stored(0));
        assertThat(found()).isEmpty();
        assertThat(counts().checked()).isEqualTo(2);
        assertThat(counts().inconclusive()).isZero();
    }

    @Test
    void anEmptyStoreProvesNothing() {
        check();
        assertThat(counts().checked()).isZero();
        assertThat(counts().inconclusive()).isZero();
    }

    @Test
    void noneOfTheSessionsThatUsersHoldIsUnknownAndSaysWhereItLooked() {
        StoreContents store =
                new StoreContents(true, List.of("localhost:6379/0 a:{id}"), "", 0, List.of(), StoreIndexes.NONE);
        check(store, held(542, LongStream.empty()));
        assertThat(counts().inconclusive()).isEqualTo(542);
        assertThat(counts().reason())
                .isEqualTo("The audit found none of the 542 sessions that users hold; it looked for"
                        + " localhost:6379/0 a:{id}. Say in the drill's block store where they lie.");
    }

    @Test
    void farFewerThanUsersHoldIsUnknown() {
        check(StoreContents.of(stored(LongStream.range(0, 89))), held(100, LongStream.empty()));
        assertThat(counts().checked()).isEqualTo(89);
        assertThat(counts().inconclusive()).isEqualTo(11);
        assertThat(counts().reason()).contains("only 89 of the 100 sessions");
    }

    @Test
    void nineOfTenAreEnough() {
        check(StoreContents.of(stored(LongStream.range(0, 90))), held(100, LongStream.range(0, 100)));
        assertThat(counts().checked()).isEqualTo(90);
        assertThat(counts().inconclusive()).isZero();
    }

    @Test
    void sessionsOfSomebodyElseAreNotThoseThatUsersHold() {
        check(StoreContents.of(stored(LongStream.range(1000, 2000))), held(100, LongStream.range(0, 100)));
        assertThat(counts().inconclusive()).isEqualTo(100);
    }

    @Test
    void aSessionWhoseIdNoJournalTellsIsNotMissed() {
        check(StoreContents.of(stored(LongStream.range(0, 95))), held(100, LongStream.range(0, 95)));
        assertThat(counts().inconclusive()).isZero();
    }

    @Test
    void sessionsThatAreKeptElsewhereAreNotMissed() {
        check(StoreContents.of(), new HeldSessions(10, Map.of(), "Nodes keep them in memory."));
        assertThat(counts().checked()).isZero();
        assertThat(counts().inconclusive()).isZero();
    }

    @Test
    void aStoreThatCouldNotBeReadIsUnknownEvenIfNobodyHoldsASession() {
        check(
                new StoreContents(true, List.of(), "The store wants a password.", 0, List.of(), StoreIndexes.NONE),
                HeldSessions.NONE);
        assertThat(counts().inconclusive()).isEqualTo(1);
        assertThat(counts().reason()).isEqualTo("The store wants a password.");
    }

    @Test
    void whatIsFoundStandsWhateverIsNot() {
        check(StoreContents.of(stored(-1)), held(100, LongStream.empty()));
        assertThat(found()).containsExactly(Anomaly.IMMORTAL_SESSION);
        assertThat(counts().inconclusive()).isEqualTo(99);
    }

    @Test
    void withoutAnAuditNothingIsSaid() {
        check(
                new StoreContents(
                        false, List.of(), "", 0, List.of(stored(-1, "maxInactiveInterval")), StoreIndexes.NONE),
                held(3, LongStream.empty()));
        assertThat(found()).isEmpty();
        assertThat(counts().checked()).isZero();
        assertThat(counts().inconclusive()).isZero();
    }

    @Test
    void sessionsThatStayForEver() {
        check(stored(-1));
        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.IMMORTAL_SESSION);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.at()).isEqualTo(77);
            assertThat(violation.what()).contains("session 00000000000000ab for ever");
        });
    }

    @Test
    void sessionsWithoutMandatoryFields() {
        check(stored(1000, "lastAccessedTime", "maxInactiveInterval"));
        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.MISSING_FIELDS);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what()).endsWith("has no lastAccessedTime, no maxInactiveInterval.");
        });
    }

    @Test
    void bothAtOnce() {
        check(stored(-1, "creationTime"));
        assertThat(found()).containsExactlyInAnyOrder(Anomaly.IMMORTAL_SESSION, Anomaly.MISSING_FIELDS);
        assertThat(tally.unsound()).isEqualTo(1);
    }

    @Test
    void anEntryThatNamesASessionThatIsGone() {
        List<Dangling> dangling =
                List.of(new Dangling(1, Kind.PRINCIPAL, true), new Dangling(2, Kind.EXPIRY_KEY, false));
        check(new StoreContents(true, List.of(), "", 0, List.of(), new StoreIndexes(9, dangling)), HeldSessions.NONE);
        assertThat(counts().checked()).isEqualTo(9);
        assertThat(tally.violations()).extracting(Violation::severity).containsExactly(Severity.HARD, Severity.SOFT);
        assertThat(tally.violations().get(0).what())
                .isEqualTo("Session 0000000000000001 is gone, but the index of principals' names still names it.");
    }
}
