package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Scope;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.check.session.Story;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvailabilityCheckTest {

    private static Story served() {
        return new Story().create().append(21).on(2).readList(21).settle().on(1).finalList(21);
    }

    private static Story unreadable() {
        return served().on(2).finalList(21).failed(500).finalList(21).failed(500);
    }

    private static Judgement judge(Trial trial, Story... stories) {
        List<UserOperation> operations = new ArrayList<>();
        for (int session = 0; session < stories.length; session++) {
            for (UserOperation operation : stories[session].operations()) {
                operations.add(Story.inSession(operation, session + 1));
            }
        }
        Journals journals = request -> List.of("node-2: it failed with java.io.InvalidClassException.");
        return Judge.judge(trial, operations, List.of(), journals);
    }

    private static PropertyResult availability(Judgement judgement) {
        return judgement.properties().stream()
                .filter(result -> result.property() == Property.AVAILABILITY)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSessionThatANodeAnswersWithErrorsInTheEndIsUnavailableThere() {
        Judgement judgement =
                judge(unreadable().trial(), unreadable(), served().on(2).finalList(21));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        AnomalyCard card = judgement.cards().get(0);
        assertThat(card.violation().anomaly()).isEqualTo(Anomaly.UNAVAILABLE);
        assertThat(card.violation().severity()).isEqualTo(Severity.HARD);
        assertThat(card.violation().witness()).hasSize(3);
        assertThat(card.violation().what())
                .isEqualTo("The session cannot be read on node-2: after the run had settled it answered 2 requests for"
                        + " list with status 500 and never otherwise.");
        assertThat(card.cause()).contains("java.io.InvalidClassException");
    }

    @Test
    void allSessionsOfANodeAreOneFinding() {
        Judgement judgement = judge(unreadable().trial(), unreadable(), unreadable(), unreadable());
        assertThat(availability(judgement).violated()).isEqualTo(1);
        assertThat(judgement.cards()).hasSize(1);
        assertThat(judgement.cards().get(0).violation().what())
                .startsWith("No session can be read on node-2:")
                .contains("6 requests", "in all 3 sessions");
    }

    @Test
    void errorsThatPassAreNone() {
        Story recovers = unreadable().finalList(21);
        assertThat(judge(recovers.trial(), recovers).cards()).isEmpty();
        Story before = new Story().create().append(21);
        before.on(2)
                .readList(21)
                .failed(500)
                .readList(21)
                .failed(500)
                .settle()
                .finalList(21)
                .on(1)
                .finalList(21);
        Judgement judgement = judge(before.trial(), before);
        assertThat(availability(judgement).violated()).isZero();
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void oneErrorMayBeBadLuck() {
        Story once = served().on(2).finalList(21).failed(503);
        Judgement judgement = judge(once.trial(), once);
        assertThat(judgement.cards()).allMatch(card -> card.violation().severity() == Severity.SOFT);
        assertThat(judgement.verdict()).isNotEqualTo(Verdict.FAIL);
    }

    @Test
    void aTimeoutIsNoAnswerOfANodeThatRuns() {
        Story silent = served().on(2).finalList(21).lostAnswer().finalList(21).lostAnswer();
        assertThat(availability(judge(silent.trial(), silent)).violated()).isZero();
    }

    @Test
    void anEndedSessionOwesNothing() {
        Story ended = new Story().create().append(21).logout().settle().on(2);
        ended.finalList(21).failed(500).finalList(21).failed(500);
        assertThat(availability(judge(ended.trial(), ended, served())).violated())
                .isZero();
    }

    @Test
    void aSessionThatMayHaveExpiredOwesNothing() {
        Trial shortLived = unreadable().trial().but().ttlNanos(Story.millis(1)).build();
        assertThat(availability(judge(shortLived, unreadable(), served())).violated())
                .isZero();
    }

    @Test
    void whatNoNodeEverAnsweredIsTheApplications() {
        Story lacking = new Story().create().settle().on(2);
        lacking.readCounter(0).failed(500).readCounter(0).failed(500);
        assertThat(availability(judge(lacking.trial(), lacking)).violated()).isZero();
    }

    @Test
    void aSessionThatLivesOnOneNodeNeedNotBeOnAnother() {
        Trial sticky = unreadable().trial().but().scope(Scope.NODE).build();
        Judgement judgement = judge(sticky, unreadable());
        assertThat(availability(judgement).violated()).isZero();
    }

    @Test
    void whileANodeIsMissingErrorsAreUndecided() {
        Trial never = unreadable().trial().but().healedAt(Long.MAX_VALUE).build();
        PropertyResult result = availability(judge(never, unreadable()));
        assertThat(result.violated()).isZero();
        assertThat(result.inconclusive()).isEqualTo(1);
    }

    @Test
    void isHardUnderEveryProfile() {
        for (Profile profile : Profile.values()) {
            Story story = unreadable().profile(profile);
            assertThat(judge(story.trial(), story).verdict()).isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void everyNodeThatAnswersInTheEndIsAsked() {
        Story one = served();
        assertThat(availability(judge(one.trial(), one)).checked()).isEqualTo(1);
        Story both = served().on(2).finalList(21);
        assertThat(availability(judge(both.trial(), both, served())).checked()).isEqualTo(3);
        assertThat(availability(judge(unreadable().trial(), unreadable())).checked())
                .isEqualTo(2);
    }

    /** It was served at 0 ms, and answered with errors 2 and 4 ms later. */
    @Test
    void errorsCountUntilTheSessionMayHaveExpired() {
        assertThat(severities(5, 0)).containsExactly(Severity.HARD);
        assertThat(severities(4, 0)).containsExactly(Severity.SOFT);
        assertThat(severities(2, 0)).isEmpty();
        assertThat(severities(6, 2)).containsExactly(Severity.SOFT);
        assertThat(severities(6, 1)).containsExactly(Severity.HARD);
    }

    private static List<Severity> severities(long ttlMillis, long clockErrorMillis) {
        Trial trial = unreadable()
                .trial()
                .but()
                .ttlNanos(Story.millis(ttlMillis))
                .clockErrorNanos(Story.millis(clockErrorMillis))
                .build();
        return availability(judge(trial, unreadable(), served().on(2).finalList(21))).violations().stream()
                .map(violation -> violation.severity())
                .toList();
    }

    @Test
    void whatANodeCallsGoneIsNotUnavailableThere() {
        Story gone = unreadable().finalAbsent();
        assertThat(availability(judge(gone.trial(), gone, served())).violated()).isZero();
    }

    @Test
    void anotherAnswerOfTheNodeExcusesNoError() {
        Story story = unreadable().finalProbe();
        assertThat(availability(judge(story.trial(), story, served())).violated())
                .isEqualTo(1);
    }

    @Test
    void sessionsAreFoundOneByOneWhereTheNodeServesOthers() {
        Story well = served().on(2).finalList(21);
        Judgement judgement = judge(well.trial(), unreadable(), well, unreadable());
        assertThat(availability(judgement).violated()).isEqualTo(2);
        assertThat(availability(judgement).violations())
                .allSatisfy(violation -> assertThat(violation.what()).startsWith("The session cannot be read"));
    }

    @Test
    void aSessionThatIsUnavailableIsUnsound() {
        Tally tally = new Tally(5);
        AvailabilityCheck.check(unreadable().trial(), List.of(unreadable().operations()), tally);
        assertThat(tally.unsound()).isEqualTo(1);
        assertThat(tally.of(Anomaly.UNAVAILABLE).sessions()).isEqualTo(1);
        assertThat(tally.violations().get(0).gapNanos()).isEqualTo(Story.millis(2));
    }
}
