package dev.midwrite.junit;

import dev.midwrite.controller.plan.InvalidDrill;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.run.Hand;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The nodes of a {@link DrillTest} that drives by hand: a parameter of its method, which runs while users work. What is done here is
 * evidence for the verdict, as if a timeline had said so. All methods throw an {@code IllegalArgumentException} for a node that
 * there is not. For the thread of the test only.
 */
public final class Cluster {
    private final Supplier<Hand> hand;

    Cluster(Supplier<Hand> hand) {
        this.hand = hand;
    }

    /** Names, such as {@code node-1}. */
    public List<String> nodes() {
        return hand.get().nodes();
    }

    /** Where a node serves, {@code http://host:port}. */
    public URI address(String node) {
        return hand.get().address(known(node));
    }

    /** Whether users may reach it. */
    public boolean isUp(String node) {
        return hand.get().up(known(node));
    }

    /** SIGKILL; returns when the process has ended. */
    public void kill(String node) throws InterruptedException {
        hand.get().act(known(node), Step.Action.KILL);
    }

    /** SIGTERM, and SIGKILL if it takes longer than ten seconds; returns when the process has ended. */
    public void stop(String node) throws InterruptedException {
        hand.get().act(known(node), Step.Action.STOP);
    }

    /** Returns when it is ready; nothing if it is up. */
    public void start(String node) throws InterruptedException {
        hand.get().act(known(node), Step.Action.START);
    }

    /** {@link #stop} and {@link #start}. */
    public void restart(String node) throws InterruptedException {
        hand.get().act(known(node), Step.Action.RESTART);
    }

    /**
     * Arms a fault on all nodes, for a minute unless {@code for} says otherwise; returns when they have answered.
     *
     * @param words keys of {@code inject} in a drill file, each as {@code key=value}: {@code "fault=delay"},
     *     {@code "point=session.save"}, {@code "delay=300ms"}
     * @throws IllegalArgumentException if these make no injection
     */
    public void inject(String... words) {
        inject(nodes(), List.of(words));
    }

    /** The same on one node. */
    public void injectAt(String node, String... words) {
        inject(List.of(known(node)), List.of(words));
    }

    /** Lifts all faults that are armed. */
    public void lift() {
        hand.get().lift();
    }

    private void inject(List<String> on, List<String> words) {
        try {
            hand.get().inject(on, words);
        } catch (InvalidDrill e) {
            throw new IllegalArgumentException(
                    e.problems().stream().map(PlannedDrill::sentence).collect(Collectors.joining("\n")), e);
        }
    }

    private String known(String node) {
        if (!nodes().contains(node)) {
            throw new IllegalArgumentException(
                    "There is no node " + node + "; the nodes are " + String.join(", ", nodes()) + ".");
        }
        return node;
    }
}
