package dev.midwrite.agent.weave;

import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Place;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.agent.point.PointReport.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What became of each point. Thread-safe. */
public final class WovenPoints {
    private final Catalogue catalogue;
    private final Set<String> disabled;
    private final Map<Point, Set<String>> classes = new HashMap<>();
    private final Map<Point, String> failures = new HashMap<>();
    /** Of users' points: classes that should have a method of theirs, and have none. */
    private final Map<Point, String> unmatched = new HashMap<>();
    /** Of users' points: how many methods fit, by class. */
    private final Map<Point, Map<String, Integer>> methods = new HashMap<>();

    /** @param disabled names or kinds of points that must not be woven */
    public WovenPoints(Catalogue catalogue, Set<String> disabled) {
        this.catalogue = catalogue;
        this.disabled = Set.copyOf(disabled);
    }

    public boolean isDisabled(Point point) {
        return disabled.contains(point.name()) || disabled.contains(point.kind().label());
    }

    synchronized void woven(Point point, String type) {
        classes.computeIfAbsent(point, key -> new TreeSet<>()).add(type);
    }

    synchronized void failed(Point point, String reason) {
        failures.put(point, reason);
    }

    /** This class should have a method for a user's point, and has none. */
    synchronized void unmatched(Point point, String reason) {
        unmatched.putIfAbsent(point, reason);
    }

    /** A class has so many methods for a user's point. Returns how many all classes have. */
    synchronized int count(Point point, String type, int found) {
        Map<String, Integer> byType = methods.computeIfAbsent(point, key -> new HashMap<>());
        byType.put(type, found);
        return byType.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Why nothing carries a user's point yet. */
    private static String nothing(Place place) {
        return "no class has been loaded that is a " + place.types().get(0) + " and declares "
                + UserMethods.method(place);
    }

    /** Names of all classes that carry a point. */
    public synchronized Set<String> classes() {
        Set<String> names = new TreeSet<>();
        classes.values().forEach(names::addAll);
        return names;
    }

    /** One report per point, in the order of the catalogue. */
    public synchronized List<PointReport> reports() {
        List<PointReport> reports = new ArrayList<>();
        for (Point point : catalogue.all()) {
            Set<String> carriers = classes.getOrDefault(point, Set.of());
            String failure = failures.getOrDefault(point, "");
            State state = State.WAITING;
            if (isDisabled(point)) {
                state = State.DISABLED;
                failure = "disabled by configuration";
            } else if (!failure.isEmpty()) {
                state = State.FAILED;
            } else if (!carriers.isEmpty() || point.isEverywhere()) { // What needs no class is there.
                state = State.WOVEN;
            } else if (unmatched.containsKey(point)) {
                state = State.FAILED;
                failure = unmatched.get(point);
            } else if (point.isUsers()) {
                failure = nothing(point.places().get(0));
            }
            reports.add(new PointReport(point, state, failure, List.copyOf(carriers)));
        }
        return reports;
    }
}
