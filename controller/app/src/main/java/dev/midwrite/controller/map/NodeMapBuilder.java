package dev.midwrite.controller.map;

import dev.midwrite.controller.audit.SessionLocations;
import dev.midwrite.controller.map.NodeMap.Commands;
import dev.midwrite.controller.map.NodeMap.Passages;
import dev.midwrite.controller.map.NodeMap.Traffic;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Draws a {@link NodeMap} from the records of one node's journals, one start after the other. Not thread-safe. */
public final class NodeMapBuilder {
    private final String node;
    private final Map<PointKind, Map<String, Long>> passages = new TreeMap<>();
    private final Map<String, Map<List<String>, Long>> operations = new TreeMap<>();
    private final Map<Message, Long> messages = new HashMap<>();
    private final SessionLocations places = new SessionLocations();
    private final Set<String> hooks = new LinkedHashSet<>();
    private final Set<String> phases = new LinkedHashSet<>();
    /** Of the start that is being read: numbers and scopes begin anew with each. */
    private final Map<Integer, String> names = new HashMap<>();

    private final Map<Integer, PointKind> kinds = new HashMap<>();
    private final Map<Long, Open> open = new HashMap<>();
    private int starts;

    private record Message(String peer, boolean sent, String words) {}

    /** An operation that has begun. */
    private record Open(int point, List<String> commands) {}

    public NodeMapBuilder(String node) {
        this.node = node;
    }

    /** The next record of the journal, each of them in its order. */
    public void take(EventRecord record) {
        switch (record.type()) {
            case HEADER -> {
                starts++;
                names.clear();
                kinds.clear();
                open.clear();
            }
            case NAME -> {
                names.put(record.point(), text(record));
                kinds.put(record.point(), PointKind.of(record.outcome()));
            }
            case OPERATION -> operation(record);
            case LOCATION -> places.stored(node, 0, record, "");
            case LIFECYCLE -> lifecycle(record);
            case FAULT, FAULT_DONE, HELD_BACK, CONTENT -> {}
        }
    }

    /** Of what was taken so far. */
    public NodeMap build() {
        List<Passages> passed = new ArrayList<>();
        passages.forEach((kind, points) ->
                points.forEach((point, count) -> passed.add(new Passages(kind.label(), point, count))));
        List<Commands> commands = new ArrayList<>();
        operations.forEach((point, sequences) -> {
            long of = sequences.values().stream().mapToLong(Long::longValue).sum();
            sequences.entrySet().stream()
                    .sorted(Map.Entry.<List<String>, Long>comparingByValue()
                            .reversed()
                            .thenComparing(each -> String.join(" ", each.getKey())))
                    .forEach(each -> commands.add(new Commands(point, each.getKey(), each.getValue(), of)));
        });
        List<Traffic> peers = messages.entrySet().stream()
                .map(each -> new Traffic(
                        each.getKey().peer(),
                        each.getKey().sent(),
                        each.getKey().words(),
                        each.getValue()))
                .sorted(Comparator.comparing(Traffic::peer)
                        .thenComparing(Traffic::sent, Comparator.reverseOrder())
                        .thenComparing(Traffic::words))
                .toList();
        return new NodeMap(
                node,
                starts,
                passed,
                places.all().stream()
                        .sorted(Comparator.comparing(Object::toString))
                        .toList(),
                commands,
                peers,
                List.copyOf(hooks),
                List.copyOf(phases));
    }

    private void operation(EventRecord record) {
        PointKind kind = kinds.getOrDefault(record.point(), PointKind.NONE);
        String point = names.getOrDefault(record.point(), "");
        if (record.edge() == Edge.BEFORE) {
            passages.computeIfAbsent(kind, any -> new TreeMap<>()).merge(point, 1L, Long::sum);
            if (kind.isReplica()) {
                messages.merge(
                        new Message(
                                names.getOrDefault(record.peer(), ""),
                                kind == PointKind.REPLICA_SEND,
                                text(record).replace('\n', ' ')),
                        1L,
                        Long::sum);
            }
        }
        if (record.scope() != 0) {
            step(record, kind, point);
        }
    }

    private void step(EventRecord record, PointKind kind, String point) {
        Open operation = open.get(record.scope());
        if (operation == null) {
            if (record.edge() == Edge.BEFORE && kind.label().startsWith("session.")) {
                open.put(record.scope(), new Open(record.point(), new ArrayList<>()));
            }
        } else if (record.edge() == Edge.STEP) {
            operation.commands().add(text(record));
        } else if (record.edge() == Edge.AFTER && record.point() == operation.point()) {
            open.remove(record.scope());
            if (record.outcome() == Outcome.OK.code()) {
                operations
                        .computeIfAbsent(point, any -> new HashMap<>())
                        .merge(List.copyOf(operation.commands()), 1L, Long::sum);
            }
        }
    }

    private void lifecycle(EventRecord record) {
        PointKind kind = kinds.getOrDefault(record.point(), PointKind.NONE);
        if (kind == PointKind.SHUTDOWN_HOOK) {
            hooks.add(text(record));
        } else if (kind == PointKind.SHUTDOWN_PHASE && record.edge() != Edge.AFTER) {
            phases.add(names.getOrDefault(record.point(), ""));
        }
    }

    private static String text(EventRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }
}
