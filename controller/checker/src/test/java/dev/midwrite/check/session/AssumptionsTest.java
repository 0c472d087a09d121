package dev.midwrite.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What breaks a history's promises, and what only looks like it. */
class AssumptionsTest {

    @Test
    void attemptsThatWereNeverSentHaveNoValueAndAreNoDuplicates() {
        Story story = new Story().create();
        for (int i = 0; i < 3; i++) {
            story.write(0).rejected().update(0, 0).rejected().writeGroup(0).rejected();
        }
        assertThat(judge(story).verdict()).isNotEqualTo(Verdict.INVALID);
        assertThat(judge(story.write(1).read(1)).cards()).isEmpty();
    }

    @Test
    void oneValueOfTwoWritesIsOneTooMany() {
        Story story = new Story().create().write(7).write(7);
        assertThat(judge(story).verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judge(story).reasons())
                .contains("Operation 2 of session 1 writes a value that an earlier one wrote.");
    }

    private static Judgement judge(Story story) {
        return Judge.judge(story.trial(), story.operations(), List.of(), Journals.NONE);
    }
}
