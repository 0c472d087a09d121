package dev.midwrite.agent.fault;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.Edge;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that is armed in this JVM. Active injections are copied on change, so that a passage reads one volatile field and takes no lock
 * until a selector matches.
 *
 * <p>Thread-safe. {@link #sweep} must be called several times a second; a passage, and whoever waits, checks lease and time
 * to live by itself, so nothing fires or lasts longer even if it is not. Time is monotonic; no wall clock is read.
 */
public final class Injections implements Decider {
    private static final ActiveInjection[] NONE = {};
    /** So long what was armed while no lease held waits for one. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final LongSupplier clock;
    private final Rate rate;
    private final boolean sparesUnlabelled;
    private volatile ActiveInjection[] armed = NONE;
    private final LongAdder matchedBefore = new LongAdder();
    private final LongAdder appliedBefore = new LongAdder();
    private volatile boolean forbidden;
    private final Lease lease;
    private volatile BiConsumer<Counts, Ending> ended = (counts, ending) -> {};

    /** As many faults as anybody likes. */
    public Injections() {
        this(System::nanoTime, Rate.UNLIMITED);
    }

    /** @param policy says how many faults there may be at a time, and to whom; what else it says is for who arms */
    public Injections(Policy policy) {
        this(System::nanoTime, policy.rate(), policy.sparesUnlabelled());
    }

    /** @param clock monotonic, in nanoseconds */
    Injections(LongSupplier clock, Rate rate) {
        this(clock, rate, false);
    }

    private Injections(LongSupplier clock, Rate rate, boolean sparesUnlabelled) {
        this.clock = clock;
        this.rate = rate;
        this.sparesUnlabelled = sparesUnlabelled;
        this.lease = new Lease(clock);
    }

    /** Who is told, on the sweeping or commanding thread, when an injection ends. */
    public void onEnd(BiConsumer<Counts, Ending> listener) {
        ended = listener;
    }

    @Override
    public boolean armed() {
        return armed.length != 0;
    }

    @Override
    public boolean armed(int injection) {
        ActiveInjection candidate = find(injection);
        long now = clock.getAsLong();
        return candidate != null && !forbidden && !lease.isOver(now) && !candidate.over(now);
    }

    @Override
    public Decision decide(Passage passage, Point at, Edge edge, boolean waits) {
        Decision first = null;
        for (ActiveInjection candidate : armed) {
            if (!candidate.selects(passage, at, edge)) {
                continue;
            }
            long now = clock.getAsLong();
            if (forbidden || lease.isOver(now) || candidate.over(now)) {
                candidate.heldBack(Reason.LEASE);
                continue;
            }
            // All are asked, so that no injection changes the ordinals of another.
            boolean may = waits || !candidate.injection().fault().waits();
            if (candidate.isDry()) {
                count(candidate, candidate.decide(passage, may));
                continue;
            }
            Decision decision = candidate.decide(passage, may && first == null);
            first = first == null ? decision : first;
        }
        return first;
    }

    private static void count(ActiveInjection candidate, Decision notToBe) {
        if (notToBe != null) {
            candidate.happened(notToBe);
        }
    }

    @Override
    public void happened(Decision decision) {
        ActiveInjection candidate = find(decision.injection());
        if (candidate != null) {
            candidate.happened(decision);
        }
    }

    @Override
    public void spared(Passage passage, Decision decision) {
        ActiveInjection candidate = find(decision.injection());
        if (candidate != null) {
            candidate.spared(passage, decision);
        }
    }

    @Override
    public void achieved(Decision decision, long nanos) {
        ActiveInjection candidate = find(decision.injection());
        if (candidate != null) {
            candidate.achieved(nanos);
        }
    }

    private ActiveInjection find(int injection) {
        for (ActiveInjection candidate : armed) {
            if (candidate.injection().id() == injection) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Arms at these points; replaces an injection of the same id, whose counts start again. Needs a lease to fire, and waits
     * for one for two seconds if none holds now.
     *
     * @param points those that it selects and that can do it
     */
    public void arm(Injection injection, Collection<Point> points) {
        arm(injection, points, false);
    }

    /** Injects nothing, and counts as applied what it would have been, if it were the only one; else as if armed. */
    public void armDry(Injection injection, Collection<Point> points) {
        arm(injection, points, true);
    }

    private synchronized void arm(Injection injection, Collection<Point> points, boolean isDry) {
        BitSet numbers = new BitSet();
        for (Point point : points) {
            numbers.set(point.number());
        }
        List<ActiveInjection> next = new ArrayList<>(List.of(armed));
        for (ActiveInjection candidate : armed) {
            if (candidate.injection().id() == injection.id()) {
                next.remove(candidate);
                addToTotals(candidate.counts());
            }
        }
        next.add(
                new ActiveInjection(injection, numbers, clock, isDry ? rate.another() : rate, sparesUnlabelled, isDry));
        armed = next.toArray(NONE);
    }

    /**
     * While true nothing fires, and whoever waits goes on, lifted or not. Allocates nothing.
     *
     * @param forbid takes effect at once
     */
    public void forbid(boolean forbid) {
        forbidden = forbid;
    }

    /** Everything armed may fire for so long from now. */
    public void lease(long ttlNanos) {
        lease(clock.getAsLong(), ttlNanos);
    }

    /**
     * Everything armed may fire for so long; what was armed under a lease that has ended does not come back with this one.
     *
     * @param since on the clock of {@link System#nanoTime}, when it was asked for; a time to come counts as now
     */
    public void lease(long since, long ttlNanos) {
        endUnleased(clock.getAsLong());
        lease.renew(since, ttlNanos);
    }

    /** Nanoseconds since the last lease; -1 before the first. */
    public long leaseAge() {
        return lease.age();
    }

    /** Nanoseconds until the lease ends; negative if it has. */
    public long leaseLeft() {
        return lease.left();
    }

    /** Ends one injection, or with id 0 all. */
    public void lift(int id, Ending ending) {
        end(candidate -> id == 0 || candidate.injection().id() == id, ending);
    }

    /** Ends what is over, exhausted or without lease. */
    public void sweep() {
        long now = clock.getAsLong();
        endUnleased(now);
        end(candidate -> candidate.over(now), Ending.TTL);
        end(candidate -> candidate.exhausted(now), Ending.EXHAUSTED);
    }

    /** Counts of all that is armed. */
    public List<Counts> counts() {
        List<Counts> counts = new ArrayList<>();
        for (ActiveInjection candidate : armed) {
            counts.add(candidate.counts());
        }
        return counts;
    }

    /** Passages that any selector matched since the JVM started. */
    public long matched() {
        return matchedBefore.sum() + wet().mapToLong(Counts::matched).sum();
    }

    /** Faults of all injections since the JVM started. */
    public long applied() {
        return appliedBefore.sum() + wet().mapToLong(Counts::applied).sum();
    }

    private Stream<Counts> wet() {
        return counts().stream().filter(counts -> !counts.isDry());
    }

    private void addToTotals(Counts counts) {
        if (!counts.isDry()) {
            matchedBefore.add(counts.matched());
            appliedBefore.add(counts.applied());
        }
    }

    private void endUnleased(long now) {
        if (lease.isOver(now)) {
            long leaseEnd = lease.end();
            end(candidate -> candidate.hadLease(leaseEnd) || candidate.age(now) >= PATIENCE_NANOS, Ending.LEASE);
        }
    }

    private void end(Predicate<ActiveInjection> which, Ending ending) {
        if (!armed()) {
            return; // As nearly always: nothing is allocated.
        }
        List<ActiveInjection> over = new ArrayList<>();
        synchronized (this) {
            List<ActiveInjection> left = new ArrayList<>();
            for (ActiveInjection candidate : armed) {
                (which.test(candidate) ? over : left).add(candidate);
            }
            if (over.isEmpty()) {
                return;
            }
            armed = left.isEmpty() ? NONE : left.toArray(NONE);
        }
        for (ActiveInjection candidate : over) {
            Counts counts = candidate.counts();
            addToTotals(counts);
            ended.accept(counts, ending);
        }
    }
}
