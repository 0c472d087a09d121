package dev.midwrite.controller.storm;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.plan.StoreAction;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one run of a schedule led to.
 *
 * @param verdict over what had an effect: a fault that was drawn and met nothing is no declaration of anybody
 * @param found hard findings that are the service's own, most telling first
 * @param hit how many of the drill's faults had an effect, {@code missed} how many had none
 * @param storesOwn how many further hard findings are the rule of a store that evicts
 * @param reason why the verdict is neither pass nor fail; else empty
 */
public record Outcome(Verdict verdict, Set<Anomaly> found, int hit, int missed, long storesOwn, String reason) {
    public Outcome {
        found = found.isEmpty() ? Set.of() : EnumSet.copyOf(found);
    }

    /** Of a run that broke, so that there is nothing to judge. */
    static Outcome broken(String reason) {
        return new Outcome(Verdict.INVALID, Set.of(), 0, 0, 0, reason);
    }

    /** @param steps whether there were any to have an effect */
    static Outcome of(History history, boolean steps) {
        Set<Integer> missed = missed(history.trial());
        List<Trial.Fault> effects = history.trial().faults().stream()
                .filter(fault -> !missed.contains(fault.injection()))
                .toList();
        Trial trial = history.trial().but().faults(effects).build();
        List<Violation> hard = Judge.violations(trial, history.operations(), history.explanations()).stream()
                .filter(violation -> violation.severity() == Severity.HARD)
                .toList();
        List<Violation> own =
                hard.stream().filter(violation -> !ofStore(violation, trial)).toList();
        long injections = effects.stream()
                .mapToInt(Trial.Fault::injection)
                .filter(injection -> injection != 0)
                .distinct()
                .count();
        long deeds = effects.stream().filter(fault -> fault.injection() == 0).count();
        int hit = (int) (injections + deeds);
        return concluded(trial, history, own, hit, missed.size(), hard.size() - own.size(), steps);
    }

    private static Outcome concluded(
            Trial trial, History history, List<Violation> own, int hit, int missed, int storesOwn, boolean steps) {
        if (!own.isEmpty()) {
            Set<Anomaly> found = own.stream().map(Violation::anomaly).collect(Collectors.toSet());
            return new Outcome(Verdict.FAIL, found, hit, missed, storesOwn, "");
        }
        if (steps && hit == 0) {
            return new Outcome(
                    Verdict.VACUOUS, Set.of(), hit, missed, storesOwn, "Nothing that was drawn had an effect.");
        }
        var judgement = Judge.judge(trial, history.operations(), List.of(), history.explanations());
        Verdict verdict = judgement.verdict() != Verdict.FAIL
                ? judgement.verdict()
                : judgement.besides().stream().findFirst().orElse(Verdict.PASS);
        String reason = verdict == Verdict.PASS || judgement.reasons().isEmpty()
                ? ""
                : judgement.reasons().get(0);
        return new Outcome(verdict, Set.of(), hit, missed, storesOwn, reason);
    }

    /** Injections that hit nothing on any node. */
    private static Set<Integer> missed(Trial trial) {
        return trial.faults().stream()
                .filter(fault -> fault.injection() != 0)
                .collect(Collectors.groupingBy(
                        Trial.Fault::injection,
                        Collectors.summingLong(fault ->
                                Math.max(fault.applied(), fault.happened().size()))))
                .entrySet()
                .stream()
                .filter(injection -> injection.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** From when a store began to evict, whatever becomes of a session may come of that. */
    private static boolean ofStore(Violation violation, Trial trial) {
        String evict = StoreAction.EVICT.name().toLowerCase(Locale.ROOT);
        return violation.session() != 0
                && trial.faults().stream()
                        .anyMatch(fault -> fault.injection() == 0
                                && fault.node().equals(Trial.STORE)
                                && fault.name().equals(evict)
                                && violation.at() >= fault.from());
    }

    boolean failed() {
        return verdict == Verdict.FAIL;
    }

    /** The most telling finding; empty if there is none. */
    Optional<Anomaly> first() {
        return found.stream().min(Comparator.naturalOrder());
    }

    /** Whether something of this property was found. */
    boolean breaks(Property property) {
        return found.stream().anyMatch(anomaly -> anomaly.property() == property);
    }

    /** What was found, by its titles, most telling first; else why there is no verdict; may be empty. */
    String words() {
        if (failed()) {
            return found.stream().sorted().map(Anomaly::title).collect(Collectors.joining(", "));
        }
        String own = storesOwn == 0
                ? ""
                : storesOwn + (storesOwn == 1 ? " finding is" : " findings are") + " what the store evicted";
        // What a node's log says comes after it, line by line.
        return reason.isEmpty() ? own : reason.lines().findFirst().orElse("");
    }
}
