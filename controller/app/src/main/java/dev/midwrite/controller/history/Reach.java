package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which kinds of points the nodes of a run have in use, as their journals tell. Not thread-safe. */
final class Reach {
    /** Of the JVM itself, which is always in use. */
    private static final String JVM = "jvm";

    private final Map<PointKind, Set<String>> woven = new EnumMap<>(PointKind.class);
    private final Set<PointKind> passed = EnumSet.noneOf(PointKind.class);
    private final Set<String> used = new HashSet<>(Set.of(JVM));

    /** A point is woven, which says nothing of whether anybody comes by. */
    void named(String point, PointKind kind) {
        woven.computeIfAbsent(kind, any -> new HashSet<>()).add(library(point));
    }

    void passed(Entry entry) {
        if (entry.kind() != PointKind.NONE && entry.event().type() != EventType.LIFECYCLE) {
            passed.add(entry.kind());
            used.add(library(entry.point()));
        }
    }

    /** Bytes are not journaled as they pass, nor are clocks and nodes: there it is enough that their library is in use. */
    Set<PointKind> kinds() {
        Set<PointKind> kinds = EnumSet.copyOf(passed);
        woven.forEach((kind, libraries) -> {
            boolean silent = kind == PointKind.STORE_BYTES || kind.isOfNode();
            if (silent && libraries.stream().anyMatch(used::contains)) {
                kinds.add(kind);
            }
        });
        return kinds;
    }

    private static String library(String point) {
        return point.substring(0, Math.max(0, point.indexOf('.')));
    }
}
