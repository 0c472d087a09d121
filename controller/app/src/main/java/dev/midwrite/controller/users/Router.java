package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.UsersSpec.Routing;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses the node of a request, as a load balancer would. A node runs from {@link #up} to {@link #down}: nothing here
 * looks whether it is healthy. One that refused a connection gets no users for {@link #EJECTED}, or until the next
 * {@link #up}, and runs all the same. Thread-safe.
 */
public final class Router {
    /** How long a node that refused a connection is left out. */
    static final Duration EJECTED = Duration.ofMillis(500);

    /**
     * A node that can be reached.
     *
     * @param number as operations carry it: the place in the drill, from 1; 0 of a balancer, behind which any may answer
     */
    public record Target(int number, String name, URI address) {}

    private static final String BALANCER = "the balancer";

    private final Routing routing;
    private final List<String> nodes;
    /** Numbers from 0 of those that never come up again. */
    private final Set<Integer> retired = ConcurrentHashMap.newKeySet();

    private final Optional<Target> balancer;
    private volatile Optional<Entrance> entrance = Optional.empty();
    private final LongSupplier nanoTime;
    private final List<AtomicReference<Running>> running;
    private final AtomicLong requests = new AtomicLong();

    /**
     * A node that runs.
     *
     * @param rotation whether requests are routed to it
     * @param until if it was ejected, when it gets users again
     */
    private record Running(Target target, Rotation rotation, boolean ejected, long until) {}

    private enum Rotation {
        IN,
        /** Routed to whatever becomes of it: routing has not caught up. */
        LINGERING,
        OUT
    }

    /** @param nodes names in the order of the drill; the first has number 1 */
    public Router(Routing routing, List<String> nodes) {
        this(routing, nodes, Optional.empty());
    }

    /** @param balancer somebody else's, who chooses in our place */
    public Router(Routing routing, List<String> nodes, Optional<URI> balancer) {
        this(routing, nodes, balancer, System::nanoTime);
    }

    Router(Routing routing, List<String> nodes, LongSupplier nanoTime) {
        this(routing, nodes, Optional.empty(), nanoTime);
    }

    private Router(Routing routing, List<String> nodes, Optional<URI> balancer, LongSupplier nanoTime) {
        this.routing = routing;
        this.nodes = new CopyOnWriteArrayList<>(nodes);
        this.balancer = balancer.map(address -> new Target(0, BALANCER, address));
        this.nanoTime = nanoTime;
        this.running = new CopyOnWriteArrayList<>(
                nodes.stream().map(name -> new AtomicReference<Running>()).toList());
    }

    /** From now on users go through this, which is told of each change of the rotation; final reads still go to nodes. */
    public void through(Entrance proxy) {
        entrance = Optional.of(proxy);
    }

    /** Returns when the entrance, if there is one, asks those in rotation and no others. */
    private void rotated() {
        entrance.ifPresent(proxy -> proxy.ask(running.stream()
                .map(AtomicReference::get)
                .filter(node -> node != null && node.rotation() != Rotation.OUT)
                .map(Running::target)
                .toList()));
    }

    /** A node that was not known before gets the next number; nothing if it is known. */
    public synchronized void join(String node) {
        if (!nodes.contains(node)) {
            running.add(new AtomicReference<>());
            nodes.add(node);
        }
    }

    /** The node never comes up again; its number stays. Nothing if it never came. */
    public synchronized void retire(String node) {
        int index = nodes.indexOf(node);
        if (index >= 0) {
            retired.add(index);
        }
    }

    /** The node answers its health check and records: users may reach it at {@code http://host:port}. */
    public synchronized void up(String node, URI address) {
        int index = index(node);
        retired.remove(index);
        running.get(index).set(new Running(new Target(index + 1, node, address), Rotation.IN, false, 0));
        rotated();
    }

    /** No user reaches it from now on, unless it {@link #linger lingers}; requests under way go on. */
    public void down(String node) {
        running.get(index(node)).updateAndGet(now -> now != null && now.rotation() == Rotation.LINGERING ? now : null);
        rotated();
    }

    /**
     * Takes a node out of rotation, which is not known everywhere yet: until {@link #leave} requests are routed to it, also
     * when it is {@link #down}. Nothing if it is down already.
     */
    public void linger(String node) {
        rotate(node, Rotation.LINGERING);
    }

    /** Routing has caught up: no request is routed there until it is {@link #up} anew, though it may still run. */
    public void leave(String node) {
        rotate(node, Rotation.OUT);
    }

    private void rotate(String node, Rotation rotation) {
        running.get(index(node))
                .updateAndGet(
                        now -> now == null ? null : new Running(now.target(), rotation, now.ejected(), now.until()));
        rotated();
    }

    /** Whether users are sent there. */
    public boolean isUp(String node) {
        return open(index(node)) != null;
    }

    /** Names by number; number 0 is {@code unknown}. */
    public List<String> names() {
        return Stream.concat(Stream.of("unknown"), nodes.stream()).toList();
    }

    /** The number of a node, 0 if there is none of this name. */
    public int number(String name) {
        return nodes.indexOf(name) + 1;
    }

    /** All nodes that run, also those that are left out, in the order of the drill; or the balancer alone. */
    public List<Target> targets() {
        if (balancer.isPresent()) {
            return List.of(balancer.get());
        }
        return IntStream.range(0, nodes.size())
                .mapToObj(index -> running.get(index).get())
                .filter(Objects::nonNull)
                .map(Running::target)
                .toList();
    }

    /** Leaves out a node that refused a connection, unless it has come up at another address or anew since. */
    public void eject(Target target) {
        if (target.number() == 0) {
            return; // There is nobody else to ask.
        }
        int index = target.number() - 1;
        Running now = running.get(index).get();
        if (now != null && now.target() == target) {
            running.get(index)
                    .compareAndSet(
                            now, new Running(target, now.rotation(), true, nanoTime.getAsLong() + EJECTED.toNanos()));
        }
    }

    /**
     * Chooses.
     *
     * @param home number of the node that the session calls its own, 0 if it has none yet
     * @param last number of the node of the request before, 0 if there is none
     * @param turn a number that differs from session to session and spreads those without a home
     */
    public Optional<Target> choose(int home, int last, long turn) {
        if (balancer.isPresent()) {
            return balancer;
        }
        Optional<Entrance> proxy = entrance;
        if (proxy.isPresent()) {
            return proxy.map(asked -> new Target(0, asked.name(), asked.address()));
        }
        return switch (routing) {
            case STICKY -> next(home == 0 || retired.contains(home - 1) ? first(turn) : home - 1);
            case ROUND_ROBIN -> next(first(requests.getAndIncrement()));
            // Going round once may lead back to the node of the request before: then no other is up.
            case CROSS -> next(last == 0 ? first(turn) : last);
        };
    }

    /** Spreads over those to which users are sent, as nodes that are not there take no turns. */
    private int first(long turn) {
        int[] open = IntStream.range(0, nodes.size())
                .filter(index -> open(index) != null)
                .toArray();
        return open.length == 0 ? 0 : open[(int) Long.remainderUnsigned(turn, open.length)];
    }

    private Optional<Target> next(int index) {
        for (int i = 0; i < nodes.size(); i++) {
            Target target = open((index + i) % nodes.size());
            if (target != null) {
                return Optional.of(target);
            }
        }
        return Optional.empty();
    }

    /** Null if users are not sent there. */
    private Target open(int index) {
        Running node = running.get(index).get();
        boolean open = node != null
                && node.rotation() != Rotation.OUT
                && (!node.ejected() || node.until() - nanoTime.getAsLong() <= 0);
        return open ? node.target() : null;
    }

    private int index(String node) {
        int index = nodes.indexOf(node);
        if (index < 0) {
            throw new IllegalArgumentException("no node " + node);
        }
        return index;
    }
}
