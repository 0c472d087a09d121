package dev.midwrite.controller.survey;

import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Points at which something happened. Thread-safe. */
final class SeenPoints implements RecordListener {
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    @Override
    public void stored(String node, long incarnation, EventRecord record, String point) {
        // Names of all points are journaled, whatever happens there.
        if (record.type() == EventType.OPERATION) {
            names.add(point);
        }
    }

    /** Whether anything happened at a point whose name begins so. */
    boolean any(String beginning) {
        return names.stream().anyMatch(name -> name.startsWith(beginning));
    }
}
