package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The numbers in frames are part of the format: this test breaks when a constant is moved, which no one may do. */
class CodeTest {

    @Test
    void numbersNeverChange() {
        assertThat(codes(EventType.values()))
                .isEqualTo("HEADER NAME OPERATION FAULT FAULT_DONE LIFECYCLE LOCATION HELD_BACK CONTENT");
        assertThat(codes(Edge.values())).isEqualTo("NONE BEFORE STEP INSIDE AFTER");
        assertThat(codes(Outcome.values())).isEqualTo("NONE OK FAIL INFO");
        assertThat(codes(FaultKind.values()))
                .isEqualTo(
                        "NONE DELAY ERROR DROP CRASH TEAR LAG DUPLICATE REORDER PARTITION HANG CORRUPT PRESSURE CLOCK STALE THROTTLE");
        assertThat(codes(OperationKind.values()))
                .isEqualTo("NONE CREATE READ WRITE APPEND READ_LIST INCREMENT READ_COUNTER WRITE_GROUP READ_GROUP"
                        + " UPDATE READ_DOCUMENT REMOVE INVALIDATE ROTATE_ID PROBE PROBE_OLD_ID RELOGIN MUTATE READ_MUTATED"
                        + " STEP LOG_IN LIST_SESSIONS END_OTHERS LOG_OUT PROBE_LOGGED_OUT");
        assertThat(codes(PointKind.values()))
                .startsWith("NONE SESSION_CREATE SESSION_READ SESSION_SET SESSION_SAVE SESSION_DELETE");
    }

    @Test
    void aNumberOfALaterVersionIsRefused() {
        assertThatThrownBy(() -> Edge.of(99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no Edge has number 99");
    }

    @Test
    void kindsAreFoundByTheNameThatDrillsUse() {
        assertThat(PointKind.named("session.save")).contains(PointKind.SESSION_SAVE);
        assertThat(PointKind.named("")).isEmpty();
        assertThat(PointKind.named("session.sav")).isEmpty();
    }

    private static <E extends Enum<E> & Code> String codes(E[] values) {
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i].code()).isEqualTo(i);
        }
        return Arrays.stream(values).map(Enum::name).collect(Collectors.joining(" "));
    }
}
