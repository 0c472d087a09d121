package dev.midwrite.controller.serve;

import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Point;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of one node; every method gives the newest state. Thread-safe. */
public final class FleetNode {
    private final String name;
    private final Map<Long, ClockOffset> clocks = new LinkedHashMap<>();
    private final Map<Integer, InjectionState> injections = new LinkedHashMap<>();
    private Hello hello = Hello.getDefaultInstance();
    private List<Point> points = List.of();
    private String metrics = "";
    private boolean recording;
    private NodeLink link;

    FleetNode(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The incarnation that spoke last, 0 if none has. */
    public synchronized long incarnation() {
        return hello.getIncarnation();
    }

    /** All incarnations that spoke, oldest first. */
    public synchronized List<Long> incarnations() {
        return List.copyOf(clocks.keySet());
    }

    public synchronized boolean connected() {
        return link != null;
    }

    public synchronized boolean recording() {
        return link != null && recording;
    }

    public synchronized long pid() {
        return hello.getPid();
    }

    public synchronized String jdk() {
        return hello.getJdk();
    }

    public synchronized String agentVersion() {
        return hello.getAgentVersion();
    }

    public synchronized List<Point> points() {
        return points;
    }

    /** Faults that the operator of the node's host allows. */
    public synchronized List<String> allowedFaults() {
        return List.copyOf(hello.getAllowedFaultsList());
    }

    /** What else that operator has written down, for people. */
    public synchronized List<String> policy() {
        return List.copyOf(hello.getPolicyList());
    }

    /** The clock of this incarnation; empty until the first exchange. */
    public synchronized Optional<ClockInterval> clock(long incarnation) {
        return Optional.ofNullable(clocks.get(incarnation)).flatMap(ClockOffset::interval);
    }

    /** What exchanges said of the clock of this incarnation, oldest first, about one each second. */
    public synchronized List<ClockBound> clockBounds(long incarnation) {
        ClockOffset clock = clocks.get(incarnation);
        return clock == null ? List.of() : clock.bounds();
    }

    /** By injection id; if several incarnations had it, of the newest. Without those that only count. */
    public synchronized Map<Integer, InjectionState> injections() {
        return injections.entrySet().stream()
                .filter(each -> !each.getValue().armed().getCounting())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Also one that only counts. */
    public synchronized Optional<InjectionState> injection(int id) {
        return Optional.ofNullable(injections.get(id));
    }

    /** The agent's newest meters in Prometheus text format; empty before the first. */
    public synchronized String metrics() {
        return metrics;
    }

    synchronized Optional<NodeLink> link() {
        return Optional.ofNullable(link);
    }

    /** @return the connection that this one replaces */
    synchronized Optional<NodeLink> joined(NodeLink newLink, Hello newHello) {
        NodeLink old = link;
        if (newHello.getIncarnation() != hello.getIncarnation()) {
            recording = false;
            metrics = "";
        }
        link = newLink;
        hello = newHello;
        points = List.copyOf(newHello.getPointsList());
        clocks.computeIfAbsent(newHello.getIncarnation(), id -> new ClockOffset());
        return Optional.ofNullable(old);
    }

    /** @return whether it was the newest connection */
    synchronized boolean left(NodeLink oldLink) {
        boolean newest = link == oldLink;
        if (newest) {
            link = null;
        }
        return newest;
    }

    synchronized void recording(boolean on) {
        recording = on;
    }

    synchronized void points(List<Point> newPoints) {
        points = List.copyOf(newPoints);
    }

    synchronized void metrics(String text) {
        metrics = text;
    }

    synchronized void exchange(long incarnation, long sent, long node, long received) {
        clocks.get(incarnation).sample(sent, node, received);
    }

    synchronized void armed(long incarnation, Injection injection, Armed armed) {
        Applied none = Applied.newBuilder().setInjection(injection.getId()).build();
        injections.put(injection.getId(), new InjectionState(incarnation, injection, armed, none, Optional.empty()));
    }

    synchronized void applied(long incarnation, Applied counts) {
        injections.computeIfPresent(
                counts.getInjection(), (id, state) -> state.incarnation() == incarnation ? state.with(counts) : state);
    }

    synchronized void lifted(long incarnation, Lifted lifted) {
        injections.computeIfPresent(
                lifted.getInjection(), (id, state) -> state.incarnation() == incarnation ? state.with(lifted) : state);
    }
}
