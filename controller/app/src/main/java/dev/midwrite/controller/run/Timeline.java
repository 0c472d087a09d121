package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.nodes.NodeProcess;
import dev.midwrite.controller.nodes.Nodes;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.users.UserClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Walks a drill's timeline in real time: faults on time, node actions beside each other. */
final class Timeline {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);

    private final Drill drill;
    private final Injector injector;
    private final Nodes nodes;
    private final UserClock clock;
    private final Progress progress;
    private final List<FaultFacts> actions = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();

    private record Due(long at, Runnable what) {}

    Timeline(Drill drill, Injector injector, Nodes nodes, UserClock clock, Progress progress) {
        this.drill = drill;
        this.injector = injector;
        this.nodes = nodes;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Returns when the users' time is over, everything is lifted, and every node action has ended.
     *
     * @param origin moment on the users' clock at which the timeline starts
     * @param users a few words about them
     */
    void walk(long origin, Supplier<String> users) throws InterruptedException {
        long end = origin + drill.users().duration().toNanos();
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "midwrite-timeline");
            thread.setDaemon(true);
            return thread;
        });
        List<Future<?>> acting = new ArrayList<>();
        try {
            for (Due due : dues(origin, threads, acting)) {
                await(due.at(), origin, users);
                due.what().run();
            }
            await(end, origin, users);
            injector.liftAll();
            for (Future<?> action : acting) {
                action.get();
            }
            heal();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Node actions that had an effect. */
    List<FaultFacts> actions() {
        return List.copyOf(actions);
    }

    /** When the last fault or node action had ended, on the users' clock; 0 if there was none. */
    long lastEnd() {
        return Stream.concat(
                        actions.stream().map(FaultFacts::to),
                        injector.all().stream().map(ArmedInjection::to))
                .max(Long::compare)
                .orElse(0L);
    }

    /** Node actions that failed; each one sentence. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    private List<Due> dues(long origin, ExecutorService threads, List<Future<?>> acting) {
        List<Due> dues = new ArrayList<>();
        for (Step step : drill.timeline()) {
            long at = origin + step.at().toNanos();
            if (step instanceof Step.Inject inject) {
                dues.add(new Due(at, () -> injector.arm(inject)));
                dues.add(new Due(at + inject.lasting().toNanos(), () -> injector.lift(inject)));
            } else if (step instanceof Step.Node node) {
                dues.add(new Due(at, () -> acting.add(threads.submit(() -> act(node)))));
            }
        }
        dues.sort(Comparator.comparingLong(Due::at));
        return dues;
    }

    private void await(long moment, long origin, Supplier<String> users) throws InterruptedException {
        for (long left = moment - clock.now(); left > 0; left = moment - clock.now()) {
            double seconds = (clock.now() - origin) / 1e9;
            progress.phase(
                    DrillPhase.TIMELINE,
                    String.format(
                            Locale.ROOT,
                            "%.0f of %d s, %s",
                            Math.max(0, seconds),
                            drill.users().duration().toSeconds(),
                            users.get()));
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TICK));
        }
    }

    private void act(Step.Node step) {
        NodeProcess node = nodes.node(step.node());
        long from = clock.now();
        try {
            switch (step.action()) {
                case RESTART -> node.restart();
                case KILL -> node.kill();
                case STOP -> node.stop();
                case START -> {
                    if (node.alive()) {
                        progress.note(
                                "Line " + step.line() + ": " + step.node() + " was still up, so it was not started.");
                        return;
                    }
                    node.start();
                    injector.upAgain(step.node(), clock.now());
                }
            }
            progress.note(step.node() + ": " + done(step.action()) + ".");
            if (step.action() != Step.Action.START) {
                actions.add(new FaultFacts(
                        0,
                        step.action().name().toLowerCase(Locale.ROOT),
                        "",
                        step.node(),
                        from,
                        clock.now(),
                        1,
                        1,
                        true));
            }
        } catch (Problem e) {
            broken.add(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A crash may come after the step that was to start the node again; then it is started now. */
    private void heal() throws InterruptedException {
        for (Step step : drill.timeline()) {
            if (step instanceof Step.Node action && action.action() == Step.Action.START) {
                NodeProcess node = nodes.node(action.node());
                if (!node.alive()) {
                    act(action);
                }
            }
        }
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
