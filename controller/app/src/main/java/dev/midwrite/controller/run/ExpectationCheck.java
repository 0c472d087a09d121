package dev.midwrite.controller.run;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.plan.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a judgement with what the drill's author expects. */
public final class ExpectationCheck {

    private ExpectationCheck() {}

    /** What is not as expected, each in a few words; empty if all is, or if nothing is expected. */
    public static List<String> surprises(Expectation expected, Judgement judgement) {
        List<String> surprises = new ArrayList<>();
        if (expected.verdict().isEmpty()) {
            return surprises;
        }
        Verdict verdict = expected.verdict().get();
        if (verdict != judgement.verdict()) {
            surprises.add("the verdict is " + words(judgement.verdict()) + ", not " + words(verdict) + ".");
        }
        Set<String> found = found(judgement);
        Set<String> hard = new TreeSet<>();
        violations(judgement)
                .filter(violation -> violation.severity() == Severity.HARD)
                .forEach(violation -> hard.add(violation.anomaly().name()));
        expected.findings().stream()
                .filter(finding -> !found.contains(finding))
                .forEach(finding -> surprises.add(finding + " was not found."));
        hard.stream()
                .filter(finding -> !expected.findings().contains(finding)
                        && !expected.also().contains(finding))
                .forEach(finding -> surprises.add(finding + " was found."));
        return surprises;
    }

    /** Names of all that was found, whatever it means for the verdict. */
    public static Set<String> found(Judgement judgement) {
        return violations(judgement)
                .map(violation -> violation.anomaly().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Violation> violations(Judgement judgement) {
        return Stream.concat(
                judgement.properties().stream().map(PropertyResult::violations).flatMap(List::stream),
                judgement.cards().stream().map(AnomalyCard::violation));
    }

    private static String words(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
