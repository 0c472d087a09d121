package dev.midwrite.controller.history;

import static dev.midwrite.controller.history.Operations.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.Fault;
import dev.midwrite.check.Trial.Happening;
import dev.midwrite.controller.history.SessionPersistence.Fate;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fault on node-1 at 20 s; final reads at 60 s. */
class SessionPersistenceTest {
    private static final long FAULT = 20_000;
    private static final long END = 60_000;

    private final Operations s = new Operations(5);

    @Test
    void sessionThatHoldsAllItAcknowledgedIsFresh() {
        assertThat(fate(s.create(15_000), s.write(16_000, 1), s.write(17_000, 2), s.finalRead(END, 2)))
                .isEqualTo(Fate.FRESH);
        assertThat(fate(s.append(16_000, 1), s.create(15_000), s.finalList(END, 1)))
                .isEqualTo(Fate.FRESH);
    }

    @Test
    void laterWriteMayReplaceTheAcknowledgedOne() {
        assertThat(fate(s.create(15_000), s.write(16_000, 1), s.write(30_000, 2), s.finalRead(END, 2)))
                .isEqualTo(Fate.FRESH);
    }

    @Test
    void missingAcknowledgedWriteIsStale() {
        assertThat(fate(s.create(15_000), s.write(16_000, 1), s.write(17_000, 2), s.finalRead(END, 1)))
                .isEqualTo(Fate.STALE);
        assertThat(fate(s.create(15_000), s.write(16_000, 1), s.finalRead(END, 0)))
                .isEqualTo(Fate.STALE);
        assertThat(fate(s.create(15_000), s.append(16_000, 1), s.append(17_000, 2), s.finalList(END, 2)))
                .isEqualTo(Fate.STALE);
        assertThat(fate(s.create(15_000), s.of(OperationKind.INCREMENT, 16_000, Outcome.OK), counter(END, 0)))
                .isEqualTo(Fate.STALE);
    }

    @Test
    void whatWasRemovedIsNotMissed() {
        assertThat(fate(s.create(15_000), s.write(16_000, 1), s.remove(17_000), s.finalRead(END, 0)))
                .isEqualTo(Fate.FRESH);
        assertThat(fate(s.create(15_000), s.write(16_000, 1), s.remove(17_000), s.finalRead(END, 1)))
                .isEqualTo(Fate.STALE);
        assertThat(fate(s.create(15_000), s.remove(16_000), s.write(17_000, 1), s.finalRead(END, 0)))
                .isEqualTo(Fate.STALE);
        assertThat(fate(s.create(15_000), s.remove(16_000), s.write(17_000, 1), s.finalRead(END, 1)))
                .isEqualTo(Fate.FRESH);
    }

    /** A fault of the store puts the sessions of all nodes at risk. */
    @Test
    void theStoreIsBelowEveryNode() {
        List<UserOperation> session = List.of(s.create(15_000), s.write(16_000, 1), s.finalRead(END, 1));

        SessionPersistence persistence =
                SessionPersistence.of(trial(List.of(ofStore())), session).orElseThrow();

        assertThat(persistence.fates().values()).containsExactly(Fate.FRESH);
    }

    @Test
    void retriedIncrementCountsOnce() {
        assertThat(fate(
                        s.create(15_000),
                        s.attempt(OperationKind.INCREMENT, 16_000, Outcome.OK, 9, 1),
                        s.attempt(OperationKind.INCREMENT, 16_500, Outcome.OK, 9, 2),
                        counter(END, 1)))
                .isEqualTo(Fate.FRESH);
    }

    @Test
    void writeAfterTheFaultIsNotAskedFor() {
        assertThat(fate(s.create(15_000), s.append(16_000, 1), s.append(25_000, 2), s.finalList(END, 1)))
                .isEqualTo(Fate.FRESH);
    }

    @Test
    void mixedStampsAreTorn() {
        assertThat(fate(s.create(15_000), s.finalGroup(END, 3, 3, 4, 3))).isEqualTo(Fate.TORN);
        assertThat(fate(s.create(15_000), s.finalGroup(END, 0, 0, 0, 0))).isEqualTo(Fate.FRESH);
    }

    @Test
    void absenceIsLossAndAnotherNonceReplacement() {
        assertThat(fate(s.create(15_000), s.absent(21_000), s.finalProbe(END))).isEqualTo(Fate.LOST);
        assertThat(fate(s.create(15_000), s.probe(21_000), finalAbsent(END))).isEqualTo(Fate.LOST);
        assertThat(fate(s.create(15_000), Operations.ofIncarnation(s.probe(21_000), 78), s.finalProbe(END)))
                .isEqualTo(Fate.REPLACED);
    }

    @Test
    void withoutADefiniteAnswerOrAFinalReadNothingIsSaid() {
        assertThat(fate(s.create(15_000), s.of(OperationKind.PROBE, 21_000, Outcome.INFO)))
                .isEqualTo(Fate.UNREACHABLE);
        assertThat(fate(s.create(15_000), s.probe(21_000))).isEqualTo(Fate.UNREACHABLE);
    }

    @Test
    void atRiskIsOnlyWhoWroteThroughTheNodeWithinTenSeconds() {
        assertThat(of(s.create(9_000), s.finalProbe(END)).fates()).isEmpty();
        assertThat(of(s.create(FAULT), s.finalProbe(END)).fates()).isEmpty();
        assertThat(of(s.on(2).create(15_000), s.finalProbe(END)).fates()).isEmpty();
        assertThat(of(s.on(1).of(OperationKind.WRITE, 15_000, Outcome.INFO), s.finalProbe(END))
                        .fates())
                .isEmpty();
        assertThat(of(s.create(15_000), s.finalProbe(END)).fates()).containsOnlyKeys(5L);
    }

    @Test
    void endedAndExpiredSessionsAreExcluded() {
        assertThat(of(s.create(15_000), s.of(OperationKind.INVALIDATE, 30_000, Outcome.INFO), s.absent(40_000)))
                .isEqualTo(new SessionPersistence(Map.of(), 1, 0));
        assertThat(of(s.create(15_000), s.of(OperationKind.ROTATE_ID, 30_000, Outcome.INFO), s.absent(40_000))
                        .excluded())
                .isEqualTo(1);
        assertThat(of(s.create(15_000), s.absent(END)).fates()).containsValue(Fate.LOST);
        assertThat(of(s.create(15_000), s.absent(120_000)).excluded()).isEqualTo(1);
    }

    @Test
    void aRunInWhichManySessionsMayHaveExpiredShowsNothing() {
        List<UserOperation> operations = new ArrayList<>();
        for (int label = 1; label <= 10; label++) {
            Operations session = new Operations(label);
            operations.add(session.create(15_000));
            operations.add(label == 1 ? session.absent(120_000) : session.finalProbe(END));
        }
        assertThat(of(operations.toArray(UserOperation[]::new)).untested())
                .as("one of ten is not more than ten in a hundred")
                .isEmpty();
        Operations another = new Operations(11);
        operations.add(another.create(15_000));
        operations.add(another.absent(120_000));
        assertThat(of(operations.toArray(UserOperation[]::new)).untested())
                .contains("Of 11 sessions at risk 2 may have expired by the time they were asked for: choose a longer"
                        + " time to live.");
    }

    @Test
    void scoreIsTheShareOfFreshSessions() {
        Operations other = new Operations(6);
        SessionPersistence persistence = of(
                s.create(15_000), s.append(16_000, 1), s.finalList(END), other.create(15_000), other.finalProbe(END));
        List<GateResult> figures = persistence.figures(new Objectives(
                Optional.of(0.9),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                1));
        assertThat(figures.get(0).name()).isEqualTo("score");
        assertThat(figures.get(0).value()).isEqualTo(0.5);
        assertThat(figures.get(0).target()).isEqualTo(">= 0.9");
        assertThat(figures.get(1).name()).isEqualTo("survival");
        assertThat(figures.get(1).value()).isEqualTo(1.0);
        assertThat(figures).allMatch(figure -> figure.state() == GateResult.State.OBSERVED && figure.samples() == 1);
    }

    @Test
    void withoutAFaultThereIsNoScore() {
        assertThat(SessionPersistence.of(trial(List.of()), List.of(s.create(15_000))))
                .isEmpty();
    }

    private Fate fate(UserOperation... operations) {
        return of(operations).fates().get(5L);
    }

    private static SessionPersistence of(UserOperation... operations) {
        List<UserOperation> all = Arrays.asList(operations);
        return SessionPersistence.of(trial(List.of(crash())), all).orElseThrow();
    }

    private UserOperation counter(long at, long value) {
        UserOperation o = s.finalRead(at, value);
        return new UserOperation(
                OperationKind.READ_COUNTER,
                0,
                o.session(),
                o.incarnation(),
                o.invoked(),
                o.returned(),
                value,
                0,
                o.request(),
                1,
                1,
                1,
                0,
                1,
                Outcome.OK,
                o.flags(),
                o.payload());
    }

    private UserOperation finalAbsent(long at) {
        UserOperation o = s.absent(at);
        return new UserOperation(
                o.kind(),
                0,
                o.session(),
                0,
                o.invoked(),
                o.returned(),
                0,
                0,
                o.request(),
                1,
                2,
                0,
                0,
                1,
                Outcome.OK,
                UserOperation.ABSENT | UserOperation.FINAL,
                o.payload());
    }

    private static Fault ofStore() {
        Happening happening = new Happening(Trial.STORE, 0, at(FAULT), 0, 0, 0, "");
        return new Fault(0, "kill", "", Trial.STORE, at(FAULT), at(FAULT), 1, 1, List.of(happening));
    }

    private static Fault crash() {
        Happening happening = new Happening("node-1", 4, at(FAULT), 0, 0, 0, "");
        return new Fault(1, "crash", "session.save", "node-1", at(1), at(30_000), 1, 1, List.of(happening));
    }

    private static Trial trial(List<Fault> faults) {
        return Trial.of(Profile.STRONG)
                .nodes(List.of("unknown", "node-1", "node-2"))
                .attributes(List.of("session", "a"))
                .ttlNanos(at(100_000))
                .faults(faults)
                .healedAt(at(40_000))
                .settledAt(at(50_000))
                .build();
    }
}
