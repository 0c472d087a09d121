package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Validity;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {

    private static String finding(long checked, long inconclusive, long explained) {
        return Wording.finding(new PropertyResult(
                Property.GUARANTEES, Validity.UNKNOWN, checked, 0, inconclusive, explained, "", List.of()));
    }

    @Test
    void whatSomethingWorseExplainsIsNotCalledInconclusive() {
        assertThat(finding(9_120, 0, 3)).isEqualTo("3 findings explained by a worse one, 9,120 checked");
        assertThat(finding(9_120, 0, 1)).isEqualTo("1 finding explained by a worse one, 9,120 checked");
        assertThat(finding(9_120, 14, 0)).isEqualTo("14 inconclusive of 9,134");
        assertThat(finding(9_120, 14, 3)).isEqualTo("14 inconclusive of 9,134, 3 findings explained by a worse one");
        assertThat(finding(0, 0, 3)).isEqualTo("3 findings explained by a worse one, 0 checked");
        assertThat(finding(0, 0, 0)).isEqualTo("not observed");
    }
}
