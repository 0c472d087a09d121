package dev.midwrite.controller.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.load.ServiceRecord.Interruption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceRecordTest {

    /** One request each 100 ms: {@code .} was served, {@code x} was not. */
    private static List<RequestResult> results(String course) {
        List<RequestResult> results = new ArrayList<>();
        for (int i = 0; i < course.length(); i++) {
            results.add(new RequestResult(5000 + 100 * i, course.charAt(i) == '.' ? "" : "status 503"));
        }
        return results;
    }

    @Test
    void withoutAFailureThereIsNoInterruption() {
        ServiceRecord service = ServiceRecord.of(results("....................."));
        assertThat(service.interruptions()).isEmpty();
        assertThat(service.availability()).isEqualTo(1);
        assertThat(service.millis()).isEqualTo(2000);
    }

    @Test
    void serviceIsBackWithTheFirstOfElevenInARow() {
        ServiceRecord service = ServiceRecord.of(results("..xx...x..........." + "x" + "..........."));
        assertThat(service.interruptions())
                .containsExactly(new Interruption(200, 600, 3), new Interruption(1900, 100, 1));
        assertThat(service.failures()).containsEntry("status 503", 4L);
    }

    @Test
    void whatIsNotOverWhenTheFileEndsNeverEnded() {
        assertThat(ServiceRecord.of(results("...x...")).interruptions())
                .containsExactly(new Interruption(300, Double.POSITIVE_INFINITY, 1));
    }

    @Test
    void theOrderOfTheFileDoesNotMatter() {
        List<RequestResult> shuffled = results("..xx...x...........x...........");
        ServiceRecord inOrder = ServiceRecord.of(shuffled);
        Collections.reverse(shuffled);
        assertThat(ServiceRecord.of(shuffled)).isEqualTo(inOrder);
    }
}
