package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.agent.scope.Scopes;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Faults of the node itself: each begins when it is armed and ends with its injection, on a thread of its own, so that no
 * caller waits for it. Thread-safe; one per recording.
 */
final class NodeFaults {
    private static final long LOOK_NANOS = 20_000_000;

    /** One passage per point: a scope is decided once by each injection, however often it is asked. */
    private final List<Passage> passages;

    private final Injector injector;
    private final Decider decider;
    /** By injection and point, what goes on. */
    private final ConcurrentMap<String, Spell> spells = new ConcurrentHashMap<>();

    NodeFaults(List<Point> points, Scopes scopes, Injector injector, Decider decider) {
        this.injector = injector;
        this.decider = decider;
        this.passages = points.stream()
                .filter(point -> point.role() == Role.NODE)
                .map(point -> {
                    Passage passage = new Passage(point);
                    passage.scope = scopes.nextId();
                    passage.label = passage.scope; // Nobody's, and its own: else points would share what is counted.
                    return passage;
                })
                .toList();
    }

    /** Begins what is armed and has not begun; returns at once. */
    void begin(Predicate<Point> isThere) {
        for (Passage passage : passages) {
            if (!isThere.test(passage.point)) {
                continue;
            }
            Decision decision = injector.decide(passage, passage.point, Edge.BEFORE);
            if (decision != null) {
                begin(passage, decision);
            }
        }
    }

    private void begin(Passage passage, Decision decision) {
        NodeFault fault;
        long amount = decision.amount();
        if (decision.fault() == FaultKind.CLOCK) {
            fault = new ShiftedClock(passage.point.number(), TimeUnit.NANOSECONDS.toMillis(amount));
        } else {
            Pressure pressure = new Pressure(
                    decision.share(),
                    () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage(),
                    NodeFaults::collections);
            amount = pressure.wanted();
            fault = pressure;
        }
        if (!injector.announce(passage, passage.point, Edge.BEFORE, decision, amount)) {
            return;
        }
        Spell spell = new Spell(passage, decision, fault);
        spells.put(spell.key(), spell); // Armed anew under the same number: the one before ends.
        Thread thread = new Thread(spell, "midwrite-node");
        thread.setDaemon(true);
        thread.setContextClassLoader(NodeFaults.class.getClassLoader());
        thread.start();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(collector -> collector.getCollectionCount())
                .sum();
    }

    /** One fault from its announcement to its end. */
    private final class Spell implements Runnable {
        private final Passage passage;
        private final Decision decision;
        private final NodeFault fault;
        private final long start = System.nanoTime();

        Spell(Passage passage, Decision decision, NodeFault fault) {
            this.passage = passage;
            this.decision = decision;
            this.fault = fault;
        }

        String key() {
            return decision.injection() + "@" + passage.point.name();
        }

        @Override
        public void run() {
            try {
                while (decider.armed(decision.injection()) && spells.get(key()) == this) {
                    fault.keep();
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                AgentLog.warn("the " + decision.fault().label() + " of the node ends before its time", e);
            } finally {
                fault.end();
                spells.remove(key(), this);
                injector.done(passage, passage.point, Edge.BEFORE, decision, System.nanoTime() - start);
            }
        }
    }
}
