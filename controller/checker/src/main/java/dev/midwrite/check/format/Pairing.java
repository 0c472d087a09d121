package dev.midwrite.check.format;

import dev.midwrite.check.search.Call;
import dev.midwrite.check.search.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes operations of invocations and their ends. The clock is the order of the events. */
final class Pairing {
    private record Open(Event event, long at) {}

    private final HistoryObject object;
    private final Map<Object, Open> open = new LinkedHashMap<>();
    private final Map<Object, List<Operation>> byKey = new LinkedHashMap<>();
    private long clock;
    private int operations;

    Pairing(HistoryObject object) {
        this.object = object;
    }

    /** Has this process invoked an operation that has not ended? */
    boolean awaits(Object process) {
        return open.containsKey(process);
    }

    void add(Event event) throws UnreadableHistoryException {
        boolean lost = event.type() == Event.Type.INFO && awaits(event.process());
        // A client that crashes may say so in words of its own.
        if (!lost && !object.knows(event.function())) {
            throw event.unreadable("unknown operation :" + event.function());
        }
        clock++;
        if (event.type() == Event.Type.INVOKE) {
            operations++;
            Open before = open.put(event.process(), new Open(event, clock));
            if (before != null) {
                throw event.unreadable("process " + event.process() + " invokes an operation while that of line "
                        + before.event().line() + " is open");
            }
            return;
        }
        Open invoked = open.remove(event.process());
        if (invoked == null) {
            throw event.unreadable("process " + event.process() + " ends an operation that it has not invoked");
        }
        Event from = invoked.event();
        boolean same = from.function().equals(event.function()) && Objects.equals(from.key(), event.key());
        if (!same && !lost) {
            throw event.unreadable(
                    "process " + event.process() + " ends another operation than it invoked in line " + from.line());
        }
        switch (event.type()) {
            case OK -> keep(invoked, event, clock);
            case INFO -> keep(invoked, null, Operation.NEVER);
            default -> {
                // A failed call has changed nothing; why it failed is not said, so it observed nothing either.
            }
        }
    }

    /** What is still open may have taken effect. */
    ForeignHistory finish() throws UnreadableHistoryException {
        for (Open each : open.values()) {
            keep(each, null, Operation.NEVER);
        }
        return new ForeignHistory(object, byKey, operations);
    }

    private void keep(Open invoked, Event ended, long returned) throws UnreadableHistoryException {
        Event from = invoked.event();
        Call call = object.call(from, ended);
        if (call != null) {
            byKey.computeIfAbsent(from.key(), k -> new ArrayList<>())
                    .add(new Operation(call, from.process(), from.line(), invoked.at(), returned));
        }
    }
}
