package dev.midwrite.controller.storm;

import java.util.List;
import java.util.Locale;

/**
 * One storm.
 *
 * @param number from 1; 0 for the run before the first, in which nothing is broken
 * @param steps each in a few words
 */
public record StormRow(int number, long seed, List<String> steps, Outcome outcome) {
    public StormRow {
        steps = List.copyOf(steps);
    }

    /** As cells of a table. */
    List<String> cells() {
        return List.of(
                number == 0 ? "calm" : Integer.toString(number),
                Long.toString(seed),
                Integer.toString(steps.size()),
                Integer.toString(outcome.missed()),
                outcome.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                outcome.words());
    }

    /** In one sentence. */
    public String sentence() {
        String name = number == 0
                ? "The run without any fault"
                : "Storm " + number + ", seed " + seed + ", " + steps.size() + (steps.size() == 1 ? " step" : " steps");
        String words = outcome.words();
        return name + ": " + outcome.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (words.isEmpty() ? "." : ". " + words + (words.endsWith(".") ? "" : "."));
    }
}
