package dev.midwrite.controller.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of metrics, a scrape and the page say the same. */
class MetricTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "../../docs/metrics.md").normalize();

    @TempDir
    Path directory;

    @Test
    void aScrapeHasJustTheMetricsOfTheListWithTheirKindsAndMeanings() {
        Map<String, String> listed = Arrays.stream(Metric.values())
                .filter(metric -> !metric.isOfAgent())
                .collect(Collectors.toMap(
                        Metric::exposed, metric -> metric.kind() + " " + metric.meaning(), (a, b) -> a, TreeMap::new));
        Map<String, String> kinds = new TreeMap<>();
        Map<String, String> meanings = new TreeMap<>();
        try (BusyController controller = new BusyController(directory)) {
            controller.scrape().lines().filter(line -> line.startsWith("# ")).forEach(line -> {
                String[] words = line.split(" ", 4);
                (words[1].equals("TYPE") ? kinds : meanings).put(words[2], words[3]);
            });
        }
        Map<String, String> scraped = new TreeMap<>();
        kinds.forEach((name, kind) -> scraped.put(name, kind + " " + meanings.get(name)));
        // Micrometer's companion of a histogram; its head names it.
        scraped.remove(Metric.HISTORY_REQUEST.exposed() + "_max");
        assertThat(scraped).isEqualTo(listed);
    }

    /** If not: {@code ./midwrite metrics --markdown} prints both tables. */
    @Test
    void thePageIsTheList() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(tables(page, "## Controller")).isEqualTo(MetricTable.markdown(false));
        assertThat(tables(page, "## Agent")).isEqualTo(MetricTable.markdown(true));
    }

    private static String tables(String page, String head) {
        return page.substring(page.indexOf(head))
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("|"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
