package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What kept an injection from operations, counted over all starts of a node. */
class HeldBackTest {
    private final HeldBack heldBack = new HeldBack();

    @Test
    void namesEachConditionWithItsCountAndAddsUp() {
        heldBack.add("edge=40\nnew=15\nprobability=2\n");
        heldBack.add("probability=3\n");
        assertThat(heldBack.sentence()).isEqualTo("'new: true' was false for 15; 'probability' let 5 pass");
    }

    @Test
    void theEdgeIsTheReasonOnlyWhereNothingElseIs() {
        heldBack.add("edge=40\n");
        assertThat(heldBack.sentence()).isEqualTo("operations passed its point, and none came to its edge");
    }

    @Test
    void whatIsNoCountIsLeftOut() {
        heldBack.add("\nnonsense\n=3\nnew=many\nnew=\nlater word=4\n");
        assertThat(heldBack.sentence()).isEmpty();
    }
}
