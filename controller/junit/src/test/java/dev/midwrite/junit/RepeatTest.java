package dev.midwrite.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepeatTest {
    @Test
    void aSeedThatIsNotTheAnnotationsIsNamed() throws Exception {
        assertThat(Repeat.command(RepeatTest.class, RepeatTest.class.getDeclaredMethod("method"), Optional.of(7L)))
                .isEqualTo("mvn test -Dtest='dev.midwrite.junit.RepeatTest#method' -Dmidwrite.seed=7");
    }

    @SuppressWarnings("unused")
    void method() {}
}
