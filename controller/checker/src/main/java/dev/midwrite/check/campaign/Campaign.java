package dev.midwrite.check.campaign;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Precedence;
import dev.midwrite.check.stats.GateSentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One judgement over several trials. A hard violation in any of them fails the campaign, whatever the figures. A trial
 * that is invalid or vacuous is never dropped: its properties are unknown, and figures count it as bad for the lower bound
 * and as good for the upper.
 */
public final class Campaign {
    private static final int NAMED = 5;

    private final List<TrialResult> trials;
    private final List<PropertyResult> properties;
    private final List<GateResult> gates;
    private final List<String> reasons = new ArrayList<>();

    private Campaign(List<TrialResult> trials, Targets targets, long seed) {
        this.trials = trials;
        this.properties = Arrays.stream(Property.values())
                .map(property -> new MergedProperty(property, trials).result())
                .toList();
        this.gates = Gates.of(trials, targets, seed);
    }

    /**
     * Judges.
     *
     * @param trials at least one, all under one profile
     * @param seed of bootstraps: the same gives the same bounds
     */
    public static Judgement judge(List<TrialResult> trials, Targets targets, long seed) {
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("a campaign without a trial");
        }
        return new Campaign(List.copyOf(trials), targets, seed).judgement();
    }

    private Judgement judgement() {
        Set<Verdict> matters = matters();
        Verdict verdict = Precedence.of(matters);
        explain();
        return new Judgement(
                verdict,
                Precedence.besides(matters),
                trials.get(0).judgement().profile(),
                sentence(verdict),
                List.copyOf(reasons),
                properties,
                gates,
                trials.stream().flatMap(trial -> cards(trial).stream()).toList());
    }

    /** All that is the matter with the whole. */
    private Set<Verdict> matters() {
        Set<Verdict> matters = EnumSet.noneOf(Verdict.class);
        if (trials.stream().anyMatch(TrialResult::hard)) {
            matters.add(Verdict.FAIL);
        }
        if (gates.stream().anyMatch(gate -> gate.state() == State.MISSED)) {
            matters.add(Verdict.GATE_MISSED);
        }
        if (trials.stream().noneMatch(TrialResult::usable)) {
            boolean broken = trials.stream().anyMatch(trial -> trial.judgement().is(Verdict.INVALID));
            matters.add(broken ? Verdict.INVALID : Verdict.VACUOUS);
        }
        boolean open = gates.stream().anyMatch(gate -> gate.state() == State.INCONCLUSIVE);
        if (open || trials.stream().anyMatch(Campaign::undecided)) {
            matters.add(Verdict.INCONCLUSIVE);
        }
        return matters;
    }

    /** Whether a trial leaves something open: it neither passed, nor is a proved violation all that is the matter. */
    private static boolean undecided(TrialResult trial) {
        Judgement judgement = trial.judgement();
        return judgement.verdict() != Verdict.PASS
                && (judgement.verdict() != Verdict.FAIL || !judgement.besides().isEmpty());
    }

    private void explain() {
        for (TrialResult trial : trials) {
            Judgement judgement = trial.judgement();
            String besides = judgement.besides().stream().map(Campaign::word).collect(Collectors.joining(" and "));
            if (judgement.verdict() == Verdict.FAIL && !trial.usable()) {
                reasons.add(upper(trial.name()) + " failed, and is " + besides + " besides: " + judgement.sentence());
            } else if (judgement.verdict() != Verdict.PASS && judgement.verdict() != Verdict.FAIL) {
                reasons.add(upper(trial.name()) + " is " + word(judgement.verdict()) + ": " + judgement.sentence());
            }
        }
        for (GateResult gate : gates) {
            if (gate.state() == State.MISSED) {
                reasons.add(GateSentence.missed(gate));
            } else if (gate.state() == State.INCONCLUSIVE) {
                reasons.add(GateSentence.open(gate));
            }
        }
    }

    private String sentence(Verdict verdict) {
        return switch (verdict) {
            case PASS ->
                "Nothing that the profile " + profile() + " rules out was seen in " + count(trials.size()) + ".";
            case FAIL -> {
                List<TrialResult> hard =
                        trials.stream().filter(TrialResult::hard).toList();
                yield hard.size() + " of " + count(trials.size()) + " broke the profile " + profile() + ": "
                        + found(hard) + ".";
            }
            case GATE_MISSED ->
                "No hard violation in " + count(trials.size()) + ", but "
                        + lower(gates.stream()
                                .filter(gate -> gate.state() == State.MISSED)
                                .map(GateSentence::missed)
                                .findFirst()
                                .orElseThrow());
            case INCONCLUSIVE -> "Neither proved nor refuted by " + count(trials.size()) + ": " + lower(reasons.get(0));
            case VACUOUS -> "Nothing was tested in " + count(trials.size()) + ": " + lower(reasons.get(0));
            case INVALID -> "No trial of " + trials.size() + " can be judged: " + lower(reasons.get(0));
        };
    }

    /** Such as "acknowledged write lost (trial-3, trial-7)". */
    private static String found(List<TrialResult> hard) {
        return hard.stream()
                .flatMap(trial -> trial.judgement().properties().stream()
                        .flatMap(result -> result.violations().stream())
                        .filter(violation -> violation.severity() == Severity.HARD)
                        .map(Violation::anomaly)
                        .distinct()
                        .map(anomaly -> List.of(lower(anomaly.title()), trial.name())))
                .collect(Collectors.groupingBy(
                        pair -> pair.get(0),
                        LinkedHashMap::new,
                        Collectors.mapping(pair -> pair.get(1), Collectors.toList())))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " (" + named(entry.getValue()) + ")")
                .collect(Collectors.joining("; "));
    }

    private static String named(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    private String profile() {
        return trials.get(0).judgement().profile().name().toLowerCase(Locale.ROOT);
    }

    private static List<AnomalyCard> cards(TrialResult trial) {
        if (trial.judgement().verdict() == Verdict.INVALID) {
            return List.of();
        }
        return trial.judgement().cards().stream()
                .map(card -> new AnomalyCard(
                        trial.name() + "/" + card.id(),
                        card.violation(),
                        card.when(),
                        card.cause(),
                        card.blast(),
                        card.certainty(),
                        card.similar(),
                        card.sibling()))
                .toList();
    }

    private static String count(long trials) {
        return trials == 1 ? "one trial" : trials + " trials";
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String upper(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String lower(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
