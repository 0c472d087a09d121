package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.plan.InjectionArguments;
import dev.midwrite.controller.plan.Moment;
import dev.midwrite.controller.plan.Step;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What can be done to a run by hand; all of it is evidence as if a timeline had said so. Not thread-safe. */
public final class Hand {
    private static final Moment NOW = Moment.at(Duration.ZERO, Moment.BY_HAND);

    private final Stage stage;
    private final Timeline timeline;
    private final RunClock clock;
    private final Load load;
    private int injections;

    Hand(Stage stage, Timeline timeline, RunClock clock, Load load) {
        this.stage = stage;
        this.timeline = timeline;
        this.clock = clock;
        this.load = load;
    }

    /** Names of all nodes, in the order of the drill. */
    public List<String> nodes() {
        return stage.nodes().all().stream().map(Node::name).toList();
    }

    /**
     * Where it serves, {@code http://host:port}.
     *
     * @throws Problem if there is no such node
     */
    public URI address(String node) {
        return stage.nodes().node(node).uri();
    }

    /**
     * Whether users may reach it.
     *
     * @throws Problem if there is no such node
     */
    public boolean up(String node) {
        return stage.nodes().node(node).ready();
    }

    /**
     * Returns when it is done. Starting a node that is up does nothing.
     *
     * @throws Problem if there is no such node, or it cannot be done; then the run is invalid
     */
    public void act(String node, Step.Action action) throws InterruptedException {
        if (action == Step.Action.START && stage.nodes().node(node).alive()) {
            return;
        }
        int before = timeline.broken().size();
        timeline.act(new Step.Node(NOW, node, action));
        List<String> broken = timeline.broken();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (broken.size() > before) {
            throw new Problem(broken.get(broken.size() - 1));
        }
    }

    /**
     * Arms a fault; returns when the nodes have answered.
     *
     * @param on names of nodes
     * @param words as of {@link InjectionArguments}, each {@code key=value}
     * @throws dev.midwrite.controller.plan.InvalidDrill if the words make no injection
     * @throws Problem if there is no such node
     */
    public void inject(List<String> on, List<String> words) {
        InjectionArguments read = InjectionArguments.read(injections + 1, words);
        injections++;
        stage.injector().arm(timeline.meant(new Step.Inject(NOW, on, read.injection(), read.lasting())));
    }

    /** Lifts every fault that is armed. */
    public void lift() {
        stage.injector().liftAll();
    }

    /** Users go on meanwhile. */
    public void sleep(Duration time) throws InterruptedException {
        clock.sleep(time.toNanos());
    }

    public Answers answers() {
        return load.answers();
    }
}
