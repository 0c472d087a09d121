package dev.midwrite.controller.sweep;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.UserOperation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Two requests of one session that were held up at the same time.
 *
 * @param first whose fault came first, and {@code second} the one that came while it was held up
 * @param over when both had been answered, nanoseconds on the users' clock: what users saw before says nothing of what is left
 */
record PairMeeting(Entry first, Entry second, long over) {
    private static final long HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(PairCourse.FIRST_MILLIS);

    /** Requests of users by their ids. */
    private static final class Requests {
        private final Map<Long, Long> sessions = new HashMap<>();
        private final Map<Long, Long> ends = new HashMap<>();

        Requests(List<UserOperation> operations) {
            for (UserOperation operation : operations) {
                sessions.putIfAbsent(operation.request(), operation.session());
                if (operation.returned() != UserOperation.NEVER) {
                    ends.merge(operation.request(), operation.returned(), Math::max);
                }
            }
        }

        boolean sameSession(Entry one, Entry other) {
            Long session = sessions.get(one.event().request());
            return session != null && session.equals(sessions.get(other.event().request()));
        }

        PairMeeting meeting(Entry first, Entry second) {
            return new PairMeeting(first, second, Math.max(end(first), end(second)));
        }

        private long end(Entry entry) {
            return ends.getOrDefault(entry.event().request(), 0L);
        }
    }

    /**
     * The one of a pair, on two nodes if there is one; empty if the operations never met.
     *
     * @param faults of the whole run, as nodes journaled them
     * @param firsts numbers of the injections that hold up the first operation, {@code seconds} the second
     */
    static Optional<PairMeeting> of(
            List<UserOperation> operations, List<Entry> faults, Set<Integer> firsts, Set<Integer> seconds) {
        Requests requests = new Requests(operations);
        return faults.stream()
                .filter(entry -> firsts.contains(entry.event().injection()))
                .flatMap(first -> faults.stream()
                        .filter(second -> seconds.contains(second.event().injection())
                                && second.at() >= first.at()
                                && second.at() < first.at() + HELD_NANOS
                                && requests.sameSession(first, second))
                        .map(second -> requests.meeting(first, second)))
                .min(Comparator.comparing(meeting ->
                        meeting.first().node().equals(meeting.second().node())));
    }
}
