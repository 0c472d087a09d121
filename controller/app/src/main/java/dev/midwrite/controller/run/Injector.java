package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Arms and lifts what the timeline says. Thread-safe. */
final class Injector {
    private final FaultLink fleet;
    private final RunClock clock;
    private final long seed;
    private final Progress progress;
    private final List<ArmedInjection> armed = new CopyOnWriteArrayList<>();
    private final Set<String> notes = ConcurrentHashMap.newKeySet();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    Injector(FaultLink fleet, RunClock clock, long seed, Progress progress) {
        this.fleet = fleet;
        this.clock = clock;
        this.seed = seed;
        this.progress = progress;
    }

    /** Asks the nodes what the injection would match, and says so if that is nothing. Nothing is armed. */
    void dryRun(Step.Inject step) {
        List<String> points = new ArrayList<>();
        for (Map.Entry<String, CompletableFuture<Armed>> answer :
                ask(step, true).entrySet()) {
            try {
                points.addAll(answer.getValue().join().getPointsList());
            } catch (CompletionException e) {
                progress.note(Note.of(sentence(e), answer.getKey()).warning());
            }
        }
        if (points.isEmpty()) {
            String nothing = step.moment().place() + ": "
                    + step.injection().fault().label() + " at "
                    + step.injection().point() + " matches no point of " + String.join(", ", step.nodes()) + ".";
            progress.note(Note.of(nothing).warning().about(step.nodes()));
        }
    }

    void arm(Step.Inject step) {
        long from = clock.now();
        // Before the nodes are asked: a crash may come sooner than the answer.
        List<ArmedInjection> asked = step.nodes().stream()
                .map(node -> new ArmedInjection(step.injection(), node, from))
                .toList();
        armed.addAll(asked);
        Map<String, CompletableFuture<Armed>> answers = ask(step, false);
        for (ArmedInjection injection : asked) {
            try {
                Armed answer = answers.get(injection.node()).join();
                answer.getImpossibleList().forEach(sentence -> elsewhere(step, sentence));
                String refusal = answer.getRefusal();
                if (!refusal.isEmpty()) {
                    refused(step, injection.node(), refusal);
                }
            } catch (CompletionException e) {
                progress.note(Note.of(sentence(e), injection.node()).warning());
            }
        }
    }

    /** Of an injection that crashed its node there is no answer, only the last counts. */
    void lift(Step.Inject step) {
        for (ArmedInjection injection : armed) {
            if (injection.spec().id() == step.injection().id() && !injection.isLifted()) {
                lift(injection);
            }
        }
    }

    void liftAll() {
        armed.stream().filter(injection -> !injection.isLifted()).forEach(this::lift);
    }

    /** Whether a fault is armed, or was a moment ago, that ends this node's process, with this status if that is known. */
    boolean mayEnd(NodeExit exit) {
        long now = clock.now();
        return (exit.code() == FaultKind.HALT_STATUS || exit.code() == NodeExit.UNKNOWN)
                && armed.stream()
                        .anyMatch(injection -> injection.node().equals(exit.node()) && injection.mayCrash(now));
    }

    /** The node is up again: so long lasted what had ended it. */
    void upAgain(String node, long at) {
        armed.stream()
                .filter(injection -> injection.node().equals(node) && injection.ends())
                .forEach(injection -> injection.lastedUntil(at));
    }

    List<ArmedInjection> all() {
        return List.copyOf(armed);
    }

    /** Injections that a node's own policy or a point refused; each one sentence. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    private void lift(ArmedInjection injection) {
        try {
            Lifted lifted = fleet.lift(injection.node(), injection.spec().id()).join();
            injection.lifted(clock.now(), lifted.getCounts());
        } catch (CompletionException e) {
            // Never armed, or silent: then its lease ends it.
            injection.lifted(clock.now(), Applied.getDefaultInstance());
        }
    }

    private Map<String, CompletableFuture<Armed>> ask(Step.Inject step, boolean dryRun) {
        Injection message = InjectionMessage.of(step.injection(), seed, step.lasting());
        Map<String, CompletableFuture<Armed>> answers = new LinkedHashMap<>();
        step.nodes().forEach(node -> answers.put(node, fleet.arm(node, message, dryRun)));
        return answers;
    }

    /** Not armed at one of the points that it selects; told once, however many nodes say so. */
    private void elsewhere(Step.Inject step, String sentence) {
        String note = step.moment().place() + ": " + sentence + ". It is armed at the other points.";
        if (notes.add(note)) {
            progress.note(note);
        }
    }

    private void refused(Step.Inject step, String node, String refusal) {
        String sentence = step.moment().place() + ": " + node + " refused "
                + step.injection().fault().label() + " at " + step.injection().point() + ": " + refusal;
        refusals.add(sentence);
        progress.note(Note.of(sentence, node).warning());
    }

    private static String sentence(CompletionException e) {
        if (e.getCause() instanceof Problem problem) {
            return problem.getMessage();
        }
        throw e;
    }
}
