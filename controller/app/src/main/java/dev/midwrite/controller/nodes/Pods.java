package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.serve.Fleet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pods of a Deployment, which come and go: each is a node of its own. They are watched, and left as they are in the end.
 * Thread-safe.
 */
public final class Pods implements NodeGroup {
    private static final long POLL_MILLIS = 50;
    private static final Comparator<PodNode> BY_AGE =
            Comparator.<PodNode, Instant>comparing(pod -> pod.state().created()).thenComparing(PodNode::name);

    private final NodesSpec spec;
    private final KubernetesSpec kubernetes;
    private final Cluster cluster;
    private final Fleet fleet;
    private final NodeListener listener;
    private final AllPods together = new AllPods(this);
    private final Thread thread = new Thread(this::watch, "midwrite-pods");
    /** By name, also those that are gone. */
    private final Map<String, PodNode> pods = new LinkedHashMap<>();

    private boolean watching;
    private boolean sliced;
    private boolean rolling;
    private volatile boolean closed;

    /** @param spec with {@link NodesSpec#kubernetes()} */
    public Pods(NodesSpec spec, Cluster cluster, Fleet fleet, NodeListener listener) {
        this.spec = spec;
        this.kubernetes = spec.kubernetes().orElseThrow();
        this.cluster = cluster;
        this.fleet = fleet;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Waits until all are up: they were started before. */
    @Override
    public void start() throws InterruptedException {
        cluster.watch(this::changed);
        synchronized (this) {
            watching = true;
        }
        thread.start();
        awaitWhole("As many pods as " + cluster.words() + " is to have", spec.readyTimeout());
        synchronized (this) {
            if (!sliced) {
                listener.unseen("No endpoint slice names a pod of " + cluster.words()
                        + ", so it is not known when requests are routed there.");
            }
        }
        listener.unseen("The nodes are pods of " + cluster.words()
                + ": output and memory of their processes are not known here, and when the signal to end (TERM) comes is not"
                + " told by Kubernetes." + (agents() ? "" : " They have no agent, so there are no journals either."));
    }

    @Override
    public synchronized List<PodNode> all() {
        return pods.values().stream().filter(pod -> !pod.left()).toList();
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(pods.keySet());
    }

    @Override
    public Node node(String name) {
        if (name.equals(KubernetesSpec.ALL)) {
            return together;
        }
        Stream<PodNode> up = all().stream().filter(Node::ready);
        Optional<PodNode> found = switch (name) {
            case KubernetesSpec.OLDEST -> up.min(BY_AGE);
            case KubernetesSpec.NEWEST -> up.max(BY_AGE);
            default -> all().stream().filter(pod -> pod.name().equals(name)).findFirst();
        };
        return found.orElseThrow(() -> new Problem("There is no pod " + name + " of " + cluster.words()
                + " that is up; its pods are " + all().stream().map(Node::name).toList() + "."));
    }

    @Override
    public boolean whole() {
        int wanted = cluster.wanted();
        return wanted > 0 && all().stream().filter(Node::ready).count() == wanted;
    }

    RolledOut rollOut() throws InterruptedException {
        long from = System.nanoTime();
        rolling(true);
        try {
            Optional<String> takenBack = cluster.rollOut(limit());
            awaitWhole("As many pods as " + cluster.words() + " is to have");
            return new RolledOut(takenBack, ends(from));
        } finally {
            rolling(false);
        }
    }

    private synchronized List<RolledOut.End> ends(long from) {
        return pods.values().stream()
                .filter(pod -> pod.endedSince(from))
                .map(pod -> new RolledOut.End(pod.name(), pod.askedAt(), pod.endedAt()))
                .toList();
    }

    private synchronized void rolling(boolean now) {
        rolling = now;
    }

    void delete(String pod, boolean atOnce) {
        cluster.delete(pod, atOnce);
    }

    /** They have agents. */
    boolean agents() {
        return spec.external().orElseThrow().controller().isPresent();
    }

    /** Whether users are sent to a pod in this state. */
    synchronized boolean routes(PodState pod) {
        if (kubernetes.port().isEmpty()) {
            return true;
        }
        return pod.address().isPresent() && (sliced ? pod.endpoint() == PodState.Endpoint.READY : pod.ready());
    }

    URI address(PodState pod) {
        return spec.balancer().orElseGet(() -> {
            String host = pod.address().orElseThrow();
            return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                    + kubernetes.port().orElseThrow());
        });
    }

    private Duration limit() {
        return spec.external().orElseThrow().actionTimeout();
    }

    /** @param what waits for it, without a full stop */
    void await(BooleanSupplier seen, Supplier<String> what) throws InterruptedException {
        await(seen, limit(), () -> what.get() + " after " + limit().toSeconds() + " s.");
    }

    void awaitWhole(String what) throws InterruptedException {
        awaitWhole(what, limit());
    }

    private void awaitWhole(String what, Duration limit) throws InterruptedException {
        await(
                this::whole,
                limit,
                () -> what + " (" + cluster.wanted() + ") did not serve within " + limit.toSeconds() + " s: "
                        + missing() + ".");
    }

    private String missing() {
        List<PodNode> present = all();
        if (present.isEmpty()) {
            return "there is no pod";
        }
        return present.stream()
                .map(pod -> pod.name() + (pod.ready() ? " serves" : ": " + pod.missing()))
                .collect(Collectors.joining("; "));
    }

    private synchronized void await(BooleanSupplier seen, Duration limit, Supplier<String> problem)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!seen.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new Problem(problem.get());
            }
            wait(left);
        }
    }

    private void changed(PodState now) {
        long nanos = System.nanoTime();
        List<PodMoment> moments;
        synchronized (this) {
            PodNode known = pods.get(now.name());
            moments = watching && !closed ? PodMoment.between(known == null ? null : known.state(), now) : List.of();
            sliced |= now.endpoint() != PodState.Endpoint.ABSENT;
            pods.computeIfAbsent(now.name(), name -> new PodNode(now, this, fleet, listener))
                    .becomes(now, rolling, nanos);
            notifyAll();
        }
        moments.forEach(moment -> listener.told(now.name(), moment.label(), moment.detail(), nanos));
    }

    private void watch() {
        try {
            while (!closed) {
                all().forEach(PodNode::look);
                synchronized (this) {
                    notifyAll();
                    wait(POLL_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** They are watched no more; nothing is done to them. Idempotent. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        cluster.close();
    }
}
