package dev.midwrite.check.fleet;

import dev.midwrite.check.fleet.Exposure.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Of how many sessions the copy of one node lacked something that their users had been told was saved, over time. Moments are
 * nanoseconds on the users' clock.
 *
 * @param replica the node that was behind
 * @param curve the number of sessions from each moment at which it changed, by the middle of each arrival's bounds
 * @param most at one time
 * @param never sessions that lack something for good
 * @param open writes of which nobody knows whether they arrived, which are not in the curve: a node that starts gets its copies
 *     in a way that no journal tells
 * @param caughtUpNanos how long after the heal its copies had all that was acknowledged before; empty if they never had, nothing
 *     healed, or nobody knows
 */
public record CopyDrift(
        String replica, List<Point> curve, long most, long never, long open, OptionalLong caughtUpNanos) {

    /** From its answer until a write was there; {@link Arrival#NEVER} if it never was. */
    private record Lack(long from, long to) {}

    /** Gathers what one node lacked. Not thread-safe. */
    static final class Tally {
        private final String replica;
        private final Map<Long, List<Lack>> bySession = new HashMap<>();
        private final Set<Long> never = new HashSet<>();
        private long open;

        Tally(String replica) {
            this.replica = replica;
        }

        /** A write of a session that was answered at this moment, and when the node had it. */
        void add(long session, long answered, ReplicatedWrite.Copy copy) {
            Arrival arrival = copy.arrival();
            if (copy.confirmedFirst() || (arrival.earliest() <= answered && !arrival.open())) {
                return; // It may have been there first: what lies within the clocks' error is no drift.
            }
            if (arrival.open()) {
                open++;
                return;
            }
            if (arrival.never()) {
                never.add(session);
            }
            bySession.computeIfAbsent(session, key -> new ArrayList<>()).add(new Lack(answered, arrival.middle()));
        }

        CopyDrift drift(long healedAt) {
            List<long[]> steps = new ArrayList<>();
            bySession.values().forEach(lacks -> steps(lacks, steps));
            List<Point> curve = Exposure.curve(steps);
            return new CopyDrift(
                    replica,
                    curve,
                    curve.stream().mapToLong(Point::writes).max().orElse(0),
                    never.size(),
                    open,
                    caughtUp(healedAt));
        }

        /** A session counts once, whatever its copy lacks. */
        private static void steps(List<Lack> lacks, List<long[]> steps) {
            lacks.sort(Comparator.comparingLong(Lack::from));
            long until = Long.MIN_VALUE;
            for (Lack lack : lacks) {
                if (lack.from() > until) {
                    end(until, steps);
                    steps.add(new long[] {lack.from(), 1});
                }
                until = Math.max(until, lack.to());
            }
            end(until, steps);
        }

        private static void end(long until, List<long[]> steps) {
            if (until != Long.MIN_VALUE && until != Arrival.NEVER) {
                steps.add(new long[] {until, -1});
            }
        }

        private OptionalLong caughtUp(long healedAt) {
            long last = bySession.values().stream()
                    .flatMap(List::stream)
                    .filter(lack -> lack.from() <= healedAt)
                    .mapToLong(Lack::to)
                    .max()
                    .orElse(Long.MIN_VALUE);
            return open > 0 || last == Arrival.NEVER || healedAt == Long.MAX_VALUE
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.max(0, last - Math.min(healedAt, last)));
        }
    }
}
