package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pod: its cluster says what it is, and its agent which process runs in it. It is looked at on its group's thread, and may
 * be asked on any.
 */
final class PodNode implements Node {
    private final String name;
    private final Pods group;
    private final Fleet fleet;
    private final NodeListener listener;
    private final AgentRecording recording;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile PodState state;
    private volatile boolean up;
    private volatile boolean asked;
    private volatile long incarnation;
    /** When its end was asked for and when it was seen, by {@link System#nanoTime()}. */
    private volatile long askedAt;

    private volatile long endedAt;
    private volatile String missing = "its agent has not dialled in";
    private int restarts;
    private boolean routed;
    private boolean left;

    PodNode(PodState state, Pods group, Fleet fleet, NodeListener listener) {
        this.name = state.name();
        this.state = state;
        this.group = group;
        this.fleet = fleet;
        this.listener = listener;
        this.recording = new AgentRecording(name, fleet);
    }

    /**
     * The cluster says something else of it.
     *
     * @param planned pods are replaced by our own will
     */
    void becomes(PodState now, boolean planned, long nanos) {
        if (now.ending() && askedAt == 0) {
            askedAt = nanos;
            asked |= planned;
        }
        state = now;
    }

    PodState state() {
        return state;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI uri() {
        return group.address(state);
    }

    @Override
    public boolean alive() {
        return up;
    }

    @Override
    public boolean ready() {
        return up && !state.ending() && state.ready() && (!group.agents() || connected() == incarnation);
    }

    @Override
    public int starts() {
        return starts.get();
    }

    @Override
    public boolean ours() {
        return false;
    }

    @Override
    public Path log() {
        return null;
    }

    /** It is gone, and whoever listens knows. */
    boolean left() {
        return left;
    }

    /** Its end was asked for at this moment or later, and it had been up. */
    boolean endedSince(long nanos) {
        return askedAt != 0 && askedAt - nanos >= 0 && starts.get() > 0;
    }

    long askedAt() {
        return askedAt;
    }

    /** Not later than now. */
    long endedAt() {
        return endedAt == 0 ? System.nanoTime() : endedAt;
    }

    /** Why users may not reach it, without a full stop. */
    String missing() {
        return state.ready() ? missing : state.obstacle().isEmpty() ? "it is not ready" : state.obstacle();
    }

    /** On the group's thread. */
    void look() {
        PodState now = state;
        long connected = connected();
        if (up && over(now, connected)) {
            ended(now);
        }
        if (!up && serves(now, connected)) {
            incarnation = connected;
            restarts = now.restarts();
            endedAt = 0; // Of a start before.
            starts.incrementAndGet();
            routed = true;
            listener.ready(this);
            up = true;
        }
        if (up && routed != group.routes(now)) {
            routed = !routed;
            listener.routed(this, routed);
        }
        if (!up && now.gone() && !left) {
            left = true;
            listener.left(name);
        }
    }

    private boolean serves(PodState now, long connected) {
        boolean records = !group.agents() || recording.on(connected);
        missing = connected == 0
                ? "its agent has not dialled in"
                : recording.problem().isEmpty()
                        ? "its agent has not started to record"
                        : "its agent cannot record: " + recording.problem();
        return records && now.ready() && !now.ending() && group.routes(now);
    }

    /** What the cluster forgets at once may live on for a while; so does a process whose connection broke. */
    private boolean over(PodState now, long connected) {
        if (connected != 0) {
            return connected != incarnation;
        }
        return now.gone() || now.restarts() > restarts;
    }

    private void ended(PodState now) {
        String why = now.ended().isEmpty() ? "" : " Kubernetes says: " + now.ended() + ".";
        endedAt = System.nanoTime();
        listener.exited(new NodeExit(
                name,
                starts.get(),
                incarnation,
                NodeExit.UNKNOWN,
                asked,
                endedAt,
                asked
                        ? ""
                        : (now.ending() ? "Its end was asked for, and not by this drill." : "It runs elsewhere.")
                                + why));
        up = false;
    }

    private long connected() {
        return group.agents()
                ? fleet.node(name)
                        .filter(FleetNode::connected)
                        .map(FleetNode::incarnation)
                        .orElse(0L)
                : 0;
    }

    @Override
    public void stop() throws InterruptedException {
        end(false);
    }

    @Override
    public void kill() throws InterruptedException {
        end(true);
    }

    /** Its end is over when another pod serves in its place. */
    private void end(boolean atOnce) throws InterruptedException {
        if (up) {
            asked = true;
            group.delete(name, atOnce);
            group.await(
                    () -> !up,
                    () -> "The pod " + name + " was deleted, and "
                            + (state.gone()
                                    ? "its agent is still there; Kubernetes does not wait for the process of a pod that it deletes at"
                                            + " once"
                                    : "is still there"));
            group.awaitWhole("Another pod in the place of " + name);
        }
    }

    @Override
    public void start() {
        throw new Problem("A pod is started by its Deployment.");
    }

    @Override
    public void restart() {
        throw new Problem("One pod cannot be restarted; stop it, and its Deployment starts another.");
    }

    @Override
    public boolean terminate(Duration grace) {
        throw new IllegalStateException("a rollout of one pod is rejected before");
    }

    @Override
    public void version(String other) {
        throw new IllegalStateException("a rollout of one pod is rejected before");
    }

    @Override
    public String version() {
        return "";
    }
}
