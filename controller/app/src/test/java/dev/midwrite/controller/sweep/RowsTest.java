package dev.midwrite.controller.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.run.BrokenRun;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void allAreChosenIfNobodySaysWhich() {
        assertThat(Rows.chosen(List.of("a", "b"), Set.of())).containsOnlyKeys(1, 2);
        assertThat(Rows.chosen(List.of("a", "b"), Set.of(2)))
                .containsEntry(2, "b")
                .hasSize(1);
        assertThatThrownBy(() -> Rows.chosen(List.of("a", "b"), Set.of(3)))
                .isInstanceOf(BrokenRun.class)
                .hasMessage("There is no row 3; rows are 1 to 2.");
    }

    @Test
    void noRunIsLongAndNoneIsMuchShorterThanTheOthers() {
        assertThat(Rows.runs(rows(8))).containsExactly(rows(8));
        assertThat(Rows.runs(rows(9))).extracting(run -> run.size()).containsExactly(4, 5);
        assertThat(Rows.runs(rows(33))).extracting(run -> run.size()).containsExactly(6, 7, 6, 7, 7);
        assertThat(Rows.runs(rows(33)).stream().flatMap(run -> run.keySet().stream()))
                .containsExactlyElementsOf(rows(33).keySet());
    }

    @Test
    void otherRowsAreAnotherRun() {
        assertThat(Rows.runs(rows(10))).extracting(Rows::name).containsExactly("rows-1-to-5", "rows-6-to-10");
        assertThat(Rows.name(Rows.chosen(List.of("a", "b", "c"), Set.of(1, 3)))).isEqualTo("rows-1-3");
        assertThat(Rows.name(Rows.chosen(List.of("a", "b", "c"), Set.of(2)))).isEqualTo("row-2");
    }

    private static SortedMap<Integer, String> rows(int count) {
        SortedMap<Integer, String> rows = new TreeMap<>();
        IntStream.rangeClosed(1, count).forEach(number -> rows.put(number, "row " + number));
        return rows;
    }
}
