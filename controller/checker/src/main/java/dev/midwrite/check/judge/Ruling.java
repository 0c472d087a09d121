package dev.midwrite.check.judge;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.stats.GateSentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which verdict, and why; first the state of the run, then what it proved. */
record Ruling(Verdict verdict, List<String> reasons) {

    static Ruling of(Trial trial, Tally tally, Census census, List<PropertyResult> properties, List<GateResult> gates) {
        List<String> broken = new ArrayList<>(trial.assumptions());
        broken.addAll(tally.invalid());
        if (!broken.isEmpty()) {
            return new Ruling(Verdict.INVALID, List.copyOf(broken));
        }
        List<String> empty = vacuous(trial, census);
        if (!empty.isEmpty()) {
            return new Ruling(Verdict.VACUOUS, List.copyOf(empty));
        }
        List<String> reasons = new ArrayList<>();
        unknown(properties, reasons);
        boolean undecided = !reasons.isEmpty();
        soft(tally, reasons);
        boolean missed = false;
        boolean open = false;
        for (GateResult gate : gates) {
            if (gate.state() == GateResult.State.MISSED) {
                missed = true;
                reasons.add(GateSentence.missed(gate));
            } else if (gate.state() == GateResult.State.INCONCLUSIVE) {
                open = true;
                reasons.add(GateSentence.open(gate));
            }
        }
        if (Judge.has(tally, Severity.HARD)) {
            return new Ruling(Verdict.FAIL, List.copyOf(reasons));
        }
        if (missed) {
            return new Ruling(Verdict.GATE_MISSED, List.copyOf(reasons));
        }
        return new Ruling(undecided || open ? Verdict.INCONCLUSIVE : Verdict.PASS, List.copyOf(reasons));
    }

    private static List<String> vacuous(Trial trial, Census census) {
        List<String> reasons = new ArrayList<>();
        if (census.isEmpty()) {
            reasons.add("No user did anything.");
        }
        // An injection is armed on several nodes; it is enough that one of them applied it.
        Map<Integer, long[]> effects = new LinkedHashMap<>();
        Map<Integer, Trial.Fault> names = new LinkedHashMap<>();
        for (Trial.Fault fault : trial.faults()) {
            if (fault.injection() > 0) {
                long[] sums = effects.computeIfAbsent(fault.injection(), id -> new long[2]);
                sums[0] += fault.matched();
                sums[1] += Math.max(fault.applied(), fault.happened().size());
                names.putIfAbsent(fault.injection(), fault);
            }
        }
        effects.forEach((id, sums) -> {
            if (sums[1] == 0) {
                Trial.Fault fault = names.get(id);
                reasons.add("Injection " + id + " (" + fault.name() + " at " + fault.point() + ") "
                        + (sums[0] == 0
                                ? "matched no operation."
                                : "matched " + sums[0] + " operations and hit none."));
            }
        });
        reasons.addAll(census.neverSucceeded());
        reasons.addAll(trial.untested());
        return reasons;
    }

    private static void unknown(List<PropertyResult> properties, List<String> reasons) {
        for (PropertyResult result : properties) {
            if (result.validity() == Validity.UNKNOWN && result.inconclusive() > 0) {
                reasons.add("Property " + result.property().label() + " is undecided for " + result.inconclusive()
                        + " of " + (result.checked() + result.inconclusive()) + " items: " + result.reason());
            }
        }
    }

    private static void soft(Tally tally, List<String> reasons) {
        tally.violations().stream()
                .filter(violation -> violation.severity() != Severity.HARD)
                .map(violation -> violation.anomaly())
                .distinct()
                .forEach(anomaly -> reasons.add(anomaly.title() + ": "
                        + (tally.of(anomaly).count(Severity.SOFT)
                                + tally.of(anomaly).count(Severity.INFO))
                        + ", reported and not gated under this profile."));
    }
}
