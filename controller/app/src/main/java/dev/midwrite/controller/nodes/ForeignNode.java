package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.ExternalNode;
import dev.midwrite.controller.plan.Step;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A node that somebody else started. What happens to it is seen from outside, on a thread of its own; what is done to it
 * is a command of the user's, and then waiting for what that shows. It is never stopped in the end.
 */
final class ForeignNode implements Node {
    private static final long POLL_MILLIS = 50;
    /** So long a process whose end was not seen is waited for, where nothing but an answer can be seen. */
    private static final Duration REPLACED = Duration.ofSeconds(2);

    private final ExternalNode node;
    private final ExternalSetting setting;
    private final NodeListener listener;
    private final Sight sight;
    private final ReentrantLock operation = new ReentrantLock();
    private final Thread thread;
    private volatile boolean up;
    private volatile boolean asked;
    private volatile boolean closed;
    private volatile long incarnation;
    private final AtomicInteger starts = new AtomicInteger();
    private int actions;

    ForeignNode(ExternalNode node, ExternalSetting setting, NodeListener listener) {
        this.node = node;
        this.setting = setting;
        this.listener = listener;
        this.sight = new Sight(node, setting);
        this.thread = new Thread(this::watch, "midwrite-external-" + node.name());
        thread.setDaemon(true);
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public URI uri() {
        return node.url().or(setting.spec()::balancer).orElseThrow();
    }

    /** It was seen, and its end was not. */
    @Override
    public boolean alive() {
        return up;
    }

    @Override
    public boolean ready() {
        return up && (!sight.hasAgent() || sight.incarnation() == incarnation);
    }

    @Override
    public boolean ours() {
        return false;
    }

    /** How many of its processes were seen. */
    @Override
    public int starts() {
        return starts.get();
    }

    @Override
    public Path log() {
        return null;
    }

    /** From now on it is watched. */
    void appear() {
        thread.start();
    }

    /**
     * Waits until users may reach it.
     *
     * @throws Problem if they may not until then
     */
    void awaitReady(long deadline) throws InterruptedException {
        await(
                this::ready,
                deadline,
                () -> "Node " + name() + " was not ready within "
                        + setting.spec().readyTimeout().toSeconds() + " s: " + sight.missing() + ".");
    }

    @Override
    public void start() throws InterruptedException {
        doing(() -> {
            if (!up) {
                act(Step.Action.START);
                awaitReady(deadline(setting.spec().readyTimeout()));
            }
        });
    }

    @Override
    public void stop() throws InterruptedException {
        end(Step.Action.STOP);
    }

    @Override
    public void kill() throws InterruptedException {
        end(Step.Action.KILL);
    }

    private void end(Step.Action action) throws InterruptedException {
        doing(() -> {
            int before = starts.get();
            if (up) {
                act(action);
                Duration limit = setting.spec().stopTimeout();
                await(() -> !up || starts.get() > before, deadline(limit), () -> still(action, limit));
            }
        });
    }

    @Override
    public void restart() throws InterruptedException {
        if (!node.commands().containsKey(Step.Action.RESTART)) {
            stop();
            start();
            return;
        }
        doing(() -> {
            int before = starts.get();
            act(Step.Action.RESTART);
            Duration limit = sight.hasAgent() ? setting.spec().readyTimeout() : REPLACED;
            long deadline = deadline(limit);
            if (sight.hasAgent()) {
                await(
                        () -> starts.get() > before && ready(),
                        deadline,
                        () -> starts.get() > before
                                ? "Node " + name() + " was not ready again: " + sight.missing() + "."
                                : still(Step.Action.RESTART, limit));
            } else if (!seen(() -> !up || starts.get() > before, deadline)) {
                listener.unseen("Whether the restart of " + name()
                        + " replaced its process is not known: it has no agent, and answered all the time.");
            } else {
                awaitReady(deadline(setting.spec().readyTimeout()));
            }
        });
    }

    @Override
    public boolean terminate(Duration grace) {
        throw new IllegalStateException("a rollout of what runs elsewhere is rejected before");
    }

    @Override
    public void version(String name) {
        throw new IllegalStateException("a rollout of what runs elsewhere is rejected before");
    }

    @Override
    public String version() {
        return "";
    }

    /** It is watched no more; nothing is done to it. Idempotent. */
    void close() {
        closed = true;
        thread.interrupt();
    }

    private interface Operation {
        void run() throws InterruptedException;
    }

    private void doing(Operation what) throws InterruptedException {
        operation.lockInterruptibly();
        try {
            asked = true;
            what.run();
        } finally {
            asked = false;
            operation.unlock();
        }
    }

    private void act(Step.Action action) throws InterruptedException {
        List<String> command = node.commands().get(action);
        if (command == null) {
            throw new Problem("There is no command for the " + action.word() + " of " + name() + ".");
        }
        new NodeAction(
                        action.word() + " of " + name(),
                        ExternalSetting.words(node, command, setting.java()),
                        setting.workingDirectory(),
                        setting.runDirectory()
                                .resolve("nodes")
                                .resolve(name() + "." + action.word() + "." + ++actions + ".log"),
                        setting.external().actionTimeout())
                .run(setting.reaper());
    }

    private String still(Step.Action action, Duration limit) {
        return "The command for the " + action.word() + " of " + name() + " has ended, and " + limit.toSeconds()
                + " s later its process is the one that was there before.";
    }

    private static long deadline(Duration limit) {
        return System.nanoTime() + limit.toNanos();
    }

    private void await(BooleanSupplier seen, long deadline, Supplier<String> problem) throws InterruptedException {
        if (!seen(seen, deadline)) {
            throw new Problem(problem.get());
        }
    }

    private synchronized boolean seen(BooleanSupplier what, long deadline) throws InterruptedException {
        while (!what.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private void watch() {
        try {
            while (!closed) {
                look();
                synchronized (this) {
                    notifyAll();
                    wait(POLL_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (up && gone() && !closed) {
            listener.exited(new NodeExit(
                    name(),
                    starts.get(),
                    incarnation,
                    NodeExit.UNKNOWN,
                    asked,
                    System.nanoTime(),
                    asked ? "" : "It runs elsewhere, so nobody here knows why."));
            up = false;
        }
        if (!up && sight.serves() && !closed) {
            incarnation = sight.incarnation();
            starts.incrementAndGet();
            listener.ready(this);
            up = true;
        }
    }

    /** A connection may break and the process live: only another one, or a closed port, shows that it does not. */
    private boolean gone() {
        if (!sight.hasAgent()) {
            return sight.refuses();
        }
        long now = sight.incarnation();
        if (now != 0) {
            return now != incarnation;
        }
        return node.url().isEmpty() ? asked : sight.refuses();
    }
}
