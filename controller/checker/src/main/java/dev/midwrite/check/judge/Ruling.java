package dev.midwrite.check.judge;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.BrokenAssumption;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.stats.GateSentence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which verdict, and why: all that is the matter, each with its sentences, and of these the one that decides. */
final class Ruling {
    private static final Set<Anomaly> GONE =
            EnumSet.of(Anomaly.SESSION_LOST, Anomaly.SESSION_REPLACED, Anomaly.LOGGED_OUT);

    private final Map<Verdict, List<String>> matters = new EnumMap<>(Verdict.class);
    private final List<String> notes = new ArrayList<>();

    private Ruling() {}

    static Ruling of(Trial trial, Tally tally, Census census, List<PropertyResult> properties, List<GateResult> gates) {
        Ruling ruling = new Ruling();
        trial.assumptions().stream()
                .map(BrokenAssumption::sentence)
                .forEach(sentence -> ruling.add(Verdict.INVALID, sentence));
        tally.invalid().forEach(sentence -> ruling.add(Verdict.INVALID, sentence));
        boolean lost = lost(tally);
        boolean whole = trial.interruption().isEmpty();
        if (whole) {
            ruling.vacuous(trial, census, lost ? Verdict.INCONCLUSIVE : Verdict.VACUOUS);
        } else {
            // That less was tested than was to be follows from it, and so do all figures.
            ruling.add(Verdict.INCONCLUSIVE, trial.interruption());
        }
        census.thin().forEach(sentence -> ruling.add(Verdict.INCONCLUSIVE, sentence));
        ruling.unknown(properties);
        if (whole) {
            ruling.gates(trial, gates);
        }
        ruling.notes.addAll(census.unlucky());
        ruling.soft(tally);
        if (lost) {
            trial.storeEvents().stream()
                    .filter(event -> !byTheDrill(event, trial))
                    .map(Trial.StoreEvent::what)
                    .forEach(ruling.notes::add);
        }
        if (Judge.has(tally, Severity.HARD)) {
            ruling.matters.computeIfAbsent(Verdict.FAIL, verdict -> new ArrayList<>());
        }
        return ruling;
    }

    private void add(Verdict verdict, String sentence) {
        matters.computeIfAbsent(verdict, key -> new ArrayList<>()).add(sentence);
    }

    /** Who lost a session tested something, whether the profile rules that out or not. */
    private static boolean lost(Tally tally) {
        return tally.violations().stream().map(Violation::anomaly).anyMatch(GONE::contains);
    }

    /** What the drill itself did to the store stands in the verdict's sentence already. */
    private static boolean byTheDrill(Trial.StoreEvent event, Trial trial) {
        return trial.faults().stream()
                .anyMatch(fault -> fault.injection() == 0
                        && fault.node().equals(Trial.STORE)
                        && fault.from() <= event.to()
                        && fault.to() >= event.from());
    }

    /** @param less what a run is in which something that was to be tested was not */
    private void vacuous(Trial trial, Census census, Verdict less) {
        if (census.isEmpty()) {
            add(Verdict.VACUOUS, "No user did anything.");
        }
        // An injection is armed on several nodes; it is enough that one of them applied it.
        Map<Integer, long[]> effects = new LinkedHashMap<>();
        Map<Integer, Trial.Fault> names = new LinkedHashMap<>();
        Map<Integer, Set<String>> reasons = new LinkedHashMap<>();
        for (Trial.Fault fault : trial.faults()) {
            if (fault.injection() > 0) {
                long[] sums = effects.computeIfAbsent(fault.injection(), id -> new long[2]);
                sums[0] += fault.matched();
                sums[1] += Math.max(fault.applied(), fault.happened().size());
                names.putIfAbsent(fault.injection(), fault);
                if (!fault.heldBack().isEmpty()) {
                    reasons.computeIfAbsent(fault.injection(), id -> new LinkedHashSet<>())
                            .add(fault.node() + ": " + fault.heldBack());
                }
            }
        }
        effects.forEach((id, sums) -> {
            if (sums[1] == 0) {
                Trial.Fault fault = names.get(id);
                add(
                        less,
                        "Injection " + id + " (" + fault.name() + " at " + fault.point() + ") "
                                + (sums[0] == 0
                                        ? "matched no operation"
                                        : "matched " + sums[0] + (sums[0] == 1 ? " operation" : " operations")
                                                + " and hit none")
                                + (reasons.containsKey(id) ? " (" + String.join("; ", reasons.get(id)) + ")." : "."));
            }
        });
        census.neverSucceeded().forEach(sentence -> add(less, sentence));
        trial.untested().forEach(sentence -> add(less, sentence));
    }

    /** Each reason once: what many properties rest on is one thing. */
    private void unknown(List<PropertyResult> properties) {
        Map<String, List<PropertyResult>> byReason = properties.stream()
                .filter(result -> result.validity() == Validity.UNKNOWN && result.inconclusive() > 0)
                .collect(Collectors.groupingBy(PropertyResult::reason, LinkedHashMap::new, Collectors.toList()));
        byReason.forEach((reason, results) -> {
            String words = results.stream()
                    .map(result -> result.property().label())
                    .collect(Collectors.joining(", ", results.size() == 1 ? "property " : "properties ", ""));
            if (of(Verdict.INVALID).contains(reason)) {
                add(
                        Verdict.INCONCLUSIVE,
                        "The " + words
                                + (results.size() == 1
                                        ? " rests on this and is undecided."
                                        : " rest on this and are undecided."));
                return;
            }
            long undecided =
                    results.stream().mapToLong(PropertyResult::inconclusive).sum();
            long checked = results.stream().mapToLong(PropertyResult::checked).sum();
            add(
                    Verdict.INCONCLUSIVE,
                    "P" + words.substring(1) + (results.size() == 1 ? " is" : " are") + " undecided for " + undecided
                            + " of " + (checked + undecided) + " items: " + reason);
        });
    }

    private void gates(Trial trial, List<GateResult> gates) {
        if (!trial.figureDoubts().isEmpty()) {
            boolean asked = gates.stream().anyMatch(gate -> !gate.target().isEmpty());
            trial.figureDoubts().forEach(asked ? doubt -> add(Verdict.INCONCLUSIVE, doubt) : notes::add);
            return;
        }
        for (GateResult gate : gates) {
            if (gate.state() == GateResult.State.MISSED) {
                add(Verdict.GATE_MISSED, GateSentence.missed(gate));
            } else if (gate.state() == GateResult.State.INCONCLUSIVE) {
                add(Verdict.INCONCLUSIVE, GateSentence.open(gate));
            }
        }
    }

    private void soft(Tally tally) {
        tally.violations().stream()
                .filter(violation -> violation.severity() != Severity.HARD)
                .map(violation -> violation.anomaly())
                .distinct()
                .forEach(anomaly -> notes.add(anomaly.title() + ": "
                        + (tally.of(anomaly).count(Severity.SOFT)
                                + tally.of(anomaly).count(Severity.INFO))
                        + ", reported and not gated under this profile."));
    }

    Verdict verdict() {
        return Precedence.of(matters.keySet());
    }

    /** What else is the matter, worst first. */
    List<Verdict> besides() {
        return Precedence.besides(matters.keySet());
    }

    /** Why it is this verdict; empty for a fail, which the findings explain, and for a pass. */
    List<String> deciding() {
        return matters.getOrDefault(verdict(), List.of());
    }

    /** Sentences of another verdict that would be due. */
    List<String> of(Verdict beside) {
        return matters.getOrDefault(beside, List.of());
    }

    /** Everything: what decides first, then what else is the matter, then what is only reported. */
    List<String> reasons() {
        List<String> all = new ArrayList<>(deciding());
        besides().forEach(beside -> all.addAll(of(beside)));
        all.addAll(notes);
        return List.copyOf(all);
    }
}
