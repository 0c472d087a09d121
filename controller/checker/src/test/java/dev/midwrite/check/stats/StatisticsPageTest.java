package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every figure of {@code docs/statistics.md} is what the code computes. */
class StatisticsPageTest {
    private static final double CONFIDENCE = 0.95;

    @Test
    void sizesWithoutFailure() throws IOException {
        List<String[]> rows = table("| share | needed |");
        assertThat(rows).hasSize(5);
        for (String[] row : rows) {
            assertThat(Proportion.samplesWithoutFailure(percent(row[0]), CONFIDENCE))
                    .isEqualTo(Long.parseLong(row[1]));
        }
    }

    @Test
    void provedByTrials() throws IOException {
        List<String[]> rows = table("| trials | failed | share at least |");
        assertThat(rows).hasSize(7);
        for (String[] row : rows) {
            long trials = Long.parseLong(row[0]);
            assertThat(Proportion.lower(trials - Long.parseLong(row[1]), trials, CONFIDENCE))
                    .isCloseTo(percent(row[2]), within(0.0005));
        }
    }

    @Test
    void ranksOfPercentiles() throws IOException {
        List<String[]> rows = table("| percentile | samples | rank |");
        assertThat(rows).hasSize(6);
        for (String[] row : rows) {
            int rank = row[2].equals("none") ? 0 : Integer.parseInt(row[2]);
            assertThat(Quantile.upperRank(Integer.parseInt(row[1]), Double.parseDouble(row[0]) / 100, CONFIDENCE))
                    .isEqualTo(rank);
        }
    }

    @Test
    void worthOfSessions() throws IOException {
        List<String[]> rows =
                table("| sessions of a trial | correlation | 6000 sessions are worth | trials for 99.9 % |");
        assertThat(rows).hasSize(3);
        for (String[] row : rows) {
            double size = Double.parseDouble(row[0]);
            double correlation = Double.parseDouble(row[1]);
            assertThat(Proportion.effectiveSamples(6000, size, correlation))
                    .isCloseTo(Double.parseDouble(row[2]), within(0.05));
            assertThat(Gate.trialsNeeded(0.999, size, correlation, CONFIDENCE)).isEqualTo(Long.parseLong(row[3]));
        }
    }

    /** What pairs without a difference exclude. */
    @Test
    void pairsWithoutADifference() throws IOException {
        assertThat(page()).contains("takes 2995 pairs, of 5 percentage points 59.");
        assertThat(alike(2995, 0.001)).isEqualTo(Change.State.NO_REGRESSION);
        assertThat(alike(2994, 0.001)).isEqualTo(Change.State.UNDECIDED);
        assertThat(alike(59, 0.05)).isEqualTo(Change.State.NO_REGRESSION);
        assertThat(alike(58, 0.05)).isEqualTo(Change.State.UNDECIDED);
    }

    private static Change.State alike(int pairs, double minimum) {
        double[] none = new double[pairs];
        return Change.ofShare("score", 1, 1, none, none, minimum, CONFIDENCE, 1).state();
    }

    private static double percent(String text) {
        return Double.parseDouble(text.replace(" %", "")) / 100;
    }

    /** The rows below the head, each split into its cells. */
    private static List<String[]> table(String head) throws IOException {
        List<String[]> rows = new ArrayList<>();
        List<String> lines = page().lines().toList();
        for (int i = lines.indexOf(head) + 2; lines.get(i).startsWith("|"); i++) {
            rows.add(Arrays.stream(lines.get(i).split("\\|"))
                    .skip(1)
                    .map(String::strip)
                    .toArray(String[]::new));
        }
        return rows;
    }

    private static String page() throws IOException {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("midwrite"))) {
            at = at.getParent();
        }
        return Files.readString(at.resolve("docs/statistics.md"));
    }
}
