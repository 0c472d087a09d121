package dev.midwrite.controller.run;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.plan.RolloutSpec;
import dev.midwrite.controller.users.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Replaces nodes as a deployment does, and remembers what it did when. Thread-safe. */
final class Rollouts {
    private static final double NANOS_BY_SECOND = 1e9;

    private final Function<String, Node> nodes;
    private final Router router;
    private final RunClock clock;
    private final Progress progress;
    private final Executor threads;
    private final LongSupplier damaged;
    private final List<Replacement> replacements = new CopyOnWriteArrayList<>();

    /**
     * @param threads for what happens at the same time, which blocks
     * @param damaged how many findings of damaged or missing sessions there are so far
     */
    Rollouts(
            Function<String, Node> nodes,
            Router router,
            RunClock clock,
            Progress progress,
            Executor threads,
            LongSupplier damaged) {
        this.nodes = nodes;
        this.router = router;
        this.clock = clock;
        this.progress = progress;
        this.threads = threads;
        this.damaged = damaged;
    }

    /** What was done, in the order in which it ended. */
    List<Replacement> replacements() {
        return List.copyOf(replacements);
    }

    /** The same as node actions. */
    List<FaultFacts> faults() {
        return replacements.stream()
                .map(replacement -> new FaultFacts(
                        0,
                        "rollout",
                        "",
                        replacement.node(),
                        replacement.removedAt(),
                        replacement.readyAt(),
                        1,
                        1,
                        true))
                .toList();
    }

    /**
     * Blocks until all is done, or rolled back.
     *
     * @throws Problem if a node did not become ready and nothing was to be rolled back, or that failed, too
     */
    void roll(RolloutSpec plan) throws InterruptedException {
        List<List<String>> batches = plan.strategy() == RolloutSpec.Strategy.ALL_AT_ONCE
                ? List.of(plan.nodes())
                : plan.nodes().stream().map(List::of).toList();
        long before = damaged.getAsLong(); // What was found before it began is not its doing.
        List<Previous> done = new ArrayList<>();
        for (List<String> batch : batches) {
            batch.forEach(name -> done.add(new Previous(name, nodes.apply(name).version())));
            try {
                each(
                        batch,
                        name -> replace(
                                name, plan, plan.to().orElse(nodes.apply(name).version())));
            } catch (Problem e) {
                if (!plan.rollBack()) {
                    throw e;
                }
                rollBack(inOneLine(e.getMessage()), done, plan);
                return;
            }
            if (plan.rollBack() || done.size() < plan.nodes().size()) {
                clock.sleep(plan.pause().toNanos());
            }
            long since = damaged.getAsLong() - before;
            if (plan.rollBack() && since > 0) {
                rollBack(
                        since + (since == 1 ? " finding" : " findings")
                                + " of damaged or missing sessions since the rollout began.",
                        done,
                        plan);
                return;
            }
        }
    }

    private void rollBack(String why, List<Previous> done, RolloutSpec plan) throws InterruptedException {
        progress.note("Rolled back: " + why);
        each(done.stream().map(Previous::node).toList(), name -> rollBackNode(name, done, plan));
    }

    /** What a node was before. */
    private record Previous(String node, String version) {}

    private void rollBackNode(String name, List<Previous> done, RolloutSpec plan) throws InterruptedException {
        String version = done.stream()
                .filter(previous -> previous.node().equals(name))
                .findFirst()
                .orElseThrow()
                .version();
        Node node = nodes.apply(name);
        if (!node.alive() || !node.version().equals(version)) {
            replace(name, plan, version);
        }
    }

    private void replace(String name, RolloutSpec plan, String version) throws InterruptedException {
        Node node = nodes.apply(name);
        if (!node.alive()) {
            long now = clock.now();
            succeed(node, version, new Replacement(name, now, now, now, now, false, now), plan.grace());
            return;
        }
        long removed = clock.now();
        router.linger(name);
        Duration before = least(plan.routingDelay(), plan.preStop());
        clock.sleep(before.toNanos());
        CompletableFuture<Void> left;
        if (before.equals(plan.routingDelay())) {
            router.leave(name);
            left = CompletableFuture.completedFuture(null);
            clock.sleep(plan.preStop().minus(before).toNanos());
        } else {
            left = during(() -> {
                clock.sleep(plan.routingDelay().minus(before).toNanos());
                router.leave(name);
            });
        }
        long terminated = clock.now();
        boolean inTime = node.terminate(plan.grace().minus(plan.preStop()));
        long ended = clock.now();
        join(left);
        router.down(name);
        long routed = removed + plan.routingDelay().toNanos();
        succeed(node, version, new Replacement(name, removed, routed, terminated, ended, !inTime, ended), plan.grace());
    }

    /** @param begun the replacement as far as it has come */
    private void succeed(Node node, String version, Replacement begun, Duration grace) throws InterruptedException {
        Replacement whole;
        try {
            node.version(version);
            node.start();
        } finally {
            whole = begun.until(clock.now());
            replacements.add(whole);
        }
        progress.note(words(whole, version, grace));
    }

    /** A problem of a node's start quotes the end of its log, which is there to be read. */
    private static String inOneLine(String problem) {
        return problem.lines().findFirst().orElse("").replaceFirst(" Its log (.*) ends:$", " Its log is $1.");
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String words(Replacement replacement, String version, Duration grace) {
        String by = version.isEmpty() ? "" : " by version " + version;
        String ready = String.format(
                Locale.ROOT,
                "its successor was ready after another %.1f s.",
                (replacement.readyAt() - replacement.endedAt()) / NANOS_BY_SECOND);
        if (replacement.endedAt() == replacement.removedAt()) {
            return replacement.node() + ": replaced" + by + ". It was down already; " + ready.replace("another ", "");
        }
        return String.format(
                Locale.ROOT,
                "%s: replaced%s. It %s %.1f s after SIGTERM, and %s",
                replacement.node(),
                by,
                replacement.killed()
                        ? "had not ended when its grace period of " + grace.toSeconds() + " s was over and was killed"
                        : "ended",
                (replacement.endedAt() - replacement.terminatedAt()) / NANOS_BY_SECOND,
                ready);
    }

    private interface Blocking {
        void run() throws InterruptedException;
    }

    private interface OnNode {
        void run(String node) throws InterruptedException;
    }

    private void each(List<String> names, OnNode step) throws InterruptedException {
        List<CompletableFuture<Void>> all =
                names.stream().map(name -> during(() -> step.run(name))).toList();
        Problem first = null;
        for (CompletableFuture<Void> one : all) {
            try {
                join(one);
            } catch (Problem e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private CompletableFuture<Void> during(Blocking what) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        what.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new Problem("The rollout was interrupted.", e);
                    }
                },
                threads);
    }

    private static void join(CompletableFuture<Void> one) throws InterruptedException {
        try {
            one.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
