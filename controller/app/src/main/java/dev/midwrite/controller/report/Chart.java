package dev.midwrite.controller.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One picture with all that it says as text.
 *
 * @param legend meanings by the style of their mark; empty if the picture names its parts itself
 * @param picture in both sizes
 * @param head of the columns of its table, and {@code rows} of cells
 */
record Chart(ChartText text, Map<String, String> legend, String picture, List<String> head, List<List<String>> rows) {

    /** Draws it in both sizes, of which the style sheet shows one. */
    static String pictures(BiFunction<Frame, String, String> draw) {
        StringBuilder both = new StringBuilder();
        for (Frame frame : Frame.values()) {
            both.append(draw.apply(frame, "timeline " + frame.style()));
        }
        return both.toString();
    }

    static List<String> head(Ground ground, List<String> cells) {
        return Stream.concat(Stream.of(ground.name()), cells.stream()).toList();
    }

    /** One for each column of the ground, its label first. */
    static List<List<String>> rows(Ground ground, IntFunction<List<String>> cells) {
        return IntStream.range(0, ground.columns())
                .mapToObj(column -> {
                    List<String> row = new ArrayList<>(List.of(ground.label(column)));
                    row.addAll(cells.apply(column));
                    return row;
                })
                .toList();
    }

    /** For the page's template. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("key", text.key());
        values.put("title", text.title());
        values.put("lead", text.lead());
        values.put("summary", text.summary());
        values.put("legend", legend);
        values.put("picture", picture);
        values.put("head", head);
        values.put("rows", rows);
        return values;
    }
}
