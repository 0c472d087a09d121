package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.nodes.NodeGroup;
import dev.midwrite.controller.nodes.RolledOut;
import dev.midwrite.controller.plan.Condition;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.Moment;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.StoreAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Walks a drill's timeline in real time: faults on time, node actions beside each other. */
final class Timeline {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);
    /** A condition is noticed at most so much later. */
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(20);

    private final Drill drill;
    private final Injector injector;
    private final NodeGroup nodes;
    private final RunClock clock;
    private final StoreActions store;
    private final Rollouts rollouts;
    private final Executor threads;
    private final Progress progress;
    private final List<FaultFacts> actions = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    /** What is done to nodes at this moment or was; used by the thread that walks. */
    private final List<NodeActionUnderWay> nodeActions = new ArrayList<>();

    private record NodeActionUnderWay(String node, CompletableFuture<Void> done) {}

    private record Due(long at, Runnable what) {}

    /** A step whose time has come, and whose condition has not. */
    private record Waiting(Step step, Condition condition, long until, Runnable what) {}

    /** @param threads for node actions, which block */
    Timeline(
            Drill drill,
            Injector injector,
            NodeGroup nodes,
            RunClock clock,
            StoreActions store,
            Rollouts rollouts,
            Progress progress,
            Executor threads) {
        this.store = store;
        this.rollouts = rollouts;
        this.threads = threads;
        this.drill = drill;
        this.injector = injector;
        this.nodes = nodes;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Returns when the users' time is over, or the store has ended by itself, and everything is lifted and every node action
     * has ended.
     *
     * @param origin moment on the users' clock at which the timeline starts
     * @param users a few words about them
     */
    void walk(long origin, Supplier<String> users) throws InterruptedException {
        long end = origin + drill.users().duration().toNanos();
        Queue<Due> dues = new PriorityQueue<>(Comparator.comparingLong(Due::at));
        List<Waiting> waiting = new ArrayList<>();
        List<CompletableFuture<Void>> acting = new ArrayList<>();
        for (Step step : drill.timeline()) {
            Moment moment = step.moment();
            long at = origin + moment.at().toNanos();
            Runnable what = doing(step, end, dues, acting);
            Runnable due = moment.when()
                    .<Runnable>map(condition -> () -> waiting.add(
                            new Waiting(step, condition, at + moment.within().toNanos(), what)))
                    .orElse(what);
            dues.add(new Due(at, due));
        }
        for (long now = clock.now(); now < end && store.endedByItself().isEmpty(); now = clock.now()) {
            look(now, dues, waiting);
            say(origin, users);
            long next = Math.min(end, clock.now() + (waiting.isEmpty() ? TICK : POLL));
            clock.sleep(Math.max(
                    1,
                    dues.isEmpty()
                            ? next - clock.now()
                            : Math.min(next, dues.peek().at()) - clock.now()));
        }
        boolean whole = store.endedByItself().isEmpty();
        if (whole) {
            look(end, dues, waiting);
        }
        injector.liftAll();
        rollouts.usersStop();
        acting.forEach(CompletableFuture::join);
        carefully(store::liftAll);
        if (whole) {
            heal();
        }
    }

    /** In the place of {@link #walk}: returns when somebody else is done and everything is lifted. */
    void leaveTo(ByHand driver, Hand hand) throws InterruptedException {
        progress.phase(DrillPhase.TIMELINE, "by hand");
        driver.drive(hand);
        injector.liftAll();
    }

    /** What was done to nodes and to the store and had an effect. */
    List<FaultFacts> actions() {
        return Stream.of(actions, store.faults(), rollouts.faults())
                .flatMap(List::stream)
                .toList();
    }

    /** When the last fault or node action had ended, on the users' clock; 0 if there was none. */
    long lastEnd() {
        return Stream.concat(
                        actions().stream().map(FaultFacts::to),
                        injector.all().stream().map(ArmedInjection::to))
                .max(Long::compare)
                .orElse(0L);
    }

    /** Node actions that failed; each one sentence. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    private void look(long now, Queue<Due> dues, List<Waiting> waiting) {
        while (!dues.isEmpty() && dues.peek().at() <= now) {
            dues.poll().what().run();
        }
        for (Waiting step : List.copyOf(waiting)) {
            if (holds(step.condition())) {
                waiting.remove(step);
                step.what().run();
            } else if (now >= step.until()) {
                waiting.remove(step);
                missed(step);
            }
        }
    }

    /** A node that is about to be stopped or is on its way down still answers, and is not up in this sense. */
    private boolean holds(Condition condition) {
        nodeActions.removeIf(action -> action.done().isDone());
        if (condition instanceof Condition.AllUp) {
            return nodeActions.isEmpty() && nodes.whole();
        }
        return ((Condition.States) condition)
                .up().entrySet().stream()
                        .allMatch(state -> state.getValue()
                                ? up(state.getKey())
                                : !nodes.node(state.getKey()).alive());
    }

    private boolean up(String node) {
        return nodeActions.stream().noneMatch(action -> action.node().equals(node))
                && nodes.node(node).ready();
    }

    private void missed(Waiting waiting) {
        Moment moment = waiting.step().moment();
        String sentence = moment.place() + ": " + words(waiting.step()) + " was to wait until "
                + waiting.condition().words() + ", which took longer than "
                + moment.within().toMillis() / 1000.0
                + " s, so it was not done.";
        if (!moment.optional()) {
            broken.add(sentence);
        }
        progress.note(Note.of(sentence).warning());
    }

    private Runnable doing(Step step, long end, Queue<Due> dues, List<CompletableFuture<Void>> acting) {
        return () -> {
            if (step instanceof Step.Inject inject) {
                carefully(() -> injector.arm(meant(inject)));
                long until = clock.now() + inject.lasting().toNanos();
                if (until < end) {
                    dues.add(new Due(until, () -> injector.lift(inject)));
                }
            } else if (step instanceof Step.Node node) {
                CompletableFuture<Void> done = CompletableFuture.runAsync(() -> act(node), threads);
                acting.add(done);
                nodeActions.add(new NodeActionUnderWay(node.node(), done));
            } else if (step instanceof Step.Rollout rollout) {
                acting.add(CompletableFuture.runAsync(
                        () -> carefully(() -> rollouts.roll(rollout.plan(), rollout.times())), threads));
            } else if (step instanceof Step.ClusterRollout rollout) {
                acting.add(CompletableFuture.runAsync(() -> carefully(() -> roll(rollout)), threads));
            } else if (step instanceof Step.Store action) {
                acting.add(CompletableFuture.runAsync(() -> carefully(() -> store.act(action)), threads));
                long until = clock.now() + action.lasting().toNanos();
                if (action.action().lasts() && until < end) {
                    dues.add(new Due(
                            until,
                            () -> acting.add(CompletableFuture.runAsync(
                                    () -> carefully(() -> store.lift(action.action())), threads))));
                }
            }
        };
    }

    private void say(long origin, Supplier<String> users) {
        progress.phase(
                DrillPhase.TIMELINE,
                String.format(
                        Locale.ROOT,
                        "%.0f of %d s, %s",
                        Math.max(0, (clock.now() - origin) / 1e9),
                        drill.users().duration().toSeconds(),
                        users.get()));
    }

    private interface Blocking {
        void run() throws InterruptedException;
    }

    private void carefully(Blocking action) {
        try {
            action.run();
        } catch (Problem e) {
            broken.add(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when it is done, or has failed and is {@link #broken}. */
    void act(Step.Node step) {
        long from = clock.now();
        carefully(() -> {
            Node node = nodes.node(step.node());
            switch (step.action()) {
                case RESTART -> node.restart();
                case KILL -> node.kill();
                case STOP -> node.stop();
                case START -> {
                    if (node.alive()) {
                        String still =
                                step.moment().place() + ": " + step.node() + " was still up, so it was not started.";
                        progress.note(Note.of(still, step.node()).warning());
                        return;
                    }
                    node.start();
                    injector.upAgain(step.node(), clock.now());
                }
            }
            progress.note(Note.of(node.name() + ": " + done(step.action()) + ".", node.name()));
            if (step.action() != Step.Action.START) {
                actions.add(new FaultFacts(
                        0,
                        step.action().name().toLowerCase(Locale.ROOT),
                        "",
                        node.name(),
                        from,
                        clock.now(),
                        1,
                        1,
                        true));
            }
        });
    }

    /** Asks what would match now; a node that is not there yet may be when the step is due. */
    void dryRun(Step.Inject step) {
        try {
            injector.dryRun(meant(step));
        } catch (Problem e) {
            progress.note(Note.of(e.getMessage()).warning());
        }
    }

    /** The same step, with names of nodes in the place of words for them, each once. */
    Step.Inject meant(Step.Inject step) {
        return new Step.Inject(
                step.moment(),
                step.nodes().stream()
                        .flatMap(name -> nodes.node(name).names().stream())
                        .distinct()
                        .toList(),
                step.injection(),
                step.lasting());
    }

    private void roll(Step.ClusterRollout step) throws InterruptedException {
        RolledOut done = nodes.node(KubernetesSpec.ALL).rollOut();
        done.ends()
                .forEach(end -> actions.add(new FaultFacts(
                        0, "rollout", "", end.node(), clock.at(end.asked()), clock.at(end.ended()), 1, 1, true)));
        if (done.takenBack().isPresent() && !step.rollBack()) {
            throw new Problem(done.takenBack().get());
        }
        progress.note(done.takenBack()
                .orElseGet(() -> "Rolled out: "
                        + done.ends().stream().map(RolledOut.End::node).collect(Collectors.joining(", "))
                        + " replaced."));
    }

    /**
     * A crash may come after the step that was to start the node again; then it is started now. In the place of what a rollout
     * took out another one serves.
     */
    private void heal() throws InterruptedException {
        for (Step step : drill.timeline()) {
            if (step instanceof Step.Store action && action.action() == StoreAction.START && !store.up()) {
                carefully(() -> store.act(action));
            }
            if (step instanceof Step.Node action && action.action() == Step.Action.START) {
                Node node = nodes.node(action.node());
                if (!node.alive() && !rollouts.tookOut(node)) {
                    act(action);
                }
            }
        }
    }

    private static String words(Step step) {
        if (step instanceof Step.Inject inject) {
            return inject.injection().fault().label() + " at "
                    + inject.injection().point();
        }
        if (step instanceof Step.Store action) {
            return action.action().name().toLowerCase(Locale.ROOT) + " of the store";
        }
        if (step instanceof Step.Rollout rollout) {
            return "rollout of " + String.join(", ", rollout.plan().nodes());
        }
        if (step instanceof Step.ClusterRollout) {
            return "rollout of all pods";
        }
        Step.Node node = (Step.Node) step;
        return node.action().name().toLowerCase(Locale.ROOT) + " of " + node.node();
    }

    private static String done(Step.Action action) {
        return switch (action) {
            case RESTART -> "restarted";
            case KILL -> "killed";
            case STOP -> "stopped";
            case START -> "started again";
        };
    }
}
