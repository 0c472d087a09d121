package dev.midwrite.agent.point;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All points of this JVM by number, in the order in which their libraries are listed. Immutable. */
public final class Catalogue {
    private final Point[] points;
    private final Set<String> classes = new HashSet<>();
    private final Set<String> jdk = new HashSet<>();
    private final Set<String> families = new HashSet<>();
    private final Set<String> eventLoops = new HashSet<>();

    /** Numbers the points; a library belongs to one catalogue. */
    public Catalogue(List<Library> libraries) {
        List<Point> all = new ArrayList<>();
        for (Library library : libraries) {
            all.addAll(library.points());
            eventLoops.addAll(library.eventLoops());
            List<String> begin = library.families();
            families.addAll(begin);
            for (Point point : library.points()) {
                for (Place place : point.places()) {
                    add(place, !begin.isEmpty());
                }
                for (String reader : point.timeReaders()) {
                    classes.add(reader.replace('.', '/'));
                }
            }
        }
        points = all.toArray(new Point[0]);
        for (int i = 0; i < points.length; i++) {
            points[i].number(i);
        }
    }

    private void add(Place place, boolean hasFamilies) {
        for (String type : place.types()) {
            String name = type.replace('.', '/');
            if (!place.isSuper()) {
                (name.startsWith("java/") || name.startsWith("sun/") ? jdk : classes).add(name);
            } else if (!hasFamilies) {
                families.add(name);
            }
        }
    }

    public List<Point> all() {
        return List.of(points);
    }

    /** The point that the woven code calls by this number. */
    public Point of(int number) {
        return points[number];
    }

    public int size() {
        return points.length;
    }

    /** Names, with slashes, of the classes outside of the JDK that carry a point by their own name. */
    public Set<String> classes() {
        return classes;
    }

    /** Names, with slashes, of the JDK's classes that carry a point. */
    public Set<String> jdkClasses() {
        return jdk;
    }

    /** How the names begin, with slashes, of which a class names one if it carries a point for its super types. */
    public Set<String> families() {
        return families;
    }

    /** Ends of class names of threads that must never wait. */
    public Set<String> eventLoops() {
        return eventLoops;
    }
}
