package dev.midwrite.check.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.BrokenAssumption;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Story;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static Story sound() {
        return new Story()
                .create()
                .write(11)
                .append(21)
                .on(2)
                .read(11)
                .append(21, 22)
                .settle()
                .on(1)
                .finalRead(11)
                .finalList(21, 22)
                .on(2)
                .finalRead(11)
                .finalList(21, 22);
    }

    private static Story lossy() {
        return new Story()
                .create()
                .append(21)
                .append(21, 22)
                .settle()
                .finalList(22)
                .on(2)
                .finalList(22);
    }

    private static Judgement judge(Trial trial, Story story, GateResult... gates) {
        return Judge.judge(trial, story.operations(), List.of(gates), Journals.NONE);
    }

    private static PropertyResult of(Judgement judgement, Property property) {
        return judgement.properties().stream()
                .filter(result -> result.property() == property)
                .findFirst()
                .orElseThrow();
    }

    private static Trial with(Trial trial, List<Trial.Fault> faults, List<String> broken) {
        return trial.but()
                .faults(faults)
                .store(StoreContents.of(stored(9, 1000, "")))
                .assumptions(broken.stream().map(BrokenAssumption::of).toList())
                .build();
    }

    private static Trial.Fault fault(int injection, String node, long applied, long request) {
        return new Trial.Fault(
                injection,
                "drop",
                "session.save",
                node,
                0,
                Story.millis(100),
                applied,
                applied,
                applied == 0 ? List.of() : List.of(new Trial.Happening(node, 7, Story.millis(12), request, 0, 0, "")));
    }

    private static GateResult gate(GateResult.State state) {
        return new GateResult("score", 0.9, 0.8, 0.95, 0.95, "", ">= 0.99", 20, "trials", state);
    }

    @Test
    void passesWhatIsSoundAndSaysWhatWasNotObserved() {
        Judgement judgement = judge(with(sound().trial(), List.of(), List.of()), sound());
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.cards()).isEmpty();
        assertThat(of(judgement, Property.LIST).validity()).isEqualTo(Validity.TRUE);
        assertThat(of(judgement, Property.DOCUMENT).observed()).isFalse();
        assertThat(of(judgement, Property.WEBSOCKET).validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(of(judgement, Property.STORE_AUDIT).validity()).isEqualTo(Validity.TRUE);
    }

    @Test
    void failsAndNamesTheFaultThatHitTheRequest() {
        Judgement judgement = judge(with(lossy().trial(), List.of(fault(3, "node-1", 1, 21)), List.of()), lossy());
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.cards()).singleElement().satisfies(card -> {
            assertThat(card.violation().anomaly()).isEqualTo(Anomaly.LOST_ACKED_WRITE);
            assertThat(card.violation().witness()).hasSizeLessThanOrEqualTo(4);
            assertThat(card.when()).contains("drop at session.save on node-1");
            assertThat(card.cause()).contains("journal record 7");
        });
        assertThat(judgement.sentence())
                .startsWith("Acknowledged write lost, once. Injected: drop at session.save on node-1");
        assertThat(of(judgement, Property.LIST).violated()).isEqualTo(1);
    }

    /** Neither a pass nor vacuous: what was not tested would have been. */
    @Test
    void aRunThatWasBrokenOffIsOpenAtBest() {
        Trial trial = with(sound().trial(), List.of(fault(3, "node-1", 0, 0)), List.of())
                .but()
                .interruption("The run was broken off in its phase 'timeline'.")
                .build();
        Judgement judgement = judge(trial, sound(), gate(GateResult.State.MISSED));
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.besides()).isEmpty();
        assertThat(judgement.sentence())
                .isEqualTo("Neither proved nor refuted: the run was broken off in its phase 'timeline'.");
    }

    @Test
    void whatARunThatWasBrokenOffHasShownIsShown() {
        Trial trial = lossy().trial()
                .but()
                .interruption("The run was broken off in its phase 'timeline'.")
                .build();
        Judgement judgement = judge(trial, lossy());
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.besides()).containsExactly(Verdict.INCONCLUSIVE);
        assertThat(judgement.sentence())
                .isEqualTo("Acknowledged write lost, once. The run was broken off in its phase 'timeline'.");
    }

    @Test
    void orderOfOperationsDoesNotMatter() {
        List<UserOperation> shuffled = new ArrayList<>(lossy().operations());
        Collections.reverse(shuffled);
        Judgement one = judge(lossy().trial(), lossy());
        Judgement other = Judge.judge(lossy().trial(), shuffled, List.of(), Journals.NONE);
        assertThat(other).isEqualTo(one);
    }

    @Test
    void isVacuousIfAnInjectionHitNothingOnAnyNode() {
        Trial trial = with(sound().trial(), List.of(fault(3, "node-1", 0, 0), fault(3, "node-2", 0, 0)), List.of());
        Judgement judgement = judge(trial, sound());
        assertThat(judgement.verdict()).isEqualTo(Verdict.VACUOUS);
        assertThat(judgement.reasons()).contains("Injection 3 (drop at session.save) matched no operation.");
        Trial one = with(sound().trial(), List.of(fault(3, "node-1", 0, 0), fault(3, "node-2", 1, 0)), List.of());
        assertThat(judge(one, sound()).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void countsOfOneInjectionAreAddedOverItsNodes() {
        Trial trial = sound().trial()
                .but()
                .faults(List.of(missed(3, "node-1", 2), missed(4, "node-1", 40), missed(3, "node-2", 5)))
                .build();
        Judgement judgement = judge(trial, sound());
        assertThat(judgement.verdict()).isEqualTo(Verdict.VACUOUS);
        assertThat(judgement.reasons())
                .contains(
                        "Injection 3 (drop at session.save) matched 7 operations and hit none.",
                        "Injection 4 (drop at session.save) matched 40 operations and hit none.");
    }

    private static Trial.Fault missed(int injection, String node, long matched) {
        return new Trial.Fault(injection, "drop", "session.save", node, 0, Story.millis(100), matched, 0, List.of());
    }

    @Test
    void isVacuousIfSomethingWasLeftUntested() {
        Trial trial = with(sound().trial(), List.of(), List.of());
        assertThat(judge(trial, sound()).verdict()).isEqualTo(Verdict.PASS);
        Judgement judgement =
                judge(trial.but().untested(List.of("No session sat on node-1.")).build(), sound());
        assertThat(judgement.verdict()).isEqualTo(Verdict.VACUOUS);
        assertThat(judgement.reasons()).containsExactly("No session sat on node-1.");
    }

    @Test
    void isVacuousIfNothingOfAKindSucceeded() {
        Story story = sound();
        for (int i = 0; i < 20; i++) {
            story.increment(90 + i, 1).lostAnswer();
        }
        Judgement judgement = judge(story.trial(), story);
        assertThat(judgement.verdict()).isEqualTo(Verdict.VACUOUS);
        assertThat(judgement.reasons()).contains("None of 20 operations of the kind INCREMENT succeeded.");
        assertThat(judge(story.trial(), new Story()).verdict()).isEqualTo(Verdict.VACUOUS);
    }

    /** On another node, and no final read says whether for good: soft. */
    @Test
    void isNeverVacuousBesideALostSession() {
        Story story =
                new Story().profile(Profile.SESSION).create().probe().on(2).absent();
        for (int i = 0; i < 20; i++) {
            story.increment(90 + i, 1).lostAnswer();
        }
        Trial flushed = with(story.trial(), List.of(fault(3, "node-1", 0, 0)), List.of())
                .but()
                .untested(List.of("Of 9 sessions at risk 9 may have expired."))
                .storeEvents(List.of(new Trial.StoreEvent(1, 2, "The store was flushed: 287 keys before, 33 after.")))
                .build();
        Judgement judgement = judge(flushed, story);
        assertThat(judgement.verdict()).as(judgement.sentence()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.is(Verdict.VACUOUS)).isFalse();
        assertThat(judgement.reasons())
                .contains(
                        "None of 20 operations of the kind INCREMENT succeeded.",
                        "Live session lost: 1, reported and not gated under this profile.",
                        "The store was flushed: 287 keys before, 33 after.");
    }

    /** It is what the drill injected. */
    @Test
    void whatTheDrillDidToTheStoreIsNoReasonOfItsOwn() {
        Story story =
                new Story().profile(Profile.SESSION).create().probe().on(2).absent();
        List<Trial.StoreEvent> events = List.of(
                new Trial.StoreEvent(10, 10, "The store was flushed."),
                new Trial.StoreEvent(9, 11, "The store was flushed: 20 keys before, 0 after."),
                new Trial.StoreEvent(12, 13, "The store evicted 3 keys."));
        Trial flushed = story.trial()
                .but()
                .faults(List.of(new Trial.Fault(0, "flush", "", Trial.STORE, 10, 10, 1, 1, List.of(), "")))
                .storeEvents(events)
                .build();
        assertThat(judge(flushed, story).reasons())
                .contains("The store evicted 3 keys.")
                .noneMatch(reason -> reason.startsWith("The store was flushed"));
    }

    @Test
    void oneUnluckyOperationIsANote() {
        Story story = sound().increment(90, 1).lostAnswer();
        Judgement judgement = judge(story.trial(), story);
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.besides()).isEmpty();
        assertThat(judgement.reasons()).containsExactly("The only operation of the kind INCREMENT did not succeed.");
    }

    @Test
    void whatIsProvedStandsBesideAnInjectionThatHitNothing() {
        Judgement judgement = judge(with(lossy().trial(), List.of(fault(3, "node-1", 0, 0)), List.of()), lossy());
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.besides()).containsExactly(Verdict.VACUOUS);
        assertThat(judgement.reasons()).contains("Injection 3 (drop at session.save) matched no operation.");
        assertThat(judgement.sentence())
                .isEqualTo("Acknowledged write lost, once. Besides, not everything was tested: injection 3 (drop at"
                        + " session.save) matched no operation.");
    }

    @Test
    void whatUsersSawStandsBesideABrokenAssumption() {
        Judgement judgement = judge(with(lossy().trial(), List.of(), List.of("Node node-2 never came back.")), lossy());
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.besides()).containsExactly(Verdict.INVALID);
        assertThat(judgement.reasons()).contains("Node node-2 never came back.");
        assertThat(judgement.cards()).hasSize(1);
    }

    @Test
    void findingsThatRestOnWhatIsBrokenAreTakenBack() {
        Trial audited = lossyStore();
        assertThat(judge(audited, sound()).verdict()).isEqualTo(Verdict.FAIL);
        BrokenAssumption broken = new BrokenAssumption("The store was not empty.", Set.of(Property.STORE_AUDIT));
        Judgement judgement = judge(audited.but().assumptions(List.of(broken)).build(), sound());
        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.cards()).isEmpty();
        assertThat(of(judgement, Property.STORE_AUDIT).validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(of(judgement, Property.STORE_AUDIT).reason()).isEqualTo("The store was not empty.");
        Judgement worse = judge(lossyStore().but().assumptions(List.of(broken)).build(), lossy());
        assertThat(worse.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(worse.cards())
                .singleElement()
                .satisfies(card -> assertThat(card.violation().anomaly()).isEqualTo(Anomaly.LOST_ACKED_WRITE));
    }

    /** What an edited bundle's verdict rests on is one thing, however many properties rest on it. */
    @Test
    void oneReasonForManyPropertiesIsSaidOnce() {
        BrokenAssumption broken =
                new BrokenAssumption("run.json was changed.", EnumSet.of(Property.STORE_AUDIT, Property.NODES));
        Judgement judgement = judge(
                lossyStore()
                        .but()
                        .nodeEnds(2, List.of())
                        .assumptions(List.of(broken))
                        .build(),
                sound());
        assertThat(judgement.reasons())
                .containsExactly(
                        "run.json was changed.", "The properties nodes, store-audit rest on this and are undecided.");
    }

    private static Trial lossyStore() {
        return sound().trial()
                .but()
                .store(StoreContents.of(stored(0xABCD, -1, "")))
                .build();
    }

    @Test
    void isInvalidIfNothingIsProved() {
        Judgement judgement = judge(with(sound().trial(), List.of(), List.of("The store was not empty.")), sound());
        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.sentence()).isEqualTo("The run cannot be judged: the store was not empty.");
        Story twice = sound().on(1).at(50, 51).write(11);
        assertThat(judge(twice.trial(), twice).verdict()).isEqualTo(Verdict.INVALID);
        Story beside = new Story().create().at(20, 40).write(1).at(30, 31).read(1);
        assertThat(judge(beside.trial(), beside).verdict()).isNotEqualTo(Verdict.INVALID);
        Story overlapping =
                new Story().create().at(20, 40).by(9).write(1).at(30, 31).by(9).read(1);
        assertThat(judge(overlapping.trial(), overlapping).verdict()).isEqualTo(Verdict.INVALID);
        Story goesOn = new Story()
                .create()
                .at(20, 40)
                .by(9)
                .write(1)
                .lostAnswer()
                .by(9)
                .read(1);
        assertThat(judge(goesOn.trial(), goesOn).reasons())
                .contains("Process 9 goes on with operation 2 after one of unknown outcome.");
    }

    @Test
    void aValueThatWasWrittenTwiceVoidsItsAttributeAndNoOther() {
        Story lossyList = lossy().on(1).at(500, 501).write(11).at(510, 511).write(11);
        Judgement judgement = judge(lossyList.trial(), lossyList);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.besides()).contains(Verdict.INVALID);
        Story staleRegister =
                new Story().create().write(11).write(12).write(11).read(12).read(0);
        Judgement stale = judge(staleRegister.trial(), staleRegister);
        assertThat(stale.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(stale.cards()).isEmpty();
        assertThat(of(stale, Property.GUARANTEES).validity()).isEqualTo(Validity.UNKNOWN);
    }

    @Test
    void aProcessWhoseOperationsOverlapVoidsItsSessionAndNoOther() {
        Story broken =
                lossy().on(1).at(500, 540).by(9).write(1).at(530, 531).by(9).read(1);
        assertThat(judge(broken.trial(), broken).verdict()).isEqualTo(Verdict.INVALID);
        List<UserOperation> both = new ArrayList<>(broken.operations());
        lossy().operations().forEach(operation -> both.add(Story.inSession(operation, 2)));
        Judgement judgement = Judge.judge(broken.trial(), both, List.of(), Journals.NONE);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.cards())
                .singleElement()
                .satisfies(card -> assertThat(card.violation().session()).isEqualTo(2));
    }

    /** No node was up: the attempts never left, and have no value. */
    @Test
    void attemptsThatWereNeverSentBreakNothing() {
        Story story =
                sound().on(0).at(50, 51).write(0).rejected().at(52, 53).write(0).rejected();
        assertThat(judge(story.trial(), story).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void doubtfulFiguresDecideNothingAndFindingsStand() {
        Trial doubted = sound().trial()
                .but()
                .figureDoubts(List.of("Users fell behind."))
                .build();
        Judgement judgement = judge(doubted, sound(), gate(GateResult.State.MISSED));
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons()).containsExactly("Users fell behind.");
        assertThat(judgement.gates().get(0).state()).isEqualTo(GateResult.State.INCONCLUSIVE);
        assertThat(judge(doubted, sound()).verdict()).as("nothing was asked").isEqualTo(Verdict.PASS);
        assertThat(judge(doubted, lossy(), gate(GateResult.State.MET)).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void gatesDecideOnlyWhereNoHardViolationDoes() {
        assertThat(judge(sound().trial(), sound(), gate(GateResult.State.MISSED))
                        .verdict())
                .isEqualTo(Verdict.GATE_MISSED);
        assertThat(judge(sound().trial(), sound(), gate(GateResult.State.INCONCLUSIVE))
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge(sound().trial(), sound(), gate(GateResult.State.OBSERVED))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(judge(lossy().trial(), lossy(), gate(GateResult.State.MISSED))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void isInconclusiveIfAcknowledgedWritesWereNeverReadInTheEnd() {
        Story story = new Story().create().append(21).readList(21);
        Judgement judgement = judge(story.trial(), story);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(of(judgement, Property.LIST).inconclusive()).isEqualTo(1);
    }

    @Test
    void whatSomethingWorseExplainsIsCountedAsExplained() {
        Story story = new Story()
                .create()
                .append(21)
                .append(21, 22)
                .readList(21)
                .settle()
                .finalList(21)
                .on(2)
                .finalList(21);
        PropertyResult guarantees = of(judge(story.trial(), story), Property.GUARANTEES);
        assertThat(guarantees.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(guarantees.explained()).isPositive();
        assertThat(guarantees.inconclusive()).isZero();
        assertThat(guarantees.reason()).isEmpty();
    }

    @Test
    void driftIsTheShareOfComparedSessionsThatDiffer() {
        Judgement sound = judge(sound().trial(), sound());
        assertThat(sound.gates()).singleElement().satisfies(gate -> {
            assertThat(gate.name()).isEqualTo("drift");
            assertThat(gate.value()).isZero();
            assertThat(gate.samples()).isEqualTo(1);
            assertThat(gate.state()).isEqualTo(GateResult.State.OBSERVED);
        });
        Story apart = sound().on(2).finalRead(0);
        assertThat(judge(apart.trial(), apart).gates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.value()).isEqualTo(1));
        Story unread = new Story().create().write(1);
        assertThat(judge(unread.trial(), unread).gates()).isEmpty();
    }

    private static StoredSession stored(long idHash, long ttlMillis, String cause) {
        return new StoredSession(
                idHash,
                StoredSession.Layout.SPRING,
                StoredSession.Lifetime.of(ttlMillis),
                List.of("a"),
                List.of(),
                cause);
    }

    /** Who looks for the findings of one session must not take it for sound because its kind was shown often enough. */
    @Test
    void listsEachViolationWhereAJudgementShowsSome() {
        Trial trial = sound().trial()
                .but()
                .store(StoreContents.of(LongStream.rangeClosed(1, 200)
                        .mapToObj(id -> stored(id, -1, ""))
                        .toArray(StoredSession[]::new)))
                .build();

        assertThat(judge(trial, sound()).cards()).hasSizeLessThan(200);
        assertThat(Judge.violations(trial, sound().operations(), Journals.NONE))
                .filteredOn(violation -> violation.anomaly() == Anomaly.IMMORTAL_SESSION)
                .extracting(Violation::session)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void findsSessionsThatWouldStayForEver() {
        Trial trial = sound().trial();
        Trial audited = trial.but()
                .ttlNanos(0)
                .reaperGraceNanos(0)
                .store(StoreContents.of(stored(0xABCD, -1, "node-1 halted after step 1 of this save.")))
                .build();
        Judgement judgement = judge(audited, sound());
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.cards()).singleElement().satisfies(card -> {
            assertThat(card.violation().anomaly()).isEqualTo(Anomaly.IMMORTAL_SESSION);
            assertThat(card.cause()).isEqualTo("node-1 halted after step 1 of this save.");
        });
    }

    @Test
    void softFindingsAreToldAndDoNotFail() {
        Story story = new Story()
                .profile(Profile.SESSION)
                .create()
                .write(11)
                .on(2)
                .read(0)
                .settle()
                .finalRead(11)
                .on(1)
                .finalRead(11);
        Judgement judgement = judge(story.trial(), story);
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(of(judgement, Property.REGISTER).validity()).isEqualTo(Validity.FALSE);
        assertThat(judgement.reasons()).isNotEmpty();
    }
}
