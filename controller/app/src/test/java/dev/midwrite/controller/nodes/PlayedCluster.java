package dev.midwrite.controller.nodes;

import dev.midwrite.controller.nodes.PodState.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A cluster that says what a test tells it to, and remembers what it was asked for. */
final class PlayedCluster implements Cluster {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, PodState> pods = new ConcurrentSkipListMap<>();
    private volatile Consumer<PodState> told = pod -> {};
    volatile int wanted = 1;
    /** What becomes of pods during a rollout. */
    volatile Runnable whenRolledOut = () -> {};

    volatile Optional<String> takenBack = Optional.empty();
    volatile boolean closed;

    PodState state(String name, int born, Endpoint endpoint, boolean ready) {
        Instant created = Instant.EPOCH.plusSeconds(born);
        return new PodState(
                name,
                created,
                Optional.of("127.0.0.1"),
                ready ? Optional.of(created) : Optional.empty(),
                endpoint,
                Optional.empty(),
                0,
                "",
                "",
                false);
    }

    void says(PodState pod) {
        pods.put(pod.name(), pod);
        told.accept(pod);
    }

    /** Ready, and in a slice. */
    void serves(String name, int born) {
        says(state(name, born, Endpoint.READY, true));
    }

    void ends(String name, boolean gone) {
        PodState before = pods.get(name);
        says(new PodState(
                name,
                before.created(),
                before.address(),
                gone ? Optional.empty() : before.readySince(),
                gone ? Endpoint.ABSENT : Endpoint.TERMINATING,
                Optional.of(before.created().plusSeconds(1)),
                before.restarts(),
                "",
                "",
                gone));
    }

    void startsAgain(String name, String ended) {
        PodState before = pods.get(name);
        says(new PodState(
                name,
                before.created(),
                before.address(),
                before.readySince(),
                before.endpoint(),
                before.asked(),
                before.restarts() + 1,
                ended,
                "",
                false));
    }

    @Override
    public String words() {
        return "the deployment orders in namespace shop";
    }

    @Override
    public void watch(Consumer<PodState> consumer) {
        told = consumer;
        pods.values().forEach(consumer);
    }

    @Override
    public int wanted() {
        return wanted;
    }

    @Override
    public Optional<String> rollOut(Duration limit) {
        asked.add("roll out");
        whenRolledOut.run();
        return takenBack;
    }

    @Override
    public void delete(String pod, boolean atOnce) {
        asked.add("delete " + pod + (atOnce ? " at once" : ""));
    }

    @Override
    public void close() {
        closed = true;
    }
}
