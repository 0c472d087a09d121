package dev.midwrite.controller.run;

import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.audit.NodeMaps;
import dev.midwrite.controller.audit.SessionLocation;
import dev.midwrite.controller.audit.StoreAudit;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.nodes.NodeGroup;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.controller.serve.RolloutOperator;
import dev.midwrite.controller.store.StoreControl;
import dev.midwrite.controller.users.RequestListener;
import dev.midwrite.controller.users.Router;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * No process, port or server: everything starts and ends at once, fails or is interrupted where it is told to, and is
 * remembered in order.
 */
final class PlayedEnvironment implements Environment {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final Map<String, PlayedNode> nodes = new LinkedHashMap<>();
    final PlayedFleet agents;
    final PlayedStore store;
    private final RunClock clock;
    private final List<String> names;
    private String failing = "";
    private String refused = "";
    private String interrupted = "";
    private boolean losing;
    Runnable whenUsersCome = () -> {};
    /** What else happens at a call. */
    final Map<String, Runnable> meanwhile = new HashMap<>();

    private NodeListener listener;

    PlayedEnvironment(RunClock clock, List<String> names) {
        this.clock = clock;
        this.names = names;
        this.agents = new PlayedFleet(clock);
        this.store = new PlayedStore(clock);
    }

    PlayedEnvironment failingAt(String call) {
        failing = call;
        return this;
    }

    /** The disk is full from then on. */
    PlayedEnvironment refusedAt(String call) {
        refused = call;
        return this;
    }

    PlayedEnvironment interruptedAt(String call) {
        interrupted = call;
        return this;
    }

    /** The last acknowledged append is not there in the end. */
    PlayedEnvironment losing() {
        losing = true;
        return this;
    }

    /** A pod that nobody knew before becomes ready. */
    void joins(String name) {
        try {
            new PlayedNode(name, listener, clock).start();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void call(String what) {
        calls.add(what);
        meanwhile.getOrDefault(what, () -> {}).run();
        if (what.equals(refused)) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
        if (what.equals(failing)) {
            throw new Problem("No luck: " + what + ".");
        }
    }

    private void blockingCall(String what) throws InterruptedException {
        call(what);
        if (what.equals(interrupted)) {
            throw new InterruptedException(what);
        }
    }

    @Override
    public void require() {
        call("look around");
    }

    @Override
    public RunStore store() {
        call("start the store");
        return new RunStore() {
            @Override
            public String version() {
                return "Played 1.0";
            }

            @Override
            public Map<String, String> placeholders() {
                return Map.of("store.host", "nowhere");
            }

            @Override
            public Optional<StoreControl> control() {
                return Optional.of(store);
            }

            @Override
            public Map<String, String> statistics() {
                return Map.of();
            }

            @Override
            public StoreAudit audit(byte[] key, NodeMaps asked) {
                return new StoreAudit() {
                    @Override
                    public void begin() {
                        call("look into the store");
                    }

                    @Override
                    public void nodesAreUp() {
                        call("look into the nodes");
                    }

                    @Override
                    public StoreContents read(Collection<SessionLocation> reported, LongSupplier time) {
                        call("audit");
                        return StoreContents.NONE;
                    }
                };
            }

            @Override
            public void close() {
                calls.add("store closed");
            }
        };
    }

    @Override
    public RunFleet fleet(Bundle bundle) {
        call("listen");
        return new RunFleet() {
            @Override
            public byte[] sessionKey() {
                return new byte[16];
            }

            @Override
            public int metricsPort() {
                return 1234;
            }

            @Override
            public String operate(RolloutOperator rollouts) {
                return "127.0.0.1:1";
            }

            @Override
            public void listen(RecordListener listener) {
                // Nobody records anything.
            }

            @Override
            public List<Answer> look(String map) {
                return List.of();
            }

            @Override
            public NodeGroup nodes(Map<String, String> placeholders, NodeListener listener) {
                return group(listener);
            }

            @Override
            public CompletableFuture<Armed> arm(String node, Injection injection, boolean dryRun) {
                return agents.arm(node, injection, dryRun);
            }

            @Override
            public CompletableFuture<Lifted> lift(String node, int injection) {
                return agents.lift(node, injection);
            }

            @Override
            public FleetEvidence evidence() throws InterruptedException {
                blockingCall("collect journals");
                return new FleetEvidence(List.of(), List.of(), List.of(), Map.of("node-1 JDK", "17"));
            }

            @Override
            public FleetEvidence known() {
                return new FleetEvidence(List.of(), List.of(), List.of(), Map.of("node-1 JDK", "17"));
            }

            @Override
            public void disarm() {
                calls.add("disarmed");
            }

            @Override
            public void close() {
                calls.add("fleet closed");
            }
        };
    }

    private NodeGroup group(NodeListener told) {
        listener = told;
        names.forEach(name -> nodes.put(name, new PlayedNode(name, listener, clock)));
        return new NodeGroup() {
            @Override
            public List<? extends Node> all() {
                return List.copyOf(nodes.values());
            }

            @Override
            public Node node(String name) {
                return nodes.get(name);
            }

            @Override
            public void start() throws InterruptedException {
                blockingCall("start nodes");
                for (PlayedNode node : nodes.values()) {
                    node.start();
                }
            }

            @Override
            public void close() {
                calls.add("nodes closed");
            }
        };
    }

    @Override
    public List<String> firstContact(Router router, byte[] key) throws InterruptedException {
        blockingCall("first contact");
        return List.of("Its cookies are Secure.");
    }

    @Override
    public void lastScrape() throws InterruptedException {
        blockingCall("last scrape");
    }

    @Override
    public void close() {
        calls.add("all closed");
    }

    @Override
    public Load load(Router router, HistoryWriter history, byte[] key, Progress progress, RequestListener requests) {
        call("users come");
        whenUsersCome.run();
        return new PlayedLoad(this::blockingCall, clock, history, calls, losing);
    }
}
