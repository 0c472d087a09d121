package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.StoreSample;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreWatchTest {
    private final SteppedClock clock = new SteppedClock();
    private final Map<String, String> says = new HashMap<>(Map.of("run_id", "a", "evicted_keys", "0", "keys", "1"));
    private boolean answers = true;
    private final StoreWatch watch = new StoreWatch(
            () -> {
                if (!answers) {
                    throw new Problem("no answer");
                }
                return Map.copyOf(says);
            },
            clock);

    @Test
    void keepsTheFirstTheLastAndBothSidesOfEveryChange() {
        lookAt(1);
        lookAt(2);
        says.put("keys", "7");
        lookAt(3);
        says.put("evicted_keys", "5");
        lookAt(4);
        lookAt(5);
        lookAt(6);

        assertThat(watch.samples()).extracting(StoreSample::at).containsExactly(1L, 3L, 4L, 6L);
        assertThat(watch.samples().get(1).text("keys")).isEqualTo("7");
    }

    @Test
    void aStoreThatDoesNotAnswerIsASampleToo() {
        lookAt(1);
        answers = false;
        lookAt(2);
        lookAt(3);
        answers = true;
        says.put("run_id", "b");
        lookAt(4);

        assertThat(watch.samples()).extracting(StoreSample::up).containsExactly(true, false, false, true);
    }

    @Test
    void nothingWasSeenBeforeTheFirstLook() {
        assertThat(watch.samples()).isEmpty();
        lookAt(1);
        assertThat(watch.samples()).hasSize(1);
    }

    private void lookAt(long moment) {
        clock.sleep(moment - clock.now());
        watch.look();
    }
}
