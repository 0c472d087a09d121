package dev.midwrite.check.campaign;

import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * One property over several trials: false over unknown over true. An invalid trial says nothing of it, and of a vacuous
 * one only what is false counts; either way a trial that proved nothing leaves the property unknown at best.
 */
final class MergedProperty {
    private static final int SHOWN = 20;

    private final Property property;
    private final List<TrialResult> trials;
    private final List<Violation> violations = new ArrayList<>();
    private Validity validity = Validity.TRUE;
    private long checked;
    private long violated;
    private long inconclusive;
    private long explained;
    private boolean observed;
    private String unknown = "";
    private String missing = "";

    MergedProperty(Property property, List<TrialResult> trials) {
        this.property = property;
        this.trials = trials;
        trials.stream()
                .filter(trial -> trial.judgement().verdict() != Verdict.INVALID)
                .forEach(this::add);
    }

    private void add(TrialResult trial) {
        PropertyResult result = trial.judgement().properties().stream()
                .filter(each -> each.property() == property)
                .findFirst()
                .orElseGet(() -> PropertyResult.notObserved(property, ""));
        if (!result.observed() && result.validity() != Validity.FALSE) {
            missing = missing.isEmpty() ? result.reason() : missing;
            return;
        }
        observed = true;
        checked += result.checked();
        violated += result.violated();
        inconclusive += result.inconclusive();
        explained += result.explained();
        validity = validity.merge(result.validity());
        if (result.validity() == Validity.UNKNOWN && unknown.isEmpty()) {
            unknown = result.reason().isEmpty()
                    ? "Left open by " + trial.name() + "."
                    : trial.name() + ": " + result.reason();
        }
        result.violations().stream().limit(SHOWN - violations.size()).forEach(violations::add);
    }

    PropertyResult result() {
        if (!observed) {
            return PropertyResult.notObserved(property, missing);
        }
        long unusable = trials.stream().filter(trial -> !trial.usable()).count();
        if (unusable > 0 && validity == Validity.TRUE) {
            validity = Validity.UNKNOWN;
            unknown = unusable + " of " + trials.size() + " trials proved nothing.";
        }
        return new PropertyResult(
                property,
                validity,
                checked,
                violated,
                inconclusive,
                explained,
                validity == Validity.UNKNOWN ? unknown : "",
                List.copyOf(violations));
    }
}
