package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.session.Story;
import org.junit.jupiter.api.Test;

class LifecycleCheckTest {

    private static Story story() {
        return new Story().create();
    }

    @Test
    void aWholeLife() {
        assertThat(story().probe()
                        .rotate()
                        .oldIdAbsent()
                        .probe()
                        .logout()
                        .oldIdAbsent()
                        .anomalies())
                .isEmpty();
    }

    @Test
    void goneWithoutLogout() {
        Story story = story().probe().on(2).absent().settle().finalAbsent();
        assertThat(story.anomalies()).containsExactly(Anomaly.SESSION_LOST);
        assertThat(story.judged().violations()).singleElement().satisfies(violation -> {
            assertThat(violation.lasting()).isTrue();
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what()).contains("gone on node-2").contains("node-1 had served it");
        });
    }

    @Test
    void aNodeThatNeverHadItIsSaid() {
        Story elsewhere = story().probe().on(2).absent();
        assertThat(elsewhere.judged().violations().get(0).why()).endsWith("the drill must say scope: node.");
        Story lost = story().probe().on(2).probe().absent();
        assertThat(lost.judged().violations().get(0).why()).endsWith("it must still be there.");
    }

    @Test
    void goneFromItsOwnNodeAloneWhereItLivesOnOne() {
        assertThat(story().onOneNode()
                        .probe()
                        .on(2)
                        .absent()
                        .settle()
                        .on(1)
                        .finalProbe()
                        .anomalies())
                .isEmpty();
        assertThat(story().onOneNode().probe().on(2).incarnation(5).probe().anomalies())
                .isEmpty();
        assertThat(story().onOneNode().probe().on(1).absent().anomalies()).containsExactly(Anomaly.SESSION_LOST);
    }

    @Test
    void absenceNearALogoutProvesNothing() {
        assertThat(story().logout().lostAnswer().absent().anomalies()).isEmpty();
        assertThat(story().at(20, 40).logout().at(30, 31).absent().anomalies()).isEmpty();
        assertThat(story().rotate().lostAnswer().absent().anomalies()).isEmpty();
        assertThat(new Story().create().lostAnswer().absent().anomalies()).isEmpty();
    }

    @Test
    void absenceBesideAChangeOfIdProvesNothing() {
        assertThat(story().at(20, 40).rotate().by(2).at(30, 50).absent().anomalies())
                .as("it may have been sent with the id that ended")
                .isEmpty();
        assertThat(story().at(20, 40).rotate().by(2).at(15, 25).absent().anomalies())
                .isEmpty();
        assertThat(story().at(20, 40).rotate().by(2).at(41, 50).absent().anomalies())
                .as("it was sent with the new id")
                .containsExactly(Anomaly.SESSION_LOST);
    }

    @Test
    void aRejectedWriteForWantOfASessionIsAbsenceToo() {
        Story story = story().ttl(100_000);
        assertThat(story.probe().absent().rejected().anomalies()).containsExactly(Anomaly.SESSION_LOST);
    }

    @Test
    void servedFromAnotherSession() {
        assertThat(story().probe().incarnation(5).probe().anomalies()).containsExactly(Anomaly.SESSION_REPLACED);
        assertThat(story().probe().incarnation(0).probe().anomalies()).containsExactly(Anomaly.SESSION_REPLACED);
    }

    @Test
    void backAfterLogout() {
        assertThat(story().logout().oldId().anomalies()).containsExactly(Anomaly.RESURRECTION);
        assertThat(story().logout().probe().anomalies()).containsExactly(Anomaly.RESURRECTION);
        assertThat(story().at(20, 40).logout().at(30, 41).probe().anomalies()).isEmpty();
        assertThat(story().logout().lostAnswer().probe().anomalies()).isEmpty();
    }

    @Test
    void aSessionWithAnotherInItsPlaceStaysAway() {
        assertThat(story().relogin().oldIdAbsent().anomalies()).isEmpty();
        assertThat(story().relogin().absent().anomalies()).isEmpty();
        Story back = story().relogin().oldId();
        assertThat(back.anomalies()).containsExactly(Anomaly.RESURRECTION);
        assertThat(back.judged().violations().get(0).what()).contains("after another one had been made in its place");
        assertThat(story().relogin().incarnation(5).oldId().anomalies()).containsExactly(Anomaly.ID_REUSE);
    }

    @Test
    void endedIdThatStillWorks() {
        assertThat(story().rotate().oldId().anomalies()).containsExactly(Anomaly.OLD_ID_ALIVE);
        assertThat(story().rotate().incarnation(5).oldId().anomalies()).containsExactly(Anomaly.ID_REUSE);
    }

    @Test
    void expiryWindows() {
        // Idle for 600 of 1000 ms: still certainly alive. For 1500 ms: nobody can say. For 3000 ms: certainly gone.
        assertThat(story().ttl(1000).at(600, 601).absent().anomalies()).containsExactly(Anomaly.PREMATURE_EXPIRY);
        assertThat(story().ttl(1000).at(100, 101).absent().anomalies()).containsExactly(Anomaly.SESSION_LOST);
        assertThat(story().ttl(1000).at(1500, 1501).absent().anomalies()).isEmpty();
        assertThat(story().ttl(1000).at(1500, 1501).probe().anomalies()).isEmpty();
        assertThat(story().ttl(1000).at(3000, 3001).absent().anomalies()).isEmpty();
        assertThat(story().ttl(1000).at(3000, 3001).probe().anomalies()).containsExactly(Anomaly.OVERSTAY);
        assertThat(story().ttl(1000).probe().lostAnswer().at(3000, 3001).probe().anomalies())
                .isEmpty();
    }

    @Test
    void aTouchStartsTheWindowAnew() {
        assertThat(story().ttl(1000)
                        .at(900, 901)
                        .probe()
                        .at(1800, 1801)
                        .absent()
                        .anomalies())
                .containsExactly(Anomaly.PREMATURE_EXPIRY);
    }
}
