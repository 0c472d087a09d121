package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Severity;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.check.session.Story;
import dev.midwrite.event.CookieFlaw;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CookieCheckTest {
    private static final int SECURE = CookieFlaw.SECURE.code();

    private static Judgement judge(Story... stories) {
        List<UserOperation> operations = new ArrayList<>();
        for (int session = 0; session < stories.length; session++) {
            for (UserOperation operation : stories[session].operations()) {
                operations.add(Story.inSession(operation, session + 1));
            }
        }
        return Judge.judge(stories[0].trial(), operations, List.of(), Journals.NONE);
    }

    @Test
    void sixtyLostSessionsAreOneFindingWithTheReason() {
        Story[] stories = new Story[60];
        for (int i = 0; i < stories.length; i++) {
            stories[i] = new Story().create(SECURE).absent().rejected();
        }
        Judgement judgement = judge(stories);
        assertThat(judgement.cards()).hasSize(1);
        AnomalyCard card = judgement.cards().get(0);
        assertThat(card.violation().anomaly()).isEqualTo(Anomaly.COOKIE_NOT_RETURNED);
        assertThat(card.violation().severity()).isEqualTo(Severity.HARD);
        assertThat(card.violation().what())
                .startsWith("60 of 60 answers")
                .contains("because it is Secure, and was set over http")
                .endsWith("60 of these sessions were never found again.");
        assertThat(card.violation().witness()).hasSize(2);
    }

    @Test
    void sessionThatAnotherCookieHoldsIsStillWatched() {
        assertThat(anomalies(judge(new Story().create(SECURE).probe()))).containsExactly(Anomaly.COOKIE_NOT_RETURNED);
        Judgement lost = judge(new Story().create(SECURE).probe().absent());
        assertThat(anomalies(lost)).contains(Anomaly.SESSION_LOST, Anomaly.COOKIE_NOT_RETURNED);
        assertThat(lost.cards())
                .filteredOn(card -> card.violation().anomaly() == Anomaly.COOKIE_NOT_RETURNED)
                .allMatch(card -> card.violation().severity() == Severity.SOFT);
    }

    @Test
    void idsInUrlsAreOneFindingHoweverManyThereAre() {
        Judgement judgement = judge(
                new Story().createInUrl().probe(),
                new Story().create().probe(),
                new Story().createInUrl().probe());
        assertThat(judgement.cards()).hasSize(1);
        AnomalyCard card = judgement.cards().get(0);
        assertThat(card.violation().anomaly()).isEqualTo(Anomaly.ID_IN_URL);
        assertThat(card.violation().severity()).isEqualTo(Severity.SOFT);
        assertThat(card.violation().what()).startsWith("2 of 3 answers");
    }

    @Test
    void aRedirectToAnAddressWithAnIdIsAnIdInAnUrl() {
        Judgement judgement = judge(
                new Story().step(302, UserOperation.IN_URL).create().probe(),
                new Story().step(302, 0).create().probe());
        assertThat(judgement.cards()).singleElement().satisfies(card -> {
            assertThat(card.violation().anomaly()).isEqualTo(Anomaly.ID_IN_URL);
            assertThat(card.violation().what()).startsWith("1 of 4 answers");
        });
        assertThat(judge(new Story().step(200, 0).create().probe()).cards()).isEmpty();
    }

    @Test
    void aRedirectIsNoAnswerOfWhichACookieIsAsked() {
        Judgement judgement = judge(new Story().step(302, 0).create(SECURE).probe());
        assertThat(judgement.cards())
                .singleElement()
                .satisfies(card -> assertThat(card.violation().what()).startsWith("1 of 1 answers"));
    }

    @Test
    void ordinaryCookiesAreSilent() {
        assertThat(anomalies(judge(new Story().create().probe()))).isEmpty();
    }

    private static List<Anomaly> anomalies(Judgement judgement) {
        return judgement.cards().stream()
                .map(card -> card.violation().anomaly())
                .toList();
    }
}
