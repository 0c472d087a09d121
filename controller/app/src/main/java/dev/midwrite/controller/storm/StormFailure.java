package dev.midwrite.controller.storm;

import dev.midwrite.check.Property;
import dev.midwrite.check.stats.Proportion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What remains of a storm that failed.
 *
 * @param property that failed, and fails in the smallest
 * @param finding the most telling one, by its title
 * @param drawn how many steps the storm had
 * @param smallest each step in a few words
 * @param trials what was tried, in order
 * @param state how far the search came
 * @param failed of {@code of} runs of the smallest after it was found, none of which had a part in its choice
 * @param file the drill
 * @param report of a run in which it failed
 */
public record StormFailure(
        long seed,
        Property property,
        String finding,
        int drawn,
        List<String> smallest,
        List<Candidate> trials,
        State state,
        int failed,
        int of,
        Path file,
        Path report) {
    /** Each bound holds with it. */
    private static final double CONFIDENCE = 0.95;

    public StormFailure {
        smallest = List.copyOf(smallest);
        trials = List.copyOf(trials);
    }

    /** One schedule that was tried. */
    public record Candidate(List<String> steps, int runs, boolean failed) {
        public Candidate {
            steps = List.copyOf(steps);
        }
    }

    /** How far the search for the smallest came. */
    public enum State {
        SEARCHING("the search goes on, or was broken off"),
        OUT_OF_TIME("the search ran out of its time, so that it may be smaller"),
        DONE("no step of it can be left out, as far as so many runs tell");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** Without a full stop. */
        public String words() {
            return words;
        }
    }

    /** Such as "5 of 5 runs (0.55 … 1, each bound 95 % sure)". */
    public String rate() {
        if (of == 0) {
            return "not measured";
        }
        return String.format(
                Locale.ROOT,
                "%d of %d %s (%.2f … %.2f, each bound 95 %% sure)",
                failed,
                of,
                of == 1 ? "run" : "runs",
                Proportion.lower(failed, of, CONFIDENCE),
                Proportion.upper(failed, of, CONFIDENCE));
    }

    /** Such as "1 of 8 steps". */
    public String size() {
        return smallest.size() + " of " + drawn + (drawn == 1 ? " step" : " steps");
    }
}
