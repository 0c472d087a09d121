package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalSentencesTest {

    @Test
    void aCommandThatIsRepeatedIsCounted() {
        assertThat(JournalSentences.counted(Collections.nCopies(295, "HGETALL")))
                .isEqualTo("HGETALL (295 times)");
    }

    @Test
    void theOrderOfCommandsStays() {
        assertThat(JournalSentences.counted(List.of("EXISTS", "HMSET", "HMSET", "EXISTS")))
                .isEqualTo("EXISTS, HMSET (2 times), EXISTS");
    }
}
