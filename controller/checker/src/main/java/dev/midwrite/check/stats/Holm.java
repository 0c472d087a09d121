package dev.midwrite.check.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Several questions asked of one experiment: whatever is decided, the chance that any of it is wrong stays below alpha.
 * After Holm, A Simple Sequentially Rejective Multiple Test Procedure, 1979.
 */
public final class Holm {
    private Holm() {}

    /** The p-value that each single one would need to have to be as convincing, in the order of {@code p}; at most 1. */
    public static double[] adjusted(double... p) {
        double[] adjusted = new double[p.length];
        double least = 0;
        int left = p.length;
        for (int i : IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList()) {
            least = Math.max(least, Math.min(1, left * p[i]));
            adjusted[i] = least;
            left--;
        }
        return adjusted;
    }

    /**
     * The same for questions that are asked with a confidence instead of answering with a p-value: each is asked with
     * {@code 1 - alpha/k}, where k is the number of those that are still open, until none of these is decided.
     *
     * @param questions each gives an answer at a confidence; a greater confidence never decides more
     * @param decided whether an answer is one
     * @return answers in the order of the questions, each with the confidence with which it was decided or left open
     */
    public static <T> List<T> stepDown(List<DoubleFunction<T>> questions, Predicate<T> decided, double confidence) {
        Proportion.checkConfidence(confidence);
        List<T> answers = new ArrayList<>(Collections.nCopies(questions.size(), null));
        List<Integer> open =
                new ArrayList<>(IntStream.range(0, questions.size()).boxed().toList());
        boolean progress = true;
        while (progress && !open.isEmpty()) {
            double level = 1 - (1 - confidence) / open.size();
            open.forEach(i -> answers.set(i, questions.get(i).apply(level)));
            progress = open.removeIf(i -> decided.test(answers.get(i)));
        }
        return answers;
    }
}
