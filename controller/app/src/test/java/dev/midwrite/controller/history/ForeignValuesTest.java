package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.OperationKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of values under a load of others, and above all what is not. Digests: OLD was there before NEW. */
class ForeignValuesTest {
    private static final long SESSION = RecordedRun.SESSION;
    private static final long CART = 0xCA;
    private static final long USER = 0xD0;
    private static final long OLD = 11;
    private static final long NEW = 22;
    private static final long OTHER = 33;

    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();
    private final RecordedRun.Start one = run.start("node-1", 1000).ping(0, 20).recording(10);
    private final RecordedRun.Start two = run.start("node-2", 7000).ping(0, 20).recording(10);

    /** Request 1 makes the session with an old cart. */
    ForeignValuesTest() {
        one.begin(101, 1)
                .changes(101, 1, "cart", CART)
                .makes(102, 1)
                .stores(103, 1, SESSION, CART, OLD)
                .commit(110, 1);
        run.step(100, 200, 1, 1, false);
    }

    /** A request on node-1 that finds one cart and leaves another. */
    private void puts(long at, long until, long request, long found, long left) {
        one.begin(at + 1, request)
                .loads(at + 2, request, CART, found)
                .changes(at + 3, request, "cart", CART)
                .stores(at + 4, request, SESSION, CART, left)
                .commit(at + 5, request);
        run.step(at, until, request, 1, false);
    }

    /** A request on node-2 that finds this cart and changes nothing. */
    private void looks(long at, long until, long request, long found) {
        two.begin(at + 1, request).loads(at + 2, request, CART, found).commit(at + 3, request);
        run.step(at, until, request, 2, false);
    }

    /** As Spring does with each bean of a session that a request has touched, when the answer has been written. */
    @Test
    void whatIsSetAgainAsItWasIsNoWrite() throws IOException {
        setsAfterItsAnswer(OLD);
        assertThat(found()).isEmpty();
    }

    @Test
    void whatIsSetAnewAfterTheAnswerIsAWriteThatItCameBefore() throws IOException {
        setsAfterItsAnswer(NEW);
        assertThat(found()).containsExactly(Anomaly.ACKED_BEFORE_SAVED);
    }

    private void setsAfterItsAnswer(long left) {
        one.begin(301, 3)
                .loads(302, 3, CART, OLD)
                .commit(303, 3)
                .changes(304, 3, "cart", CART)
                .stores(305, 3, SESSION, CART, left);
        run.step(300, 400, 3, 1, false);
    }

    private Judgement judged() throws IOException {
        History history = run.history(directory);
        return Judge.judge(history.trial(), history.operations(), List.of(), history.explanations());
    }

    private List<Anomaly> found() throws IOException {
        return judged().cards().stream()
                .map(card -> card.violation().anomaly())
                .distinct()
                .toList();
    }

    private static PropertyResult register(Judgement judgement) {
        return judgement.properties().stream()
                .filter(result -> result.property() == Property.REGISTER)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsReadAsItWasWrittenIsNoFinding() throws IOException {
        puts(300, 400, 2, OLD, NEW);
        looks(500, 600, 3, NEW);
        Judgement judgement = judged();
        assertThat(judgement.cards()).isEmpty();
        assertThat(register(judgement).checked()).isEqualTo(2);
    }

    /** What an application does elsewhere, so that a node's journal is known to tell of it. */
    private void setsSomethingElse(RecordedRun.Start node, long at, long request) {
        node.begin(at, request)
                .changes(at, request, "elsewhere", 0xEE)
                .stores(at, request, 0x77, 0xEE, 5)
                .commit(at, request);
        run.step(at, at + 1, request, 2, false);
    }

    @Test
    void withoutAWordOfWhatIsSetAllThatIsSentMayHaveBeenSet() throws IOException {
        two.begin(301, 3).loads(302, 3, CART, OLD);
        puts(300, 400, 2, OLD, NEW);
        two.stores(420, 3, SESSION, CART, OLD).commit(430, 3);
        run.step(300, 450, 3, 2, false);
        looks(500, 600, 4, OLD);
        assertThat(found()).isEmpty();
    }

    @Test
    void aWholeSessionThatIsSavedOverAnAcknowledgedWriteLosesIt() throws IOException {
        setsSomethingElse(two, 60, 9);
        two.begin(301, 3).loads(302, 3, CART, OLD, USER, OTHER);
        puts(300, 400, 2, OLD, NEW);
        two.stores(420, 3, SESSION, CART, OLD, USER, OTHER).commit(430, 3);
        run.step(300, 450, 3, 2, false);
        looks(500, 600, 4, OLD);
        Judgement judgement = judged();
        AnomalyCard card = judgement.cards().get(0);
        assertThat(card.violation().anomaly()).isEqualTo(Anomaly.LOST_OR_MASKED);
        assertThat(card.violation().session()).isEqualTo(SESSION);
        assertThat(card.violation().what()).contains("attribute cart (00000000000000ca)");
        assertThat(card.violation().witness())
                .extracting(each -> each.request())
                .containsExactly(1L, 2L, 4L);
    }

    @Test
    void ofTwoRequestsThatSetItAtTheSameTimeEitherMayWin() throws IOException {
        two.begin(301, 3).loads(302, 3, CART, OLD).changes(303, 3, "cart", CART);
        puts(300, 400, 2, OLD, NEW);
        two.stores(420, 3, SESSION, CART, OTHER).commit(430, 3);
        run.step(300, 450, 3, 2, false);
        looks(500, 600, 4, OTHER);
        assertThat(found()).isEmpty();
    }

    @Test
    void aSaveAfterTheAnswerIsAStaleReadForWhoComesInBetween() throws IOException {
        one.begin(301, 2).loads(302, 2, CART, OLD).changes(303, 2, "cart", CART).commit(304, 2);
        run.step(300, 400, 2, 1, false);
        looks(500, 600, 3, OLD);
        one.stores(650, 2, SESSION, CART, NEW);
        looks(700, 800, 4, NEW);
        assertThat(found()).containsExactly(Anomaly.STALE_READ, Anomaly.ACKED_BEFORE_SAVED);
    }

    @Test
    void whatIsSetWhenTheAnswerHasBegunIsPromisedToNobody() throws IOException {
        one.begin(301, 2).loads(302, 2, CART, OLD).commit(303, 2).changes(304, 2, "cart", CART);
        run.step(300, 400, 2, 1, false);
        looks(500, 600, 3, OLD);
        one.stores(650, 2, SESSION, CART, NEW);
        looks(700, 800, 4, NEW);
        assertThat(found()).containsExactly(Anomaly.ACKED_BEFORE_SAVED);
    }

    @Test
    void anAnswerThatSaysNoPromisesNothing() throws IOException {
        one.begin(301, 2).loads(302, 2, CART, OLD).changes(303, 2, "cart", CART);
        one.stores(304, 2, SESSION, CART, NEW).commit(305, 2);
        run.foreign().unanswered(OperationKind.STEP, 300, 2, 500, 1);
        looks(500, 600, 3, OLD);
        assertThat(found()).isEmpty();
    }

    @Test
    void equalDigestsMayBeAValueThatWasWrittenAgain() throws IOException {
        puts(300, 400, 2, OLD, NEW);
        puts(500, 600, 3, NEW, OLD);
        looks(700, 800, 4, OLD);
        looks(900, 1000, 5, NEW);
        History history = run.history(directory);
        Judgement judgement = Judge.judge(history.trial(), history.operations(), List.of(), history.explanations());
        assertThat(judgement.cards()).isEmpty();
        assertThat(register(judgement).checked()).isEqualTo(2);
        assertThat(history.valueWords()).singleElement().asString().startsWith("Of 4 values that requests loaded, 2 ");
    }

    @Test
    void whereAllValuesAreAlikeNothingIsObserved() throws IOException {
        puts(300, 400, 2, OLD, OLD);
        looks(500, 600, 3, OLD);
        Judgement judgement = judged();
        assertThat(register(judgement).checked()).isZero();
        assertThat(register(judgement).reason()).isEqualTo("No register was read.");
    }

    @Test
    void aValueThatNobodySentHasAnAuthorWhoMayHaveWrittenMore() throws IOException {
        puts(300, 400, 2, OLD, NEW);
        looks(500, 600, 3, OTHER);
        looks(700, 800, 4, OLD);
        assertThat(found()).isEmpty();
    }

    @Test
    void whatRequestsDoThatNobodyKnowsMayHappenAtAnyTime() throws IOException {
        puts(300, 400, 2, OLD, NEW);
        two.stores(450, 0, SESSION, CART, OTHER);
        looks(500, 600, 3, OTHER);
        looks(700, 800, 4, OTHER);
        assertThat(found()).isEmpty();
    }

    @Test
    void aSessionIsTheSameUnderItsNewId() throws IOException {
        one.begin(301, 2).loads(302, 2, CART, OLD).renames(303, 2, 0x11).changes(304, 2, "cart", CART);
        one.stores(305, 2, 0x11, CART, NEW).commit(306, 2);
        run.step(300, 400, 2, 1, false);
        looks(500, 600, 3, NEW);
        looks(700, 800, 4, OLD);
        assertThat(found()).contains(Anomaly.STALE_READ);
    }

    @Test
    void aWriteThatMetAChangeOfTheIdMayHaveGoneToTheOldOne() throws IOException {
        two.begin(301, 3).loads(302, 3, CART, OLD).renames(303, 3, 0x11).commit(304, 3);
        run.step(300, 390, 3, 2, false);
        puts(310, 400, 2, OLD, NEW);
        looks(500, 600, 4, OLD);
        assertThat(found()).isEmpty();
    }

    @Test
    void whatARemovalLeavesIsNothing() throws IOException {
        puts(300, 400, 2, OLD, 0);
        looks(500, 600, 3, 0);
        assertThat(found()).isEmpty();
    }

    @Test
    void aRemovedValueThatIsThereAgainIsStale() throws IOException {
        puts(300, 400, 2, OLD, 0);
        looks(500, 600, 3, OLD);
        assertThat(found()).contains(Anomaly.STALE_READ);
    }

    @Test
    void anAttributeThatALoadDoesNotShowIsNotThere() throws IOException {
        two.begin(301, 2).loads(302, 2, USER, OTHER).commit(303, 2);
        run.step(300, 400, 2, 2, false);
        one.stores(90, 1, SESSION, USER, OTHER);
        assertThat(found()).contains(Anomaly.LOST_OR_MASKED);
    }

    @Test
    void whatIsReadWhenTheSessionMayHaveEndedIsNotTold() throws IOException {
        puts(300, 400, 2, OLD, NEW);
        two.delete(480, 0);
        looks(500, 600, 3, OLD);
        assertThat(found()).doesNotContain(Anomaly.LOST_OR_MASKED, Anomaly.STALE_READ);
    }

    @Test
    void aJournalThatIsNotWholeProvesNothing() throws IOException {
        puts(300, 400, 2, OLD, NEW);
        looks(500, 600, 3, OLD);
        one.losesItsEnd();
        assertThat(found()).isEmpty();
    }

    /** It may have been the one that is not there any more, or another attribute. */
    @Test
    void whereSomethingWasSentThatCannotBeReadNothingOfTheSessionIsSaid() throws IOException {
        puts(300, 400, 2, OLD, NEW);
        looks(500, 600, 3, OLD);
        one.stores(90, 1, SESSION, ContentDigest.UNREAD, 0);
        History history = run.history(directory);
        Judgement judgement = Judge.judge(history.trial(), history.operations(), List.of(), history.explanations());
        assertThat(judgement.cards()).isEmpty();
        assertThat(register(judgement).checked()).isZero();
        assertThat(history.valueWords())
                .singleElement()
                .asString()
                .startsWith("Of 2 values that requests loaded, 2 cannot be told apart");
    }

    @Test
    void aRequestWithTwoAttemptsSaysNotWhichOneDidWhat() throws IOException {
        puts(300, 400, 2, OLD, NEW);
        run.step(300, 450, 2, 2, false);
        looks(500, 600, 3, OLD);
        assertThat(found()).isEmpty();
    }
}
