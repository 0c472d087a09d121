package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTallyTest {
    private static final int REQUEST = 1;
    private static final int COMMIT = 2;
    private static final int SAVE = 3;

    private final FleetTally tally = new FleetTally();

    private void starts(String node, long incarnation) {
        name(node, incarnation, REQUEST, PointKind.REQUEST);
        name(node, incarnation, COMMIT, PointKind.RESPONSE_COMMIT);
        name(node, incarnation, SAVE, PointKind.SESSION_SAVE);
    }

    private void name(String node, long incarnation, int number, PointKind kind) {
        tally.stored(node, incarnation, record(EventType.NAME, 0, 0, number, Edge.NONE, kind.code()), kind.label());
    }

    private void operation(int point, Edge edge, long session, long request, Outcome outcome) {
        tally.stored(
                "node-1", 1, record(EventType.OPERATION, session, request, point, edge, outcome.code()), "some.point");
    }

    private void drop(long request) {
        tally.stored(
                "node-1",
                1,
                record(EventType.FAULT, 9, request, SAVE, Edge.BEFORE, FaultKind.DROP.code()),
                "spring.SessionRepository.save");
    }

    private static EventRecord record(EventType type, long session, long request, int point, Edge edge, int outcome) {
        int injection = type == EventType.FAULT ? 4 : 0;
        return new EventRecord(type, 0, 0, session, 0, request, 0, 0, point, edge, outcome, 0, injection, new byte[0]);
    }

    private List<String> messages() {
        return tally.lines().stream().map(LogLine::message).toList();
    }

    @Test
    void operationsAreCountedOnceAndByWhatTheyAre() {
        starts("node-1", 1);
        operation(REQUEST, Edge.BEFORE, 0, 5, Outcome.NONE);
        operation(SAVE, Edge.BEFORE, 9, 5, Outcome.NONE);
        operation(SAVE, Edge.AFTER, 9, 5, Outcome.OK);
        operation(SAVE, Edge.BEFORE, 10, 6, Outcome.NONE);
        assertThat(messages())
                .containsExactly(
                        "saw 3 operations of 2 sessions on 1 node: session.save 2, request 1", "no fault happened");
    }

    @Test
    void aNumberMeansWhatThatStartOfItsNodeSays() {
        starts("node-1", 1);
        name("node-1", 2, REQUEST, PointKind.STORE_COMMAND);
        operation(REQUEST, Edge.BEFORE, 0, 5, Outcome.NONE);
        tally.stored(
                "node-1", 2, record(EventType.OPERATION, 0, 0, REQUEST, Edge.BEFORE, Outcome.NONE.code()), "lettuce");
        assertThat(messages().get(0)).endsWith(" on 1 node: store.command 1, request 1");
    }

    @Test
    void theAcknowledgedRequestsThatFaultsStruckAreNamed() throws IOException {
        starts("node-1", 1);
        for (long request = 5; request <= 7; request++) {
            operation(REQUEST, Edge.BEFORE, 0, request, Outcome.NONE);
        }
        drop(5);
        operation(COMMIT, Edge.AFTER, 0, 5, Outcome.OK);
        operation(REQUEST, Edge.AFTER, 0, 5, Outcome.OK);
        drop(6);
        operation(COMMIT, Edge.AFTER, 0, 6, Outcome.OK);
        operation(REQUEST, Edge.AFTER, 0, 6, Outcome.FAIL);
        drop(7);
        assertThat(messages())
                .containsExactly(
                        "saw 3 operations of 0 sessions on 1 node: request 3",
                        "happened 3 times: drop at spring.SessionRepository.save on node-1, injection 4",
                        "faults struck 3 requests that users had named, 1 of which was acknowledged: 0000000000000005 on"
                                + " node-1");
        JsonNode last = new ObjectMapper().readTree(tally.lines().get(2).in(LogFormat.JSON));
        assertThat(last.get("struck").asInt()).isEqualTo(3);
        assertThat(last.at("/acknowledged/0").asText()).isEqualTo("0000000000000005 on node-1");
    }

    @Test
    void anAnswerBeforeTheFaultCountsToo() {
        starts("node-1", 1);
        operation(COMMIT, Edge.AFTER, 0, 5, Outcome.OK);
        drop(5);
        assertThat(messages().get(2)).contains("1 of which was acknowledged");
    }

    @Test
    void whereNoBeginOfAnAnswerIsSeenItsGoodEndTells() {
        starts("node-1", 1);
        drop(5);
        operation(REQUEST, Edge.AFTER, 0, 5, Outcome.OK);
        assertThat(messages().get(2)).contains("1 of which was acknowledged");
    }

    @Test
    void whoStruckNoNamedRequestStillHappened() {
        starts("node-1", 1);
        drop(0);
        assertThat(messages())
                .containsExactly(
                        "saw 0 operations of 0 sessions on 1 node",
                        "happened 1 time: drop at spring.SessionRepository.save on node-1, injection 4",
                        "faults struck 0 requests that users had named, 0 of which were acknowledged");
    }
}
