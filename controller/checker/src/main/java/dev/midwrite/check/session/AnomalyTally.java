package dev.midwrite.check.session;

import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Counts and exemplars of one anomaly; see {@link Tally}. */
public final class AnomalyTally {
    private final int most;
    private final Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    private final TreeSet<Violation> exemplars = new TreeSet<>(Tally.Order.MOST_SEVERE_FIRST);
    long sessions;

    AnomalyTally(int most) {
        this.most = most;
    }

    void add(Violation violation, long times) {
        counts.merge(violation.severity(), times, Long::sum);
        keep(violation);
    }

    void merge(AnomalyTally other) {
        other.counts.forEach((severity, times) -> counts.merge(severity, times, Long::sum));
        other.exemplars.forEach(this::keep);
        sessions += other.sessions;
    }

    private void keep(Violation violation) {
        exemplars.add(violation);
        if (exemplars.size() > most) {
            exemplars.pollLast();
        }
    }

    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long count(Severity severity) {
        return counts.getOrDefault(severity, 0L);
    }

    /** In how many sessions. */
    public long sessions() {
        return sessions;
    }

    /** The most severe ones, most severe first. */
    public List<Violation> exemplars() {
        return List.copyOf(exemplars);
    }
}
