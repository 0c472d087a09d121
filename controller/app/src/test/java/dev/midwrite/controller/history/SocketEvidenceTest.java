package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Replacement;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.SocketHistory;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.history.SocketFacts.Arrival;
import dev.midwrite.controller.history.SocketFacts.Connection;
import dev.midwrite.controller.history.SocketFacts.Conversation;
import dev.midwrite.controller.history.SocketFacts.Socket;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketEvidenceTest {
    private static final Socket ORDERS = new Socket("/orders", true, true, false, false, false, 1001);
    private static final Socket ORDERS_ONCE = new Socket("/orders", true, true, false, true, false, 0);
    private static final Socket PRICES = new Socket("/prices", false, false, true, false, true, 0);
    private static final Socket NEWS = new Socket("/news", false, false, true, false, false, 0);

    private static final List<String> NODES = List.of("unknown", "node-1", "node-2", "node-3");
    private static final Replacement REPLACEMENT = new Replacement("node-1", 50, 60, 100, 150, false, 300);
    private static final FaultFacts STOP = new FaultFacts(0, "restart", "", "node-3", 100, 300, 1, 1, true);
    private static final Trial.NodeEnd STOPPED = new Trial.NodeEnd("node-3", 100, 143, Trial.NodeEnd.By.ASKED, "");

    private static final OwedSessions OWED = new OwedSessions(Set.of(), Map.of(1L, 150L), 0);

    @TempDir
    private Path directory;

    @Test
    void whatWasConfirmedAndIsNotKeptIsLost() {
        assertThat(judge(ORDERS, orders(3, List.of(), 1, 2, 3))).isEmpty();
        assertThat(judge(ORDERS, orders(3, List.of(), 1, 3))).containsExactly(Anomaly.WS_LOST);
        assertThat(judge(ORDERS, orders(3, List.of()))).containsExactly(Anomaly.WS_LOST);
    }

    @Test
    void aCardSaysWhichNodesHadGoneAndWhatACodeMeans() {
        assertThat(judgement(ORDERS, orders(3, List.of(), 1, 3)).cards())
                .extracting(AnomalyCard::cause, AnomalyCard::certainty)
                .containsExactly(tuple(
                        "node-3 had ended by then. The nodes' journals say nothing of messages.",
                        "Seen by the users' own connections, on their one clock."));
        assertThat(judgement(ORDERS, closed(new Connection(1, 10, 120, 1006))).cards())
                .extracting(AnomalyCard::cause)
                .containsExactly(
                        "Code 1006 is what a client reports of a connection that broke without a close frame.");
    }

    @Test
    void whatNobodyConfirmedIsOwedByNobody() {
        // Number 4 was sent and not confirmed; 5 was kept all the same.
        assertThat(judge(ORDERS, orders(3, List.of(), 1, 2, 3, 5))).isEmpty();
    }

    @Test
    void whatWasSentAgainMayBeKeptTwiceUnlessItMustNot() {
        Conversation twice = orders(4, List.of(2L, 3L), 1, 2, 3, 2, 3, 4);
        assertThat(judge(ORDERS, twice)).isEmpty();
        assertThat(judge(ORDERS_ONCE, twice)).contains(Anomaly.WS_DUP);
        // Nobody sent number 1 again.
        assertThat(judge(ORDERS, orders(2, List.of(), 1, 1, 2))).containsExactly(Anomaly.WS_DUP);
        assertThat(judge(ORDERS, orders(3, List.of(), 1, 3, 2))).containsExactly(Anomaly.WS_REORDER);
        assertThat(judge(ORDERS, orders(3, List.of(2L), 1, 3, 2))).isEmpty();
    }

    @Test
    void anEndedSessionIsOwedNothing() {
        Conversation conversation = orders(3, List.of());
        Conversation ended =
                new Conversation(1, 0, true, 3, 3, List.of(), List.of(), 100, List.of(), List.of(), Map.of(), 200);
        assertThat(judge(ORDERS, conversation)).isNotEmpty();
        assertThat(judge(ORDERS, ended)).isEmpty();
    }

    @Test
    void withoutAnAnswerWhatWasKeptIsUnknown() {
        Conversation unasked = new Conversation(
                1, 0, false, 3, 3, List.of(), List.of(), SocketFacts.NEVER, List.of(), List.of(), Map.of(), 200);
        assertThat(judge(ORDERS, unasked)).isEmpty();
        assertThat(websocket(ORDERS, unasked).validity()).isEqualTo(Validity.UNKNOWN);
    }

    @Test
    void aFeedThatResumesHasNoGapOverABreak() {
        assertThat(judge(PRICES, feed(arrival(0, 17), arrival(0, 18), arrival(1, 19))))
                .isEmpty();
        assertThat(judge(PRICES, feed(arrival(0, 17), arrival(0, 18), arrival(1, 20))))
                .containsExactly(Anomaly.WS_GAP);
        assertThat(judge(PRICES, feed(arrival(0, 17), arrival(0, 18), arrival(1, 18))))
                .containsExactly(Anomaly.WS_DUP);
    }

    @Test
    void aFeedThatDoesNotResumeOwesOnlyWhatAConnectionCarries() {
        assertThat(judge(NEWS, feed(arrival(0, 17), arrival(0, 18), arrival(1, 20), arrival(1, 21))))
                .isEmpty();
        assertThat(judge(NEWS, feed(arrival(0, 17), arrival(0, 19), arrival(1, 20))))
                .containsExactly(Anomaly.WS_GAP);
    }

    @Test
    void aCloseIsJudgedWhileItsNodeIsStoppedInOrder() {
        // The node was asked to end at 100 and ended at 150; the other was not.
        assertThat(judge(ORDERS, closed(new Connection(1, 10, 120, 1001)))).isEmpty();
        assertThat(judge(ORDERS, closed(new Connection(1, 10, 120, 1006)))).containsExactly(Anomaly.WRONG_CLOSE_CODE);
        assertThat(judge(ORDERS, closed(new Connection(1, 10, 90, 1006)))).isEmpty();
        assertThat(judge(ORDERS, closed(new Connection(1, 10, 120, SocketFacts.GIVEN_UP))))
                .isEmpty();
        assertThat(judge(ORDERS, closed(new Connection(2, 10, 120, 1006)))).isEmpty();
        assertThat(judge(ORDERS, closed(new Connection(1, 10, SocketFacts.NEVER, 0))))
                .isEmpty();
        assertThat(judge(ORDERS, closed(new Connection(3, 10, 120, 1006)))).containsExactly(Anomaly.WRONG_CLOSE_CODE);
        assertThat(judge(ORDERS, closed(new Connection(3, 120, 130, 1006)))).isEmpty();
    }

    @Test
    void aCloseIsJudgedIfItsNodeHadToBeKilled() {
        Replacement killed = new Replacement("node-1", 50, 60, 100, 150, true, 300);
        Judgement judgement = judgement(ORDERS, closed(new Connection(1, 10, 150, 1006)), killed, List.of(STOPPED));

        assertThat(judgement.cards())
                .extracting(card -> card.violation().anomaly(), AnomalyCard::cause)
                .containsExactly(tuple(
                        Anomaly.WRONG_CLOSE_CODE,
                        "Code 1006 is what a client reports of a connection that broke without a close frame. node-1 had not"
                                + " ended when its grace period was over, and was killed."));
    }

    @Test
    void aNodeThatAFaultEndedWhileItWasReplacedOwesNoClose() {
        Trial.NodeEnd crashed = new Trial.NodeEnd("node-1", 130, 137, Trial.NodeEnd.By.FAULT, "");
        Conversation broken = closed(new Connection(1, 10, 130, 1006));

        assertThat(judgement(ORDERS, broken, REPLACEMENT, List.of(crashed)).cards())
                .isEmpty();
        assertThat(judgement(ORDERS, broken, REPLACEMENT, List.of(STOPPED)).cards())
                .hasSize(1);
    }

    @Test
    void saysWhatWasNotTried() {
        assertThat(SocketWords.untested(facts(ORDERS, rejected())))
                .containsExactly("No connection to /orders was ever open, 3 rejected with status 404.");
        assertThat(SocketWords.untested(facts(ORDERS, closed(new Connection(1, 10, 20, 1001)))))
                .containsExactly("No message to /orders was ever confirmed.");
        assertThat(SocketWords.untested(facts(PRICES, closed(new Connection(1, 10, 20, 0)))))
                .containsExactly("No numbered message came from /prices.");
        assertThat(SocketWords.untested(facts(PRICES, feed(arrival(0, 1))))).isEmpty();
    }

    @Test
    void saysWhatHappened() {
        Conversation conversation = new Conversation(
                1,
                0,
                false,
                5,
                4,
                List.of(),
                List.of(),
                200,
                List.of(),
                List.of(new Connection(1, 0, 1_000_000, 1001), new Connection(2, 13_000_000, SocketFacts.NEVER, 0)),
                Map.of(503, 2L),
                20_000_000);
        assertThat(SocketWords.of(facts(ORDERS, conversation)))
                .containsExactly(
                        "Socket /orders: 1 conversation over 2 connections, 4 of 5 messages confirmed, 1 closed"
                                + " with 1001, 2 rejected with status 503. After a break they were back after 12 ms (p50), 12 ms"
                                + " (longest).");
    }

    @Test
    void theFileIsReadAsItWasWritten() throws IOException {
        Bundle bundle = new Bundle(directory);
        assertThat(bundle.socketFacts()).isEmpty();
        SocketFacts facts = facts(PRICES, feed(arrival(0, 17), arrival(1, 18)));
        bundle.write(facts);
        assertThat(bundle.socketFacts()).contains(facts);

        Files.writeString(bundle.sockets(), "{\"format\":99,\"sockets\":[],\"conversations\":[]}");
        assertThatThrownBy(bundle::socketFacts)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has format 99; this Midwrite reads format 1.");
        Files.writeString(bundle.sockets(), """
                {"format": 1, "sockets": [], "conversations": [{"session": 1, "socket": 0, "ended": false, "numbered": 0,
                "confirmed": 0, "resent": [], "kept": [], "keptAt": -1, "feed": [], "connections": [], "rejected": {},
                "until": 9}]}
                """);
        assertThatThrownBy(bundle::socketFacts)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("there is no socket 0");
        Files.writeString(bundle.sockets(), "{\"format\": 1, \"sockets\": null, \"conversations\": []}");
        assertThatThrownBy(bundle::socketFacts).isInstanceOf(Problem.class);
        assertThat(facts(ORDERS, closed(new Connection(4, 10, 20, 1001))).unknownNode(4))
                .contains(4);
        assertThat(facts(ORDERS, closed(new Connection(3, 10, 20, 1001))).unknownNode(4))
                .isEmpty();
        Files.writeString(bundle.sockets(), "{\"format\":1,");
        assertThatThrownBy(bundle::socketFacts).isInstanceOf(Problem.class).hasMessageContaining("sockets.json");
    }

    @Test
    void onlyASessionThatNobodyEndedAndThatIsNotOldIsOwed() {
        UserOperation asked = operation(OperationKind.READ, Outcome.OK, 1_000);
        assertThat(owed(0, asked)).isTrue();
        assertThat(owed(2_000, asked)).isTrue();
        assertThat(owed(1_000, asked)).isFalse();
        assertThat(owed(Trial.NEVER, asked)).isTrue();
        assertThat(owed(0)).isFalse();
        assertThat(owed(0, asked, operation(OperationKind.INVALIDATE, Outcome.INFO, 1_001)))
                .isFalse();
        assertThat(owed(0, asked, operation(OperationKind.INVALIDATE, Outcome.FAIL, 1_001)))
                .isTrue();
        assertThat(owed(0, asked, operation(OperationKind.ROTATE_ID, Outcome.INFO, 1_001)))
                .isFalse();
        assertThat(owed(0, asked, operation(OperationKind.ROTATE_ID, Outcome.OK, 1_001)))
                .isTrue();
        assertThat(owed(0, asked, operation(OperationKind.WRITE, Outcome.INFO, 1_001)))
                .isTrue();
        assertThat(owed(0, asked, operation(OperationKind.LOG_IN, Outcome.OK, 1_001)))
                .isTrue();
        UserOperation others = UserOperation.of(OperationKind.END_OTHERS, 2)
                .outcome(Outcome.INFO)
                .build();
        assertThat(owed(0, asked, operation(OperationKind.LOG_IN, Outcome.OK, 1_001), others))
                .isFalse();
    }

    /** Half a microsecond after it was asked for. */
    private static boolean owed(long ttlNanos, UserOperation... operations) {
        return OwedSessions.of(List.of(operations), ttlNanos).owed(1, 1_500);
    }

    private static UserOperation operation(OperationKind kind, Outcome outcome, long invoked) {
        return UserOperation.of(kind, 1)
                .outcome(outcome)
                .between(invoked, invoked + 1)
                .build();
    }

    private static Conversation rejected() {
        return new Conversation(
                1, 0, false, 0, 0, List.of(), List.of(), SocketFacts.NEVER, List.of(), List.of(), Map.of(404, 3L), 200);
    }

    private static Conversation orders(long confirmed, List<Long> resent, long... kept) {
        return new Conversation(
                1,
                0,
                false,
                confirmed + 2,
                confirmed,
                resent,
                LongStream.of(kept).boxed().toList(),
                100,
                List.of(),
                List.of(),
                Map.of(),
                200);
    }

    private static Arrival arrival(int connection, long number) {
        return new Arrival(connection, number, number);
    }

    private static Conversation feed(Arrival... arrivals) {
        return new Conversation(
                1,
                0,
                false,
                0,
                0,
                List.of(),
                List.of(),
                SocketFacts.NEVER,
                List.of(arrivals),
                List.of(new Connection(1, 0, SocketFacts.NEVER, 0)),
                Map.of(),
                200);
    }

    private static Conversation closed(Connection connection) {
        return new Conversation(
                1,
                0,
                false,
                0,
                0,
                List.of(),
                List.of(),
                SocketFacts.NEVER,
                List.of(),
                List.of(connection),
                Map.of(),
                200);
    }

    private static SocketFacts facts(Socket socket, Conversation conversation) {
        return new SocketFacts(SocketFacts.FORMAT, List.of(socket), List.of(conversation));
    }

    private static List<Anomaly> judge(Socket socket, Conversation conversation) {
        return websocket(socket, conversation).violations().stream()
                .map(Violation::anomaly)
                .toList();
    }

    private static PropertyResult websocket(Socket socket, Conversation conversation) {
        return judgement(socket, conversation).properties().stream()
                .filter(result -> result.property() == Property.WEBSOCKET)
                .findFirst()
                .orElseThrow();
    }

    private static Judgement judgement(Socket socket, Conversation conversation) {
        return judgement(socket, conversation, REPLACEMENT, List.of(STOPPED));
    }

    private static Judgement judgement(
            Socket socket, Conversation conversation, Replacement replacement, List<Trial.NodeEnd> ends) {
        SocketHistory history =
                SocketEvidence.of(facts(socket, conversation), NODES, List.of(replacement), List.of(STOP), ends, OWED);
        Trial trial = Trial.of(Profile.SESSION)
                .sockets(history)
                .nodeEnds(1, ends)
                .replacements(List.of(replacement))
                .build();
        return Judge.judge(trial, List.of(), List.of(), Journals.NONE);
    }
}
