package dev.midwrite.controller.serve;

import com.google.protobuf.ByteString;
import dev.midwrite.controller.Problem;
import dev.midwrite.event.Mix;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.JournalPosition;
import dev.midwrite.link.v1.Kept;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Recording;
import dev.midwrite.link.v1.Welcome;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All nodes whose agents dialled in, and what can be asked of them. While it is open it renews every node's lease and
 * measures every node's clock. Thread-safe.
 *
 * <p>Futures fail with a {@link Problem} if the node is not connected, its connection ends before the answer, or the
 * answer does not come within {@link #ANSWER_TIMEOUT}.
 */
public final class Fleet implements AutoCloseable {
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    /** A grid from which members have gone lets its callers wait until it has put itself in order. */
    public static final Duration LOOK_TIMEOUT = Duration.ofSeconds(60);
    /** What is armed ends so long after the agent said what the last lease answers: 2 s, less what threads need to wake up. */
    public static final Duration LEASE = Duration.ofMillis(1_900);

    private static final Duration TICK = Duration.ofMillis(100);
    /** A clock is asked, and so a lease renewed, every so many ticks: three renewals may be lost. */
    private static final int TICKS_PER_PING = 5;
    /** A clock that is new is asked at every tick until here. */
    private static final int EAGER_PINGS = 20;

    /** Whose name another JVM wants has so long to say that it lives. */
    private static final Duration CLAIM = Duration.ofSeconds(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final byte[] sessionKey = new byte[32];
    private final JournalStore journals;
    private final boolean contents;
    private final TreeMap<String, FleetNode> nodes = new TreeMap<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "midwrite-fleet");
        thread.setDaemon(true);
        return thread;
    });
    private final RejectionCounts rejections = new RejectionCounts();
    private final List<FleetListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<RolloutOperator> rollouts = Optional.empty();
    private volatile boolean closed;
    private long ticks;

    /** Who may be asked about rollouts from now on. */
    public void rollouts(RolloutOperator operator) {
        rollouts = Optional.of(operator);
    }

    /** @throws Problem if there is nobody to ask, as this is no run of a drill */
    RolloutOperator rollouts() {
        return rollouts.orElseThrow(() -> new Problem(
                "This controller runs no drill, so it has no rollout; name the one of 'midwrite drill run'."));
    }

    /** With a random key for the session hash. */
    public Fleet(JournalStore journals) {
        this(journals, false);
    }

    /**
     * With a random key for the session hash.
     *
     * @param contents nodes journal what sessions hold, as keyed digests, where they can
     */
    public Fleet(JournalStore journals, boolean contents) {
        this.journals = journals;
        this.contents = contents;
        new SecureRandom().nextBytes(sessionKey);
        Future<?> ticking =
                scheduler.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        assert !ticking.isDone();
    }

    /** Hears of what happens from now on. */
    public void listen(FleetListener listener) {
        listeners.add(listener);
    }

    void tell(Consumer<FleetListener> what) {
        listeners.forEach(what);
    }

    /** Key of {@link dev.midwrite.event.SessionHash} on all nodes. */
    public byte[] sessionKey() {
        return sessionKey.clone();
    }

    /** Of those who called here. */
    public RejectionCounts rejections() {
        return rejections;
    }

    public JournalStore journals() {
        return journals;
    }

    /** In order of name. */
    public synchronized List<FleetNode> nodes() {
        return List.copyOf(nodes.values());
    }

    public synchronized Optional<FleetNode> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /**
     * Waits for another incarnation of the node to be connected.
     *
     * @param previous the incarnation that is not meant, 0 for none
     * @throws Problem if it does not come in time
     */
    public synchronized FleetNode awaitNode(String name, long previous, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            FleetNode node = nodes.get(name);
            if (node != null && node.connected() && node.incarnation() != previous) {
                return node;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new Problem("No agent of node " + name + " has dialled in within " + timeout.toSeconds() + " s.");
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    /** Starts or stops recording; an answer with a problem is an answer. */
    public CompletableFuture<Recording> record(String node, boolean on) {
        return connected(node)
                .map(link -> inTime(link.record(on, contents), node, "recording"))
                .orElseGet(() -> notConnected(node));
    }

    /**
     * Arms, or with {@code dryRun} only asks what would match; a refusal is an answer.
     *
     * @param injection its id is unique in this fleet's life, and not 0
     */
    public CompletableFuture<Armed> arm(String node, Injection injection, boolean dryRun) {
        if (injection.getId() == 0) {
            throw new IllegalArgumentException("an injection's id is not 0");
        }
        return connected(node)
                .map(link -> inTime(link.arm(ofOneNode(node, injection), dryRun), node, "arming"))
                .orElseGet(() -> notConnected(node));
    }

    /**
     * Injects nothing, and counts what would have been hit, until it is lifted or its time is over. An agent of an earlier
     * version answers without counting.
     */
    public CompletableFuture<Armed> count(String node, Injection injection) {
        return connected(node)
                .map(link -> inTime(link.count(ofOneNode(node, injection)), node, "counting"))
                .orElseGet(() -> notConnected(node));
    }

    /**
     * What a node's own process holds in maps of data grids; a grid has {@link #LOOK_TIMEOUT} for that.
     *
     * @param map its name; empty for those at which the node saw sessions
     */
    public CompletableFuture<List<Kept>> look(String node, String map) {
        return connected(node)
                .map(link -> inTime(link.look(map), node, "looking into its maps", LOOK_TIMEOUT))
                .orElseGet(() -> notConnected(node));
    }

    /** Each node draws by itself: a request that is tried again on the next one must not meet the same fault there. */
    private static Injection ofOneNode(String node, Injection injection) {
        long drawSeed = injection.getSeed();
        for (byte letter : node.getBytes(StandardCharsets.UTF_8)) {
            drawSeed = Mix.mix(drawSeed, letter);
        }
        return injection.toBuilder().setDrawSeed(drawSeed).build();
    }

    /**
     * Ends an injection. If it had ended before: how it ended. If its incarnation or the connection to it is gone (a
     * crash, say): the last counts with cause CAUSE_UNSPECIFIED; what still lives ends with its lease.
     */
    public CompletableFuture<Lifted> lift(String node, int injection) {
        FleetNode known = node(node).orElse(null);
        InjectionState state = known == null ? null : known.injection(injection).orElse(null);
        if (state == null) {
            return CompletableFuture.failedFuture(
                    new Problem("Injection " + injection + " was never armed on node " + node + "."));
        }
        if (state.lifted().isPresent()) {
            return CompletableFuture.completedFuture(state.lifted().get());
        }
        Optional<NodeLink> link = known.link().filter(now -> now.incarnation() == state.incarnation());
        if (link.isEmpty()) {
            return CompletableFuture.completedFuture(state.gone());
        }
        return inTime(link.get().lift(injection), node, "lifting").handle((lifted, failure) -> {
            if (failure == null) {
                return lifted;
            }
            if (known.link().equals(link)) {
                throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
            }
            return known.injection(injection).orElseThrow().gone();
        });
    }

    /** Ends everything that is armed on any connected node. */
    public CompletableFuture<List<Lifted>> liftAll() {
        List<CompletableFuture<Lifted>> lifts = new ArrayList<>();
        for (FleetNode node : nodes()) {
            node.injections().values().stream()
                    .filter(state -> state.lifted().isEmpty())
                    .forEach(state ->
                            lifts.add(lift(node.name(), state.injection().getId())));
            node.link().ifPresent(link -> {
                CompletableFuture<Void> unused = link.liftEverything();
            });
        }
        return CompletableFuture.allOf(lifts.toArray(CompletableFuture[]::new))
                .thenApply(done -> lifts.stream().map(CompletableFuture::join).toList());
    }

    /** Ends whatever is armed on a node, whoever armed it; fails if the node does not confirm that. */
    public CompletableFuture<Void> liftEverything(String node) {
        return connected(node)
                .map(link -> inTime(link.liftEverything(), node, "lifting"))
                .orElseGet(() -> notConnected(node));
    }

    /** Lifts all, waits a moment for the answers, and renews no lease any more. Idempotent. */
    @Override
    public void close() {
        liftAtTheEnd();
        closed = true;
        scheduler.shutdownNow();
    }

    /** Must come before the connections end: an agent without one goes on until its lease is over. */
    void liftAtTheEnd() {
        if (closed) {
            return;
        }
        try {
            List<Lifted> lifted = liftAll().get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            assert lifted != null;
        } catch (ExecutionException | TimeoutException e) {
            // An agent that does not answer is left to its lease, which nobody renews from here on.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The process of another incarnation that is connected under this name and lives: who has a name keeps it. One that does
     * not answer, or whose connection ends meanwhile, makes room.
     */
    CompletableFuture<Optional<Long>> otherIncarnation(Hello hello) {
        FleetNode known = node(hello.getNode()).orElse(null);
        NodeLink other = known == null ? null : known.link().orElse(null);
        if (other == null || closed || other.incarnation() == hello.getIncarnation()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        long pid = known.pid();
        CompletableFuture<Void> answer = other.answers();
        Future<?> end = scheduler.schedule(
                () -> answer.completeExceptionally(new Problem("Node " + known.name() + " does not answer.")),
                CLAIM.toMillis(),
                TimeUnit.MILLISECONDS);
        return answer.handle((lives, failure) -> {
            end.cancel(false);
            return failure == null ? Optional.of(pid) : Optional.empty();
        });
    }

    synchronized FleetNode joining(Hello hello) {
        return nodes.computeIfAbsent(hello.getNode(), FleetNode::new);
    }

    Welcome welcome(Hello hello) throws IOException {
        Set<Long> incarnations = hello.getJournalsList().stream()
                .map(JournalPosition::getIncarnation)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        incarnations.add(hello.getIncarnation());
        Welcome.Builder welcome = Welcome.newBuilder()
                .setProtocolVersion(NodeLink.PROTOCOL)
                .setSessionKey(ByteString.copyFrom(sessionKey));
        for (long incarnation : incarnations) {
            welcome.addHave(JournalPosition.newBuilder()
                    .setIncarnation(incarnation)
                    .setNextSeq(journals.nextSeq(hello.getNode(), incarnation)));
        }
        return welcome.build();
    }

    void joined(FleetNode node, NodeLink link, Hello hello) {
        Optional<NodeLink> replaced = node.joined(link, hello);
        replaced.ifPresent(old -> old.end(Status.ABORTED.withDescription(
                "another connection of node " + node.name() + " took this one's place")));
        synchronized (this) {
            notifyAll();
        }
        tell(listener -> listener.joined(node));
    }

    /** The agent has said what its clock shows: its lease is renewed. */
    void answered(NodeLink link) {
        if (!closed) {
            link.lease();
        }
    }

    void left(FleetNode node, NodeLink link) {
        if (node.left(link)) {
            tell(listener -> listener.left(node));
        }
    }

    private void tick() {
        boolean pingIsDue = ticks++ % TICKS_PER_PING == 0;
        for (FleetNode node : nodes()) {
            node.link().ifPresent(link -> {
                if (pingIsDue || link.pingsSent() < EAGER_PINGS) {
                    link.ping();
                }
            });
        }
    }

    private Optional<NodeLink> connected(String name) {
        return closed ? Optional.empty() : node(name).flatMap(FleetNode::link);
    }

    private static <T> CompletableFuture<T> notConnected(String node) {
        return CompletableFuture.failedFuture(new Problem("Node " + node + " is not connected."));
    }

    private <T> CompletableFuture<T> inTime(CompletableFuture<T> answer, String node, String what) {
        return inTime(answer, node, what, ANSWER_TIMEOUT);
    }

    private <T> CompletableFuture<T> inTime(CompletableFuture<T> answer, String node, String what, Duration timeout) {
        // A copy, so that a late answer still finds the one that waits for it and the node's state stays right.
        CompletableFuture<T> copy = answer.copy();
        Future<?> end = scheduler.schedule(
                () -> copy.completeExceptionally(new Problem(
                        "Node " + node + " has not answered (" + what + ") within " + timeout.toSeconds() + " s.")),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        return copy.whenComplete((value, failure) -> end.cancel(false));
    }
}
