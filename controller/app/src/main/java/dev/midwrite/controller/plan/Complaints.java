package dev.midwrite.controller.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong with one file, so that an author sees several problems at a time. */
final class Complaints {
    private record Complaint(int line, int column, String sentence) {}

    private final String file;
    private final List<Complaint> found = new ArrayList<>();

    Complaints(String file) {
        this.file = file;
    }

    /** Lines and columns of marks count from 0, those of editors from 1. */
    void at(Mark mark, String sentence) {
        at(mark.getLine() + 1, mark.getColumn() + 1, sentence);
    }

    void at(int line, int column, String sentence) {
        found.add(new Complaint(line, column, sentence));
    }

    boolean none() {
        return found.isEmpty();
    }

    /** @throws InvalidDrill if there are any */
    void raise() {
        if (!none()) {
            throw new InvalidDrill(found.stream()
                    .sorted(Comparator.comparingInt(Complaint::line).thenComparingInt(Complaint::column))
                    .map(c -> file + ":" + c.line() + ":" + c.column() + ": " + c.sentence())
                    .toList());
        }
    }

    /** "; did you mean 'x'?" if a known name is close, else the list of them. */
    static String suggestion(String wrong, Set<String> known) {
        Optional<String> close = known.stream()
                .filter(name -> distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)) <= 2)
                .min(Comparator.<String>comparingInt(name -> distance(wrong, name))
                        .thenComparing(Comparator.naturalOrder()));
        return close.map(name -> "; did you mean '" + name + "'?").orElseGet(() -> "; one of " + list(known));
    }

    static String list(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
