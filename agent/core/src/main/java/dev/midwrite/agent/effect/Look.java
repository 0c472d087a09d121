package dev.midwrite.agent.effect;

import dev.midwrite.agent.point.EntryMap;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.event.SessionHash;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks into the maps of data grids in which this process keeps sessions, and changes nothing. Ids leave it as keyed hashes. Not
 * thread-safe.
 *
 * <p>Without a name it takes maps that a repository has, the object at which sessions pass: another map of this process may have the
 * same ids for something else. With a name, whatever bears it, also where no repository is known.
 */
final class Look {
    private final List<Library> grids;
    private final Holders holders;
    private final SessionHash hash;

    /** @param points of all libraries */
    Look(List<Point> points, Holders holders, SessionHash hash) {
        this.grids = points.stream()
                .map(Point::library)
                .filter(Library::hasMaps)
                .distinct()
                .toList();
        this.holders = holders;
        this.hash = hash;
    }

    /** @param name of a map; empty for those of repositories */
    List<KeptSessions> into(String name) {
        Map<EntryMap, ClassLoader> maps = new LinkedHashMap<>();
        for (Object holder : holders.objects()) {
            ClassLoader loader = holder.getClass().getClassLoader();
            fieldsOf(holder).forEach(value -> find(value, name).forEach(map -> maps.putIfAbsent(map, loader)));
            if (!name.isEmpty()) {
                find(holder, name).forEach(map -> maps.putIfAbsent(map, loader));
            }
        }
        List<KeptSessions> kept = new ArrayList<>();
        maps.forEach((map, loader) -> kept.add(read(map, loader)));
        return kept;
    }

    private List<EntryMap> find(Object object, String name) {
        List<EntryMap> maps = new ArrayList<>();
        for (Library library : grids) {
            try {
                library.maps(object).stream()
                        .filter(map -> name.isEmpty() || map.name().equals(name))
                        .forEach(maps::add);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                // Of another version, or about to end: the audit says what it did not find.
            }
        }
        return maps;
    }

    private static List<Object> fieldsOf(Object holder) {
        List<Object> values = new ArrayList<>();
        for (Class<?> type = holder.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    Object value = value(holder, field);
                    if (value != null) {
                        values.add(value);
                    }
                }
            }
        }
        return values;
    }

    private static Object value(Object holder, Field field) {
        try {
            field.setAccessible(true);
            return field.get(holder);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            return null;
        }
    }

    /** @param loader of the application: a client may have to make an object of the value, too */
    private KeptSessions read(EntryMap map, ClassLoader loader) {
        Map<Long, Long> left = new HashMap<>();
        String problem = "";
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            map.read((id, leftMillis) -> left.put(hash.of(id), leftMillis));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            problem = cause.getClass().getName(); // What it says besides may be data.
        } finally {
            thread.setContextClassLoader(before);
        }
        return new KeptSessions(map.name(), left.keySet().stream().anyMatch(holders::saw), left, problem);
    }
}
