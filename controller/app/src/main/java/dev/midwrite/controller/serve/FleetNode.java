package dev.midwrite.controller.serve;

import dev.midwrite.link.v1.Point;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one node; every method gives the newest state. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class FleetNode {

    FleetNode() {}

    public String name() {
        throw new UnsupportedOperationException();
    }

    /** The incarnation that spoke last, 0 if none has. */
    public long incarnation() {
        throw new UnsupportedOperationException();
    }

    /** All incarnations that spoke or left a journal, oldest first. */
    public List<Long> incarnations() {
        throw new UnsupportedOperationException();
    }

    public boolean connected() {
        throw new UnsupportedOperationException();
    }

    public boolean recording() {
        throw new UnsupportedOperationException();
    }

    public long pid() {
        throw new UnsupportedOperationException();
    }

    public String jdk() {
        throw new UnsupportedOperationException();
    }

    public String agentVersion() {
        throw new UnsupportedOperationException();
    }

    public List<Point> points() {
        throw new UnsupportedOperationException();
    }

    /** Faults that the operator of the node's host allows. */
    public List<String> allowedFaults() {
        throw new UnsupportedOperationException();
    }

    /** The clock of this incarnation; empty until the first exchange. */
    public Optional<ClockInterval> clock(long incarnation) {
        throw new UnsupportedOperationException();
    }

    /** By injection id; of all incarnations, the newest wins. */
    public Map<Integer, InjectionState> injections() {
        throw new UnsupportedOperationException();
    }

    /** The agent's newest meters in Prometheus text format; empty before the first. */
    public String metrics() {
        throw new UnsupportedOperationException();
    }
}
