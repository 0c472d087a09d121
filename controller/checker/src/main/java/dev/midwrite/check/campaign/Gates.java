package dev.midwrite.check.campaign;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.check.Validity;
import dev.midwrite.check.stats.ClusterBootstrap.Cluster;
import dev.midwrite.check.stats.Gate;
import dev.midwrite.check.stats.Holm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * All figures of a campaign. Where trials have faults of several kinds, each kind is judged alone, adjusted for how many
 * there are (Holm), and the worst one stands for all; the kinds follow it.
 */
final class Gates {
    static final double CONFIDENCE = 0.95;
    /** Of trials; a quantile nearer to 1 would take hundreds of them. */
    private static final double FAILOVER_QUANTILE = 0.95;

    private static final List<State> WORST_FIRST = List.of(State.MISSED, State.INCONCLUSIVE, State.OBSERVED, State.MET);

    private final Targets targets;
    private final long seed;
    private final Map<String, List<TrialResult>> kinds = new LinkedHashMap<>();
    private final List<GateResult> gates = new ArrayList<>();

    /** Decides the figure with the name from trials of one kind at a confidence. */
    private interface Figure {
        GateResult of(String name, List<TrialResult> trials, double confidence);
    }

    private Gates(List<TrialResult> trials, Targets targets, long seed) {
        this.targets = targets;
        this.seed = seed;
        trials.forEach(trial ->
                kinds.computeIfAbsent(trial.kind(), kind -> new ArrayList<>()).add(trial));
    }

    /** @param seed of bootstraps: the same gives the same bounds */
    static List<GateResult> of(List<TrialResult> trials, Targets targets, long seed) {
        Gates all = new Gates(trials, targets, seed);
        boolean anyAtRisk = trials.stream().anyMatch(Gates::atRisk);
        if (anyAtRisk || targets.score().isPresent()) {
            all.add("score", Gates::faulted, all.share(Figures::fresh, targets.score()), Comparator.naturalOrder());
        }
        if (anyAtRisk || targets.survival().isPresent()) {
            all.add(
                    "survival",
                    Gates::faulted,
                    all.share(Figures::alive, targets.survival()),
                    Comparator.naturalOrder());
        }
        if (targets.failover().isPresent()
                || trials.stream().anyMatch(trial -> trial.figures().failover().isPresent())) {
            all.add("failover.p95", all::timed, all::failover, Comparator.reverseOrder());
        }
        if (trials.stream().anyMatch(trial -> trial.usable() && drift(trial).isPresent())) {
            all.add(
                    "drift",
                    trial -> !trial.usable() || drift(trial).isPresent(),
                    all::drift,
                    Comparator.reverseOrder());
        }
        all.add("success", trial -> true, all::success, Comparator.naturalOrder());
        return List.copyOf(all.gates);
    }

    /**
     * Kinds of which no trial can have the figure, because their faults end no node, say, are left out.
     *
     * @param has whether a trial says something of the figure, be it that it is not known
     * @param order of conservative bounds, the worst first
     */
    private void add(String name, Predicate<TrialResult> has, Figure figure, Comparator<Double> order) {
        List<DoubleFunction<GateResult>> questions = new ArrayList<>();
        kinds.forEach((kind, trials) -> {
            List<TrialResult> counted = trials.stream().filter(has).toList();
            if (!counted.isEmpty()) {
                questions.add(confidence -> figure.of(of(name, kind), counted, confidence));
            }
        });
        if (questions.isEmpty()) {
            gates.add(unmeasured(figure.of(name, List.of(), CONFIDENCE)));
            return;
        }
        List<GateResult> answers =
                Holm.stepDown(questions, gate -> gate.state() == State.MET || gate.state() == State.MISSED, CONFIDENCE);
        GateResult worst = answers.stream()
                .min(Comparator.<GateResult>comparingInt(gate -> WORST_FIRST.indexOf(gate.state()))
                        .thenComparing(GateResult::low, order))
                .orElseThrow();
        gates.add(worst.named(name));
        if (answers.size() > 1) {
            gates.addAll(answers);
        }
    }

    /** An objective that no trial could have met is no pass, however many trials there are. */
    private GateResult unmeasured(GateResult gate) {
        long trials = kinds.values().stream().mapToLong(List::size).sum();
        return gate.needed() > 0 && trials >= gate.needed() ? gate.in(State.INCONCLUSIVE) : gate;
    }

    private static String of(String name, String kind) {
        return name + " [" + kind + "]";
    }

    private static boolean atRisk(TrialResult trial) {
        return trial.measured() && trial.figures().atRisk() > 0;
    }

    private static boolean faulted(TrialResult trial) {
        return !trial.usable() || trial.figures().faulted();
    }

    /** A trial that proved nothing has the figure, unknown, if another one of its kind has it. */
    private boolean timed(TrialResult trial) {
        return trial.usable()
                ? trial.figures().failover().isPresent()
                : kinds.get(trial.kind()).stream()
                        .anyMatch(other -> other.figures().failover().isPresent());
    }

    private Figure share(ToLongFunction<Figures> good, OptionalDouble target) {
        return (name, trials, confidence) ->
                Gate.share(name, clusters(trials, good), target, targets.correlation(), confidence, seed);
    }

    /** A trial that says nothing has as many sessions as the others have on average, all of them good or all lost. */
    private static List<Cluster> clusters(List<TrialResult> trials, ToLongFunction<Figures> good) {
        long mean = Math.max(
                1,
                Math.round(trials.stream()
                        .filter(Gates::atRisk)
                        .mapToLong(trial -> trial.figures().atRisk())
                        .average()
                        .orElse(1)));
        List<Cluster> clusters = new ArrayList<>();
        for (TrialResult trial : trials) {
            if (atRisk(trial)) {
                clusters.add(new Cluster(
                        good.applyAsLong(trial.figures()), trial.figures().atRisk()));
            } else {
                clusters.add(new Cluster(0, mean, mean));
            }
        }
        return clusters;
    }

    private GateResult failover(String name, List<TrialResult> trials, double confidence) {
        return Gate.time(
                name,
                trials.stream().mapToDouble(trial -> failover(trial, 0)).toArray(),
                trials.stream()
                        .mapToDouble(trial -> failover(trial, Double.POSITIVE_INFINITY))
                        .toArray(),
                FAILOVER_QUANTILE,
                "ms",
                targets.failover(),
                confidence);
    }

    private static double failover(TrialResult trial, double unknown) {
        return trial.measured() ? trial.figures().failover().orElse(unknown) : unknown;
    }

    /** The share of sessions whose replicas differ in the end, over trials; of one trial its judgement holds it. */
    private GateResult drift(String name, List<TrialResult> trials, double confidence) {
        List<Cluster> agreeing = new ArrayList<>();
        for (TrialResult trial : trials) {
            Optional<GateResult> drift = trial.usable() ? drift(trial) : Optional.empty();
            agreeing.add(drift.map(gate ->
                            new Cluster(gate.samples() - Math.round(gate.value() * gate.samples()), gate.samples()))
                    .orElse(new Cluster(0, 1, 1)));
        }
        GateResult agreement =
                Gate.share(name, agreeing, OptionalDouble.empty(), targets.correlation(), confidence, seed);
        return new GateResult(
                name,
                1 - agreement.value(),
                1 - agreement.low(),
                1 - agreement.high(),
                confidence,
                "",
                "",
                agreement.samples(),
                agreement.of(),
                State.OBSERVED);
    }

    private static Optional<GateResult> drift(TrialResult trial) {
        return trial.judgement().gates().stream()
                .filter(gate -> gate.name().equals("drift"))
                .findFirst();
    }

    private GateResult success(String name, List<TrialResult> trials, double confidence) {
        long good = count(trials, Validity.TRUE);
        return Gate.rate(name, good, count(trials, Validity.UNKNOWN), trials.size(), targets.success(), confidence);
    }

    private long count(List<TrialResult> trials, Validity success) {
        return trials.stream()
                .filter(trial -> trial.success(targets) == success)
                .count();
    }
}
