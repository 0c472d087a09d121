package dev.midwrite.controller.audit;

import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Collects where nodes say that they keep sessions, while their journals arrive. Thread-safe. */
public final class SessionLocations implements RecordListener {
    private final Set<SessionLocation> locations = ConcurrentHashMap.newKeySet();

    @Override
    public void stored(String node, long incarnation, EventRecord record, String point) {
        if (record.type() == EventType.LOCATION) {
            SessionLocation.of(new String(record.payload(), StandardCharsets.UTF_8))
                    .ifPresent(locations::add);
        }
    }

    /** So far. */
    public Collection<SessionLocation> all() {
        return List.copyOf(locations);
    }
}
