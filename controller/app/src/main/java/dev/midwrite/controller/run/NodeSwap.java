package dev.midwrite.controller.run;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.plan.RolloutSpec;
import dev.midwrite.controller.users.Router;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/** Takes nodes out of service and brings others into it, and remembers what was replaced when. Thread-safe. */
final class NodeSwap {
    private static final double NANOS_BY_SECOND = 1e9;

    private final Function<String, Node> nodes;
    private final Router router;
    private final RunClock clock;
    private final Progress progress;
    private final ObjLongConsumer<String> neverServed;
    private final Executor threads;
    private final List<Replacement> replacements = new CopyOnWriteArrayList<>();
    /** By name, which start of it was the last one. */
    private final Map<String, Integer> takenOut = new ConcurrentHashMap<>();

    /**
     * @param neverServed hears of a node that was to come beside the others and did not become ready, and since when it was
     *     tried: its end says nothing of nodes in service
     * @param threads for what happens at the same time, which blocks
     */
    NodeSwap(
            Function<String, Node> nodes,
            Router router,
            RunClock clock,
            Progress progress,
            ObjLongConsumer<String> neverServed,
            Executor threads) {
        this.nodes = nodes;
        this.router = router;
        this.clock = clock;
        this.progress = progress;
        this.neverServed = neverServed;
        this.threads = threads;
    }

    /** In the order in which they ended. */
    List<Replacement> replacements() {
        return List.copyOf(replacements);
    }

    Node node(String name) {
        return nodes.apply(name);
    }

    /** All nodes that may run. */
    List<String> names() {
        return router.names().stream().skip(1).toList();
    }

    /**
     * Ends a node, if it runs, and starts it again in its place.
     *
     * @throws Problem if it does not become ready
     */
    void replace(String name, RolloutSpec plan, String version) throws InterruptedException {
        Node node = node(name);
        Replacement begun = out(node, plan);
        Replacement whole;
        try {
            node.version(version);
            node.start();
        } finally {
            whole = begun.until(clock.now());
            replacements.add(whole);
        }
        String ready = "its successor was ready after "
                + (wasDown(whole) ? "" : "another ")
                + seconds(whole.readyAt() - whole.endedAt()) + ".";
        progress.note(name + ": replaced" + by(version) + ". "
                + (wasDown(whole)
                        ? "It was down already; " + ready
                        : "It " + ended(whole, plan.grace()) + ", and " + ready));
    }

    /**
     * Starts a node beside the others.
     *
     * @throws Problem if it does not become ready
     */
    void bring(String name, String version) throws InterruptedException {
        Node node = node(name);
        long from = clock.now();
        node.version(version);
        try {
            node.start();
        } catch (Problem e) {
            neverServed.accept(name, from);
            throw new Problem(
                    "The rollout could not start " + name + (version.isEmpty() ? "" : " as version " + version) + ": "
                            + e.getMessage(),
                    e);
        }
        progress.note(name + ": started beside the others" + (version.isEmpty() ? "" : " as version " + version)
                + ", and ready after " + seconds(clock.now() - from) + ".");
    }

    /** Whether it is down because another node serves in its place, and nobody has started it since. */
    boolean tookOut(Node node) {
        return !node.alive() && takenOut.getOrDefault(node.name(), -1) == node.starts();
    }

    /** Ends a node in whose place another one serves already. */
    void takeOut(String name, RolloutSpec plan) throws InterruptedException {
        takenOut.put(name, node(name).starts());
        Replacement whole = out(node(name), plan).until(clock.now());
        replacements.add(whole);
        progress.note(name + ": taken out. It " + ended(whole, plan.grace()) + ".");
    }

    /** Returns when the process has ended and nobody is routed to it; then its successor is to be awaited. */
    private Replacement out(Node node, RolloutSpec plan) throws InterruptedException {
        String name = node.name();
        long removed = clock.now();
        if (!node.alive()) {
            return new Replacement(name, removed, removed, removed, removed, false, removed);
        }
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
        return new Replacement(name, removed, routed, terminated, ended, !inTime, ended);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static boolean wasDown(Replacement replacement) {
        return replacement.endedAt() == replacement.removedAt();
    }

    private static String by(String version) {
        return version.isEmpty() ? "" : " by version " + version;
    }

    private static String ended(Replacement replacement, Duration grace) {
        return (replacement.killed()
                        ? "had not ended when its grace period of " + grace.toSeconds() + " s was over and was killed "
                        : "ended ")
                + seconds(replacement.endedAt() - replacement.terminatedAt()) + " after SIGTERM";
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_BY_SECOND);
    }

    private interface Blocking {
        void run() throws InterruptedException;
    }

    /** A step of one node. */
    interface OnNode {
        void run(String node) throws InterruptedException;
    }

    /** At the same time; returns when all are done, and throws the first problem then. */
    void each(List<String> names, OnNode step) throws InterruptedException {
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
