package dev.midwrite.junit;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a run.
 *
 * @param report the page for people
 * @param findings names of all that was found in any trial
 * @param surprises what is not as the test expects, if it says what that is
 */
record Outcome(Judgement judgement, Path report, Set<String> findings, List<String> surprises) {
    private static final int MOST_CARDS = 3;

    Outcome {
        findings = Set.copyOf(findings);
        surprises = List.copyOf(surprises);
    }

    /**
     * What the test fails with: the verdict's sentence first, then what it rests on.
     *
     * @param expected the test says what it expects; else it expects a pass
     * @return empty if all is as it should be
     */
    Optional<String> failure(boolean expected, String repeat) {
        if (expected ? surprises.isEmpty() : judgement.verdict() == Verdict.PASS) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        surprises.forEach(surprise -> lines.add("Not as expected: " + surprise));
        lines.addAll(cards());
        judgement.reasons().stream().filter(this::isNew).forEach(lines::add);
        lines.add("report  " + report.toAbsolutePath().normalize());
        lines.add("repeat  " + repeat);
        return Optional.of(String.join("\n", lines));
    }

    /** The sentence may have taken it in, with a small letter. */
    private boolean isNew(String reason) {
        return !reason.isEmpty() && !judgement.sentence().contains(reason.substring(1));
    }

    /** Such as {@code FAIL: …}. */
    String headline() {
        return words(judgement.verdict()).toUpperCase(Locale.ROOT) + ": " + judgement.sentence();
    }

    static String words(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The first of each kind, the worst first, as they stand in the report. */
    private List<String> cards() {
        Map<Anomaly, AnomalyCard> first = new LinkedHashMap<>();
        judgement.cards().forEach(card -> first.putIfAbsent(card.violation().anomaly(), card));
        List<String> lines = new ArrayList<>();
        first.values().stream().limit(MOST_CARDS).forEach(card -> lines.addAll(card(card)));
        if (first.size() > MOST_CARDS) {
            lines.add("and " + (first.size() - MOST_CARDS) + " more kinds of finding in the report");
        }
        return lines;
    }

    private static List<String> card(AnomalyCard card) {
        String head = card.id() + "  " + card.violation().anomaly().name() + "  "
                + card.violation().what();
        return card.cause().isEmpty() ? List.of(head) : List.of(head, "     " + card.cause());
    }
}
