package dev.midwrite.agent.weave;

import dev.midwrite.agent.point.Place;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.agent.point.PointReport.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What became of each point. Thread-safe. */
public final class WovenPoints {
    private final Set<String> disabled;
    private final Map<Place, Set<String>> classes = new EnumMap<>(Place.class);
    private final Map<Place, String> failures = new EnumMap<>(Place.class);

    /** @param disabled names or kinds of points that must not be woven */
    public WovenPoints(Set<String> disabled) {
        this.disabled = Set.copyOf(disabled);
    }

    public boolean isDisabled(Place place) {
        return disabled.contains(place.pointName())
                || disabled.contains(place.kind().label());
    }

    synchronized void woven(Place place, String type) {
        classes.computeIfAbsent(place, key -> new TreeSet<>()).add(type);
    }

    synchronized void failed(Place place, String reason) {
        failures.put(place, reason);
    }

    /** One report per point, in the order of {@link Place}. */
    public synchronized List<PointReport> reports() {
        List<PointReport> reports = new ArrayList<>();
        for (Place place : Place.values()) {
            Set<String> carriers = classes.getOrDefault(place, Set.of());
            String failure = failures.getOrDefault(place, "");
            State state = State.WAITING;
            if (isDisabled(place)) {
                state = State.DISABLED;
                failure = "disabled by configuration";
            } else if (!failure.isEmpty()) {
                state = State.FAILED;
            } else if (!carriers.isEmpty()) {
                state = State.WOVEN;
            }
            reports.add(new PointReport(place.pointName(), place.kind(), state, failure, List.copyOf(carriers)));
        }
        return reports;
    }
}
