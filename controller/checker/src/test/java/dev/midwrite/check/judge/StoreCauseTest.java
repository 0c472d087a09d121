package dev.midwrite.check.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.StoreEvent;
import dev.midwrite.check.session.Story;
import dev.midwrite.event.UserOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A card begins with what happened to the store while its witness came to be, and with nothing else that happened to it. */
class StoreCauseTest {
    private static final String EVICTED = "The store evicted 312 keys between 1.0 s and 2.0 s.";

    private final Story story = new Story().create().probe().absent();
    private final long served = story.operations().get(1).invoked();
    private final UserOperation gone = story.operations().get(2);

    @Test
    void whatHappenedBetweenTheLastAnswerAndTheLossIsTheCause() {
        assertThat(cause(new StoreEvent(served + 1, gone.invoked() - 1, EVICTED)))
                .startsWith(EVICTED);
        assertThat(cause(new StoreEvent(0, gone.returned() + 1_000_000, EVICTED)))
                .as("may have happened then")
                .startsWith(EVICTED);
    }

    @Test
    void whatHappenedBeforeOrAfterIsNot() {
        assertThat(cause(new StoreEvent(0, served - 1, EVICTED))).doesNotContain(EVICTED);
        assertThat(cause(new StoreEvent(gone.returned() + 1, gone.returned() + 2, EVICTED)))
                .doesNotContain(EVICTED);
    }

    @Test
    void ofManyTheFirstAreTold() {
        StoreEvent event = new StoreEvent(served + 1, served + 1, EVICTED);

        assertThat(cause(event, event, new StoreEvent(served + 1, served + 1, "The third.")))
                .startsWith(EVICTED)
                .doesNotContain("The third.");
    }

    private String cause(StoreEvent... events) {
        Trial trial = story.trial().but().storeEvents(List.of(events)).build();
        return Judge.judge(trial, story.operations(), List.of(), Journals.NONE)
                .cards()
                .get(0)
                .cause();
    }
}
