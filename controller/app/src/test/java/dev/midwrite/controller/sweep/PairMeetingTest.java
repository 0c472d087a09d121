package dev.midwrite.controller.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Times are milliseconds. Injection 1 holds up the first operation, injection 2 the second. */
class PairMeetingTest {
    private static final List<UserOperation> OPERATIONS = List.of(
            request(9, 70, 100, 2_150),
            request(9, 71, 300, 2_900),
            request(8, 72, 400, 2_950),
            request(9, 73, 5_000, 0));

    private static UserOperation request(long session, long request, long at, long until) {
        return UserOperation.of(OperationKind.WRITE, session)
                .request(request, 1)
                .between(nanos(at), until == 0 ? UserOperation.NEVER : nanos(until))
                .outcome(until == 0 ? Outcome.INFO : Outcome.OK)
                .build();
    }

    private static Entry fault(int injection, long request, String node, long at) {
        EventRecord record = new EventRecord(
                EventType.FAULT, 0, 0, 0xBEEF, 1, request, 0, 0, 1, Edge.BEFORE, 1, 0, injection, new byte[0]);
        return new Entry(node, 1, record, "spring.SessionRepository.save", PointKind.SESSION_SAVE, "", nanos(at), 0);
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static Optional<PairMeeting> meeting(Entry... faults) {
        return PairMeeting.of(OPERATIONS, List.of(faults), Set.of(1), Set.of(2));
    }

    @Test
    void whatIsHeldUpInTheSameSessionAtTheSameTimeMeets() {
        assertThat(meeting(fault(1, 70, "node-1", 110), fault(2, 71, "node-2", 310)))
                .hasValueSatisfying(meeting -> {
                    assertThat(meeting.first().event().request()).isEqualTo(70);
                    assertThat(meeting.second().event().request()).isEqualTo(71);
                    assertThat(meeting.over()).isEqualTo(nanos(2_900));
                });
    }

    @Test
    void nothingMeetsInAnotherSessionTooEarlyOrTooLate() {
        Entry first = fault(1, 70, "node-1", 110);

        assertThat(meeting(first, fault(2, 72, "node-2", 310))).isEmpty();
        assertThat(meeting(first, fault(2, 71, "node-2", 109))).isEmpty();
        assertThat(meeting(first, fault(2, 73, "node-2", 110 + PairCourse.FIRST_MILLIS)))
                .isEmpty();
        assertThat(meeting(first, fault(2, 0, "node-2", 310)))
                .as("no user's request")
                .isEmpty();
        assertThat(meeting(first)).isEmpty();
    }

    @Test
    void aMeetingOnTwoNodesIsPreferred() {
        assertThat(meeting(fault(1, 70, "node-1", 110), fault(2, 71, "node-1", 200), fault(2, 71, "node-2", 310)))
                .hasValueSatisfying(
                        meeting -> assertThat(meeting.second().node()).isEqualTo("node-2"));
        assertThat(meeting(fault(1, 70, "node-1", 110), fault(2, 71, "node-1", 200)))
                .isPresent();
    }
}
