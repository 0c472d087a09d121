package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Replacement;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainCheckTest {
    private static final long SECOND = 1_000_000_000L;
    /** Taken out at 10 s, routed to until 11 s, asked to end at 13 s, gone at 14 s, back at 20 s. */
    private static final Replacement PATIENT =
            new Replacement("node-1", 10 * SECOND, 11 * SECOND, 13 * SECOND, 14 * SECOND, false, 20 * SECOND);

    private static final Replacement HASTY =
            new Replacement("node-1", 10 * SECOND, 12 * SECOND, 10 * SECOND, 15 * SECOND, true, 20 * SECOND);

    private final Tally tally = new Tally(10);
    private final List<UserOperation> operations = new ArrayList<>();

    private static Trial trial(Replacement replacement, NodeEnd... ends) {
        return Trial.of(Profile.EVENTUAL)
                .nodes(List.of("unknown", "node-1", "node-2"))
                .replacements(List.of(replacement))
                .nodeEnds(3, List.of(ends))
                .build();
    }

    private DrainCheckTest served(int node, double at, double took) {
        return operation(node, at, nanos(at + took), Outcome.OK, 0, 0);
    }

    private DrainCheckTest unanswered(int node, double at) {
        return operation(node, at, UserOperation.NEVER, Outcome.INFO, 0, 0);
    }

    private DrainCheckTest answered(int node, double at, int status) {
        return operation(node, at, UserOperation.NEVER, Outcome.INFO, status, 0);
    }

    private DrainCheckTest unsent(int node, double at) {
        return operation(node, at, nanos(at), Outcome.FAIL, 0, 0);
    }

    private DrainCheckTest operation(int node, double at, long returned, Outcome outcome, int status, int flags) {
        long number = operations.size() + 1L;
        operations.add(new UserOperation(
                OperationKind.READ,
                number,
                number,
                0,
                nanos(at),
                returned,
                0,
                0,
                100 + number,
                1,
                node,
                0,
                status,
                1,
                outcome,
                flags,
                new long[0]));
        return this;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * SECOND);
    }

    /** Makes one of another operation's session. */
    private void sameSession(int one, int other) {
        operations.set(
                one,
                operations
                        .get(one)
                        .but()
                        .session(operations.get(other).session())
                        .build());
    }

    private List<Violation> violations(Trial trial) {
        DrainCheck.check(trial, operations, tally);
        return tally.violations();
    }

    @Test
    void aNodeThatServesUntilNothingComesIsFine() {
        served(1, 9.9, 0.3).served(1, 10.5, 0.1).served(2, 12, 0.1).served(2, 16, 0.1);

        assertThat(violations(trial(PATIENT))).isEmpty();
        assertThat(tally.of(Property.DRAIN).checked()).isEqualTo(2);
        assertThat(tally.of(Property.DRAIN).inconclusive()).isZero();
    }

    /** It may have been any node's doing, or the proxy's own. */
    @Test
    void whatAProxyLeftWithoutSayingWhomItAskedIsNobodysDoing() {
        answered(0, 10.4, 502)
                .unanswered(0, 10.6)
                .unsent(0, 10.8)
                .served(0, 11, 0.1)
                .served(1, 11, 0.1);
        Trial proxied = trial(HASTY).but().proxied(true).build();

        assertThat(violations(proxied)).isEmpty();
        assertThat(tally.of(Property.DRAIN).inconclusive()).isEqualTo(3);
        assertThat(tally.of(Property.DRAIN).checked()).as("on node-1").isEqualTo(1);
    }

    /** Nobody had asked a node to end. */
    @Test
    void whatAProxyLeftBeforeTheSignalIsNoDoingOfTheRollout() {
        answered(0, 10.4, 502);

        assertThat(violations(trial(PATIENT).but().proxied(true).build())).isEmpty();
        assertThat(tally.of(Property.DRAIN).inconclusive()).isZero();
    }

    @Test
    void whatAProxySaysOfANodeIsThatNodes() {
        answered(1, 10.4, 502).answered(2, 10.6, 502);

        assertThat(violations(trial(HASTY).but().proxied(true).build()))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.what()).startsWith("node-1 rejected 1 of 1 requests (1 with status 502)"));
    }

    @Test
    void aRequestWithoutAnAnswerWasCut() {
        served(1, 10.2, 0.1).unanswered(1, 10.4).unanswered(2, 10.5);

        assertThat(violations(trial(HASTY))).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.REQUEST_CUT);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what())
                    .isEqualTo("node-1 left 1 of 2 requests without an answer while it was replaced, the first 0.4 s"
                            + " after it was taken out of rotation.");
        });
    }

    @Test
    void aRequestThatWasUnderWayWhenTheNodeWasTakenOutCountsIfItEndedLater() {
        unanswered(1, 8).served(2, 9.8, 0.3).unanswered(1, 9.9).served(2, 10.2, 0.1);

        assertThat(violations(trial(HASTY))).singleElement().satisfies(violation -> {
            assertThat(violation.at()).isEqualTo(nanos(9.9));
            assertThat(violation.what()).endsWith("the first under way when it was taken out of rotation.");
        });
    }

    @Test
    void beforeTheNodeIsAskedToEndNothingIsTheRolloutsDoing() {
        unanswered(1, 10.4).answered(1, 10.5, 500).unsent(1, 10.6).served(2, 12.5, 0.1);

        assertThat(violations(trial(PATIENT))).isEmpty();
        assertThat(tally.of(Property.DRAIN).checked()).isEqualTo(3);
    }

    @Test
    void whoWaitsAsLongAsUsersWaitMayHaveBeenSlow() {
        served(2, 13.3, 0.2).unanswered(1, 11.6).served(2, 13.4, 0.2).unanswered(1, 13.2);
        Trial trial = trial(PATIENT).but().timeoutNanos(2 * SECOND).build();

        assertThat(violations(trial))
                .singleElement()
                .satisfies(violation -> assertThat(violation.at()).isEqualTo(nanos(13.2)));
        assertThat(tally.of(Property.DRAIN).inconclusive()).isEqualTo(1);
        assertThat(tally.of(Property.DRAIN).reason()).startsWith("While node-1 was replaced, 1 request waited in vain");
    }

    @Test
    void refusedConnectionsAndServerErrorsAreRejections() {
        unsent(1, 10.1)
                .unsent(1, 10.2)
                .answered(1, 10.3, 503)
                .answered(1, 10.4, 404)
                .unsent(0, 10.5);

        assertThat(violations(trial(HASTY))).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.REQUEST_REJECTED);
            assertThat(violation.what())
                    .contains("rejected 4 of 5 requests"
                            + " (1 with no node in rotation, 1 with status 503, 2 without a connection)");
        });
        assertThat(tally.violated(Property.DRAIN)).isEqualTo(4);
    }

    @Test
    void thatTheApplicationHasNoSuchSessionIsAnAnswer() {
        operation(1, 10.1, nanos(10.2), Outcome.FAIL, 0, UserOperation.ABSENT);

        assertThat(violations(trial(PATIENT))).isEmpty();
    }

    @Test
    void whatComesWhenTheSuccessorServesIsNotTheRolloutsDoing() {
        unanswered(1, 20.1).unsent(1, 21);

        assertThat(violations(trial(PATIENT))).isEmpty();
    }

    /** It was put into rotation too early: who reaches it then notices the rollout. */
    @Test
    void whatTheSuccessorRejectsBeforeItFirstServesIsTheRolloutsDoing() {
        answered(1, 20.1, 503)
                .answered(2, 20.2, 503)
                .answered(1, 20.5, 404)
                .served(1, 23, 0.2)
                .answered(1, 24, 503);

        sameSession(2, 3);
        assertThat(violations(trial(PATIENT))).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.REQUEST_REJECTED);
            assertThat(violation.what())
                    .isEqualTo(
                            "The successor of node-1 rejected 2 requests (1 with status 404, 1 with status 503) when it"
                                    + " was in rotation, until it first served one 3.2 s after that.");
            assertThat(DrainCheck.cause(trial(PATIENT), violation))
                    .isEqualTo("It counted as ready 6.0 s after its predecessor had ended, before it could serve users:"
                            + " name a page that answers well only when it can.");
        });
    }

    /** What the application lacks, or cannot read of one session, says nothing of the node. */
    @Test
    void anErrorOfOneKindOfRequestOrOneSessionIsNoneOfTheSuccessors() {
        answered(1, 20.1, 500).answered(1, 20.2, 404).served(1, 23, 0.2);

        assertThat(violations(trial(PATIENT))).isEmpty();
    }

    @Test
    void aSuccessorThatServesNotEvenWhoComesWithoutASessionServesNobody() {
        answered(1, 20.1, 500).answered(1, 20.2, 500);
        assertThat(violations(trial(PATIENT))).isEmpty();

        operations.set(
                1,
                UserOperation.of(OperationKind.CREATE, 9)
                        .outcome(Outcome.INFO)
                        .node(1)
                        .length(500)
                        .between(nanos(20.2), UserOperation.NEVER)
                        .build());
        assertThat(violations(trial(PATIENT)))
                .singleElement()
                .extracting(Violation::what)
                .isEqualTo(
                        "The successor of node-1 rejected 2 requests (2 with status 500) when it was in rotation, and"
                                + " served none until users stopped or it was replaced itself.");
    }

    @Test
    void aSuccessorThatIsUnavailableRejectsAll() {
        answered(1, 20.1, 503).answered(1, 25, 503);

        assertThat(violations(trial(PATIENT)))
                .singleElement()
                .extracting(Violation::what)
                .isEqualTo(
                        "The successor of node-1 rejected 2 requests (2 with status 503) when it was in rotation, and"
                                + " served none until users stopped or it was replaced itself.");
    }

    @Test
    void aSuccessorOwesNothingOfWhatAFaultHitOrANextReplacementEnds() {
        answered(1, 20.1, 503).answered(1, 31, 503);
        Trial.Happening hit = new Trial.Happening("node-1", 1, nanos(20.2), 101, 0, 0, "");
        Replacement next =
                new Replacement("node-1", 30 * SECOND, 31 * SECOND, 33 * SECOND, 34 * SECOND, false, 40 * SECOND);
        Trial trial = trial(PATIENT)
                .but()
                .replacements(List.of(PATIENT, next))
                .faults(List.of(
                        new Trial.Fault(1, "error", "session.read", "node-1", 0, 30 * SECOND, 1, 1, List.of(hit))))
                .build();

        assertThat(violations(trial)).isEmpty();
    }

    /** The store failed them; a node that nobody replaced would have answered no better. */
    @Test
    void serverErrorsWhileTheStoreItselfIsBrokenAreUndecided() {
        answered(1, 10.4, 500).answered(1, 20.4, 503).unanswered(1, 10.6);
        Trial trial = trial(HASTY)
                .but()
                .faults(List.of(new Trial.Fault(1, "kill", "", Trial.STORE, nanos(9), nanos(25), 1, 1, List.of())))
                .build();

        assertThat(violations(trial)).extracting(Violation::anomaly).containsExactly(Anomaly.REQUEST_CUT);
        assertThat(tally.of(Property.DRAIN).inconclusive()).isEqualTo(2);
    }

    private Trial hitBy(String fault) {
        Trial.Happening hit = new Trial.Happening("node-1", 1, nanos(10.4), 101, 0, 0, "");
        return trial(HASTY)
                .but()
                .faults(List.of(
                        new Trial.Fault(1, fault, "session.save", "node-1", 0, 30 * SECOND, 1, 1, List.of(hit))))
                .build();
    }

    @Test
    void whatAFaultHitIsNotTheRolloutsDoing() {
        unanswered(1, 10.4);

        assertThat(violations(hitBy("hang"))).isEmpty();
    }

    /** It was only slow: what cut it off is the end of the process. */
    @Test
    void aRequestThatADelayHeldUpIsCutOffAllTheSame() {
        unanswered(1, 10.4);

        assertThat(violations(hitBy("delay"))).extracting(Violation::anomaly).containsExactly(Anomaly.REQUEST_CUT);
    }

    /** A pool or a proxy may have given up on it. */
    @Test
    void aRequestThatADelayHeldUpMayHaveBeenRejectedForIt() {
        answered(1, 10.4, 503);

        assertThat(violations(hitBy("delay"))).isEmpty();
    }

    @Test
    void aNodeThatEndedByItselfIsUndecided() {
        unanswered(1, 13.4);

        assertThat(violations(trial(PATIENT, new NodeEnd("node-1", nanos(13.5), 3, NodeEnd.By.ITSELF, ""))))
                .isEmpty();
        assertThat(tally.of(Property.DRAIN).inconclusive()).isEqualTo(1);
    }

    @Test
    void theCardSaysWhatTheOrderOfTheReplacementWas() {
        unsent(1, 10.1);

        Judgement judgement = Judge.judge(trial(HASTY), operations, List.of(), Journals.NONE);

        assertThat(judgement.cards())
                .filteredOn(card -> card.violation().anomaly() == Anomaly.REQUEST_REJECTED)
                .singleElement()
                .extracting(AnomalyCard::cause)
                .isEqualTo("SIGTERM came 0.0 s after it was taken out of rotation, requests were still routed to it for"
                        + " 2.0 s, and its process ended 5.0 s after the signal. It was asked to end while requests"
                        + " were still routed to it: wait before the signal at least as long as routing takes to catch"
                        + " up. It had not ended when its grace period was over, and was killed.");
    }

    @Test
    void withoutARolloutNothingIsObserved() {
        unanswered(1, 10.4);
        Trial trial =
                Trial.of(Profile.STRONG).nodes(List.of("unknown", "node-1")).build();

        assertThat(violations(trial)).isEmpty();
        assertThat(tally.of(Property.DRAIN).checked()).isZero();
    }
}
