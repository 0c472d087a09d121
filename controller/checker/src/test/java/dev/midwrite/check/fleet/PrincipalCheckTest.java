package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.check.session.Story;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two users log in by one name; what the first sees of the second decides. */
class PrincipalCheckTest {
    private static final long NAME = 5;
    private static final long FIRST = 11;
    private static final long SECOND = 22;

    private final Story first = new Story().incarnation(FIRST).at(1, 2).create();
    private final Story second = new Story().incarnation(SECOND).at(1, 2).create();

    private Judgement judged() {
        List<UserOperation> operations = new ArrayList<>();
        first.operations().forEach(operation -> operations.add(Story.inSession(operation, 1)));
        second.operations().forEach(operation -> operations.add(Story.inSession(operation, 2)));
        return Judge.judge(first.trial(), operations, List.of(), Journals.NONE);
    }

    private List<Violation> found() {
        return judged().cards().stream().map(card -> card.violation()).toList();
    }

    private PropertyResult property() {
        return judged().properties().stream()
                .filter(result -> result.property() == Property.PRINCIPAL)
                .findFirst()
                .orElseThrow();
    }

    private void bothLogIn() {
        first.at(10, 12).logIn(NAME);
        second.at(10, 12).logIn(NAME);
    }

    @Test
    void listOfAllThatLiveIsRight() {
        bothLogIn();
        first.at(20, 22).listed(NAME, FIRST, SECOND);
        second.at(30, 32).logout();
        first.at(40, 42).listed(NAME, FIRST);
        assertThat(found()).isEmpty();
        assertThat(property().validity()).isEqualTo(Validity.TRUE);
        assertThat(property().checked()).isEqualTo(2);
    }

    @Test
    void applicationThatListsNoneIsNotObserved() {
        bothLogIn();
        first.at(20, 22).listsNone(NAME);
        assertThat(found()).isEmpty();
        assertThat(property().checked()).isZero();
        assertThat(property().reason()).isEqualTo("No application listed the sessions of a user's name.");
    }

    @Test
    void endedSessionInTheListIsLeftOver() {
        bothLogIn();
        second.at(30, 32).logout();
        first.at(40, 42).listed(NAME, FIRST, SECOND);
        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.ENDED_SESSION_LISTED);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what())
                    .isEqualTo("node-1 listed a session of a user's name 8.0 ms after node-1 had acknowledged its end."
                            + " So it was in 1 of 1 lists.");
            assertThat(violation.witness()).hasSize(2);
        });
    }

    @Test
    void endThatMayComeAfterTheListProvesNothing() {
        bothLogIn();
        second.at(30, 45).logout();
        first.at(40, 42).listed(NAME, FIRST, SECOND);
        first.at(50, 52).listed(NAME, FIRST);
        assertThat(found()).isEmpty();
    }

    @Test
    void endWithoutAnAnswerAllowsBoth() {
        bothLogIn();
        second.at(30, 32).logout().lostAnswer();
        first.at(40, 42).listed(NAME, FIRST, SECOND);
        first.at(50, 52).listed(NAME, FIRST);
        assertThat(found()).isEmpty();
    }

    @Test
    void liveSessionMustBeListed() {
        bothLogIn();
        first.at(20, 22).listed(NAME, FIRST);
        second.at(30, 32).probe();
        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.SESSION_NOT_LISTED);
            assertThat(violation.what())
                    .startsWith("node-1 did not list a live session of a user's name, 8.0 ms after");
        });
    }

    @Test
    void othersThatAreEndedAreAListToo() {
        bothLogIn();
        first.at(20, 22).endOthers(NAME);
        second.at(30, 32).probe();
        assertThat(found()).extracting(Violation::anomaly).containsExactly(Anomaly.SESSION_NOT_LISTED);
    }

    @Test
    void sessionThatIsLostIsALossAndNothingElse() {
        bothLogIn();
        first.at(20, 22).listed(NAME, FIRST);
        second.at(30, 32).absent();
        assertThat(found()).extracting(Violation::anomaly).containsExactly(Anomaly.SESSION_LOST);
    }

    @Test
    void loginThatIsUnderWayProvesNothing() {
        first.at(10, 12).logIn(NAME);
        second.at(15, 25).logIn(NAME);
        first.at(20, 22).listed(NAME, FIRST);
        second.at(30, 32).probe();
        assertThat(found()).isEmpty();
    }

    @Test
    void loginOnceMoreIsUnderWayToo() {
        bothLogIn();
        second.at(18, 25).logIn(NAME);
        first.at(20, 22).listed(NAME, FIRST);
        second.at(30, 32).probe();
        assertThat(found()).isEmpty();
    }

    @Test
    void sessionThatGetsANewIdMeanwhileMayBeMissing() {
        bothLogIn();
        second.at(18, 25).rotate();
        first.at(20, 22).listed(NAME, FIRST);
        first.at(40, 42).listed(NAME, FIRST, SECOND);
        second.at(50, 52).probe();
        assertThat(found()).isEmpty();
    }

    @Test
    void sessionOfAnotherNameIsSomebodyElses() {
        first.at(10, 12).logIn(NAME);
        second.at(10, 12).logIn(NAME + 1);
        first.at(20, 22).listed(NAME, FIRST, SECOND);
        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.FOREIGN_SESSION_LISTED);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what()).contains("whose user has never logged in by that name");
        });
    }

    @Test
    void sessionWithoutContentIsNobodys() {
        first.at(10, 12).logIn(NAME);
        first.at(20, 22).listed(NAME, FIRST, 0);
        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.FOREIGN_SESSION_LISTED);
            assertThat(violation.what()).contains("that no user has made, or that has lost its content");
        });
    }

    @Test
    void whatAnotherNodeLearnsLateIsSoftUnlessItStays() {
        first.profile(Profile.SESSION);
        bothLogIn();
        second.at(30, 32).logout();
        first.on(2).at(40, 42).listed(NAME, FIRST, SECOND);
        assertThat(found())
                .singleElement()
                .satisfies(violation -> assertThat(violation.severity()).isEqualTo(Severity.SOFT));
        first.settle().finallyListed(NAME, FIRST, SECOND);
        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.lasting()).isTrue();
            assertThat(violation.what()).endsWith("So it was in 2 of 2 lists.");
        });
    }

    private List<Anomaly> anomalies() {
        return found().stream().map(Violation::anomaly).toList();
    }

    @Test
    void firstEndThatIsAcknowledgedCounts() {
        bothLogIn();
        second.at(30, 60).logout();
        second.at(31, 33).logout();
        first.at(40, 42).listed(NAME, FIRST, SECOND);
        assertThat(anomalies()).containsExactly(Anomaly.ENDED_SESSION_LISTED);
    }

    @Test
    void sessionThatCameBackBelongsIntoTheList() {
        bothLogIn();
        second.at(30, 32).logout();
        second.at(34, 35).probe();
        first.at(40, 42).listed(NAME, FIRST, SECOND);
        assertThat(anomalies()).containsExactly(Anomaly.RESURRECTION);
    }

    @Test
    void loginThatFailedIsNone() {
        first.at(10, 12).logIn(NAME);
        second.at(10, 12).logIn(NAME).rejected();
        first.at(20, 22).listed(NAME, FIRST);
        second.at(30, 32).probe();
        assertThat(found()).isEmpty();
        first.at(40, 42).listed(NAME, FIRST, SECOND);
        assertThat(anomalies()).containsExactly(Anomaly.FOREIGN_SESSION_LISTED);
    }

    @Test
    void endMayComeNoSoonerThanItWasAskedFor() {
        bothLogIn();
        first.at(20, 22).listed(NAME, FIRST);
        second.at(22, 24).logout().lostAnswer();
        assertThat(anomalies()).isEmpty();
        second.at(19, 20).probe();
        first.at(14, 16).listed(NAME, FIRST);
        assertThat(anomalies()).containsExactly(Anomaly.SESSION_NOT_LISTED);
    }

    @Test
    void oldIdThatIsGoneIsNoLoss() {
        bothLogIn();
        second.at(14, 15).rotate();
        second.at(16, 17).oldIdAbsent();
        first.at(20, 22).listed(NAME, FIRST);
        second.at(30, 32).probe();
        assertThat(anomalies()).containsExactly(Anomaly.SESSION_NOT_LISTED);
    }

    /** Served at 14 ms for the last time, and not listed until 22 ms. */
    @Test
    void sessionThatMayHaveExpiredNeedNotBeListed() {
        bothLogIn();
        second.at(14, 15).probe();
        first.at(20, 22).listed(NAME, FIRST);
        assertThat(anomalies()).containsExactly(Anomaly.SESSION_NOT_LISTED);
        first.ttl(9);
        assertThat(anomalies()).containsExactly(Anomaly.SESSION_NOT_LISTED);
        first.ttl(8);
        assertThat(anomalies()).isEmpty();
    }

    /** By twice the error two users' clocks may differ: 8 ms lie between the end and the list. */
    @Test
    void endThatMayComeAfterTheListByTheClocksProvesNothing() {
        bothLogIn();
        second.at(30, 32).logout();
        first.at(40, 42).listed(NAME, FIRST, SECOND);
        first.usersClockError(Story.millis(4) - 1);
        assertThat(anomalies()).contains(Anomaly.ENDED_SESSION_LISTED);
        first.usersClockError(Story.millis(4));
        assertThat(anomalies()).doesNotContain(Anomaly.ENDED_SESSION_LISTED);
    }
}
