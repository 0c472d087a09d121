package dev.midwrite.controller.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShrinkTest {
    private final List<List<Integer>> smaller = new ArrayList<>();
    private int trials;

    @ParameterizedTest
    @CsvSource({"8, '3'", "8, '0,7'", "1, '0'", "13, '2,3,11'", "5, '0,1,2,3,4'", "8, ''"})
    void whatIsNotNeededIsLeftOut(int size, String needed) throws InterruptedException {
        List<Integer> culprits = IntStream.range(0, size)
                .boxed()
                .filter(each -> ("," + needed + ",").contains("," + each + ","))
                .toList();

        List<Integer> left =
                shrink(part -> part.containsAll(culprits), Integer.MAX_VALUE).fewest(upTo(size));

        assertThat(left).isEqualTo(culprits);
    }

    /** Either of two will do, so one of them is left. */
    @Test
    void oneOfSeveralCausesIsLeft() throws InterruptedException {
        List<Integer> left = shrink(part -> part.contains(1) || part.contains(6), Integer.MAX_VALUE)
                .fewest(upTo(8));

        assertThat(left).containsExactly(1);
    }

    /** Elements that are alike are different ones. */
    @Test
    void ofTwoAlikeOnlyOneIsLeftOut() throws InterruptedException {
        List<Integer> left = shrink(part -> part.size() >= 2, Integer.MAX_VALUE).fewest(List.of(5, 5, 5, 5));

        assertThat(left).containsExactly(5, 5);
    }

    /** A judge that overlooks failures makes the result larger, and never one that was not seen to fail. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsLeftWasSeenToFailHoweverUncertainTheJudgeIs(long seed) throws InterruptedException {
        Random random = new Random(seed);

        List<Integer> left = shrink(part -> part.contains(4) && random.nextInt(10) < 6, Integer.MAX_VALUE)
                .fewest(upTo(9));

        assertThat(left).contains(4);
        assertThat(smaller).allMatch(part -> part.contains(4));
        assertThat(left).isEqualTo(smaller.isEmpty() ? upTo(9) : smaller.get(smaller.size() - 1));
    }

    @Test
    void whenTheTimeIsOverTheSmallestSoFarIsLeft() throws InterruptedException {
        List<Integer> left = shrink(part -> part.contains(0), 2).fewest(upTo(16));

        assertThat(trials).isEqualTo(2);
        assertThat(left).isEqualTo(upTo(4));
        assertThat(smaller).containsExactly(upTo(8), upTo(4));
    }

    @Test
    void elementsBecomeSimplerAsLongAsThatFails() throws InterruptedException {
        List<Integer> left = shrink(
                        part -> part.stream().mapToInt(Integer::intValue).sum() >= 20, Integer.MAX_VALUE)
                .simplest(List.of(16, 40), each -> each >= 2 ? List.of(each / 2) : List.of());

        assertThat(left).containsExactly(1, 20);
    }

    private Shrink<Integer> shrink(Shrink.Trial<Integer> judge, int most) {
        return new Shrink<>(
                part -> {
                    trials++;
                    return judge.fails(part);
                },
                () -> trials >= most,
                smaller::add);
    }

    private static List<Integer> upTo(int size) {
        return IntStream.range(0, size).boxed().toList();
    }
}
