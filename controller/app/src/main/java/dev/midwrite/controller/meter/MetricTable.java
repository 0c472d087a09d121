package dev.midwrite.controller.meter;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All metrics as text. */
public final class MetricTable {

    private MetricTable() {}

    /** For a terminal: each metric with its kind, its labels, and below it what it means. */
    public static String text() {
        return Arrays.stream(Metric.values())
                .map(metric -> metric.exposed() + "  " + metric.kind()
                        + (metric.labels().isEmpty() ? "" : "  {" + labels(metric) + "}")
                        + "\n    " + metric.meaning() + ".\n")
                .collect(Collectors.joining());
    }

    /**
     * Rows of a table in Markdown, with its head.
     *
     * @param agents those that nodes' agents count, else the controller's own
     */
    public static String markdown(boolean agents) {
        return Stream.concat(
                        Stream.of("| metric | kind | labels | meaning |\n|---|---|---|---|\n"),
                        Arrays.stream(Metric.values())
                                .filter(metric -> metric.isOfAgent() == agents)
                                .map(metric -> "| `" + metric.exposed() + "` | " + metric.kind() + " | "
                                        + metric.labels() + " | " + metric.meaning() + " |\n"))
                .collect(Collectors.joining());
    }

    /** As a scrape of the fleet has them. */
    private static String labels(Metric metric) {
        String own = metric.labels();
        return !metric.isOfAgent() ? own : own.isEmpty() ? "node" : "node, " + own;
    }
}
