package dev.midwrite.check.session;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Violation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What checks found in any number of sessions. Merging is commutative and associative, and an empty tally changes
 * nothing, so sessions may be judged in any order and anywhere. Not thread-safe.
 */
public final class Tally {
    private static final int MOST_SENTENCES = 10;

    private final int exemplars;
    private final Map<Property, PropertyTally> properties = new EnumMap<>(Property.class);
    private final Map<Anomaly, AnomalyTally> anomalies = new EnumMap<>(Anomaly.class);
    private final TreeSet<String> invalid = new TreeSet<>();
    private long sessions;
    private long unsound;
    private long compared;
    private long drifted;

    /** @param exemplars how many violations of each anomaly are kept; all are counted */
    public Tally(int exemplars) {
        this.exemplars = exemplars;
    }

    /** So many more items were decided, true or false. */
    public void checked(Property property, long items) {
        of(property).checked += items;
    }

    /** So many items could not be decided. */
    public void inconclusive(Property property, long items, String reason) {
        of(property).inconclusive(items, reason);
    }

    /** So many findings that another one explains. */
    public void suppressed(Anomaly anomaly, long times) {
        of(anomaly.property()).suppressed += times;
    }

    /** A violation that stands for so many, itself included. */
    public void violated(Violation violation, long times) {
        of(violation.anomaly()).add(violation, times);
    }

    /** One more session shows these anomalies. */
    public void sessionViolated(Set<Anomaly> seen) {
        seen.forEach(anomaly -> of(anomaly).sessions++);
        unsound++;
    }

    /** The replicas of one session were compared after quiescence; drifted if they do not all hold the same. */
    public void compared(boolean differ) {
        compared++;
        drifted += differ ? 1 : 0;
    }

    /** An assumption of the run is broken. */
    public void invalid(String sentence) {
        invalid.add(sentence);
        if (invalid.size() > MOST_SENTENCES) {
            invalid.pollLast();
        }
    }

    void sessionSeen() {
        sessions++;
    }

    /** Adds what the other found. */
    public void merge(Tally other) {
        other.properties.forEach((property, tally) -> of(property).merge(tally));
        other.anomalies.forEach((anomaly, tally) -> of(anomaly).merge(tally));
        other.invalid.forEach(this::invalid);
        sessions += other.sessions;
        unsound += other.unsound;
        compared += other.compared;
        drifted += other.drifted;
    }

    /**
     * Nothing that this property rests on can be trusted any more but what does not go by clocks.
     *
     * @param byClock anomalies that do
     */
    public void doubt(Property property, Set<Anomaly> byClock, String reason) {
        PropertyTally counts = of(property);
        long doubtful = counts.checked;
        counts.checked = 0;
        for (Anomaly anomaly : byClock) {
            AnomalyTally known = anomaly.property() == property ? anomalies.remove(anomaly) : null;
            if (known != null) {
                doubtful = Math.max(doubtful, known.count());
                unsound = Math.max(0, unsound - known.sessions);
            }
        }
        counts.inconclusive(doubtful, reason);
    }

    /**
     * What stands of this when every operation is widened by a clock error. A property that was true stays true; a
     * violation that vanishes leaves its property undecided.
     *
     * @param widened what was found in the same sessions with widened operations
     */
    Tally beyond(Tally widened, String reason) {
        Tally standing = new Tally(exemplars);
        widened.properties.forEach((property, counts) -> standing.of(property).merge(counts));
        invalid.forEach(standing::invalid);
        standing.sessions = sessions;
        standing.compared = widened.compared;
        standing.drifted = widened.drifted;
        widened.anomalies.forEach((anomaly, counts) -> {
            Property property = anomaly.property();
            if (violated(property) > 0 || of(property).suppressed > 0) {
                standing.of(anomaly).merge(counts);
            }
        });
        for (Property property : Property.values()) {
            PropertyTally counts = standing.of(property);
            long doubtful =
                    violated(property) + of(property).suppressed - standing.violated(property) - counts.suppressed;
            if (doubtful > 0) {
                counts.checked = Math.max(0, counts.checked - doubtful);
                counts.inconclusive(doubtful, reason);
            }
        }
        standing.unsound = Arrays.stream(Property.values()).anyMatch(property -> standing.violated(property) > 0)
                ? Math.min(unsound, widened.unsound)
                : 0;
        return standing;
    }

    /** How many sessions were judged. */
    public long sessions() {
        return sessions;
    }

    /** How many of them show an anomaly. */
    public long unsound() {
        return unsound;
    }

    /** Of how many sessions the replicas were compared after quiescence. */
    public long compared() {
        return compared;
    }

    /** How many of these differ, whatever explains it. */
    public long drifted() {
        return drifted;
    }

    /** Broken assumptions, at most ten, each a sentence. */
    public List<String> invalid() {
        return List.copyOf(invalid);
    }

    /** What is known of the property. */
    public PropertyTally of(Property property) {
        return properties.computeIfAbsent(property, p -> new PropertyTally());
    }

    /** What is known of the anomaly. */
    public AnomalyTally of(Anomaly anomaly) {
        return anomalies.computeIfAbsent(anomaly, a -> new AnomalyTally(exemplars));
    }

    /** How many violations of this property no other finding explains. */
    public long violated(Property property) {
        return anomalies.entrySet().stream()
                .filter(entry -> entry.getKey().property() == property)
                .mapToLong(entry -> entry.getValue().count())
                .sum();
    }

    /** Kept violations, most severe and most telling first. */
    public List<Violation> violations() {
        return anomalies.values().stream()
                .flatMap(tally -> tally.exemplars().stream())
                .sorted(Order.MOST_SEVERE_FIRST)
                .toList();
    }

    /** Of its own, so that a run in which nothing is wrong need not make it. */
    static final class Order {
        /** Total, so that the same findings are kept whatever the order of merging. */
        static final Comparator<Violation> MOST_SEVERE_FIRST = Comparator.comparing(
                        Violation::severity, Comparator.reverseOrder())
                .thenComparing(Violation::anomaly)
                .thenComparing(Violation::lasting, Comparator.reverseOrder())
                .thenComparingLong(Violation::at)
                .thenComparingLong(Violation::session)
                .thenComparingInt(Violation::attribute)
                .thenComparing(Violation::what);

        private Order() {}
    }
}
