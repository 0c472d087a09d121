package dev.midwrite.controller.history;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The users' history for checkers that read EDN: registers as Knossos wants them, each a history of its own, and lists as
 * transactions for Elle. Pure.
 */
public final class EdnExport {
    private final List<String> attributes;
    private final List<UserOperation> operations;

    /**
     * @param operations of one run
     * @param attributes names by number
     */
    public EdnExport(List<UserOperation> operations, List<String> attributes) {
        this.operations = operations.stream()
                // What no user saw has no process of its own.
                .filter(operation -> !operation.is(UserOperation.JOURNALED))
                .toList();
        this.attributes = List.copyOf(attributes);
    }

    /** Lines by register, such as {@code 9c4e1f00aa123456-register-a}; what ends a session writes nil to its registers. */
    public Map<String, List<String>> registers() {
        Map<Long, TreeSet<Integer>> registers = new HashMap<>();
        for (UserOperation operation : operations) {
            if (isOfRegister(operation.kind())) {
                registers
                        .computeIfAbsent(operation.session(), session -> new TreeSet<>())
                        .add(operation.attribute());
            }
        }
        Map<String, List<UserOperation>> byKey = new TreeMap<>();
        for (UserOperation operation : operations) {
            for (int attribute : registers.getOrDefault(operation.session(), new TreeSet<>())) {
                boolean own = isOfRegister(operation.kind()) && operation.attribute() == attribute;
                if (own || operation.kind().ends()) {
                    byKey.computeIfAbsent(key(operation.session(), attribute), key -> new ArrayList<>())
                            .add(operation);
                }
            }
        }
        Map<String, List<String>> lines = new TreeMap<>();
        byKey.forEach((key, own) -> lines.put(key, lines(own, EdnExport::register)));
        return lines;
    }

    /** One history of all lists, each append and each read of a whole list a transaction. */
    public List<String> lists() {
        return lines(
                operations.stream()
                        .filter(operation -> operation.kind() == OperationKind.APPEND || isWholeRead(operation))
                        .toList(),
                this::list);
    }

    /** Reads of lists that show their last ids only, so that {@link #lists} leaves them out. */
    public long partialReads() {
        return operations.stream()
                .filter(operation -> operation.kind() == OperationKind.READ_LIST && !isWholeRead(operation))
                .count();
    }

    private interface Form {
        String of(HistoryEvent event);
    }

    private static List<String> lines(List<UserOperation> operations, Form form) {
        List<String> lines = new ArrayList<>();
        for (HistoryEvent event : HistoryEvent.of(operations)) {
            lines.add("{:index " + lines.size() + ", :time " + event.time() + ", :process " + event.process()
                    + ", :type :" + event.type().name().toLowerCase(Locale.ROOT) + ", " + form.of(event) + "}");
        }
        return lines;
    }

    private static boolean isOfRegister(OperationKind kind) {
        return kind == OperationKind.READ || kind == OperationKind.WRITE || kind == OperationKind.REMOVE;
    }

    /** A read that found no session is whole; one that failed shows nothing anyway. */
    private static boolean isWholeRead(UserOperation operation) {
        return operation.kind() == OperationKind.READ_LIST
                && (operation.is(UserOperation.WHOLE)
                        || operation.is(UserOperation.ABSENT)
                        || operation.length() == operation.payload().length);
    }

    private static String register(HistoryEvent event) {
        UserOperation operation = event.operation();
        if (operation.kind() == OperationKind.READ) {
            return ":f :read, :value " + (event.type() == HistoryEvent.Type.OK ? read(operation) : "nil");
        }
        return ":f :write, :value " + (operation.kind() == OperationKind.WRITE ? operation.value() : "nil");
    }

    private static String read(UserOperation operation) {
        if (operation.is(UserOperation.GARBAGE)) {
            return ":garbage";
        }
        return operation.is(UserOperation.ABSENT) || operation.value() == 0 ? "nil" : Long.toString(operation.value());
    }

    private String list(HistoryEvent event) {
        UserOperation operation = event.operation();
        String key = '"' + key(operation.session(), operation.attribute()) + '"';
        if (operation.kind() == OperationKind.APPEND) {
            return ":f :txn, :value [[:append " + key + " " + operation.request() + "]]";
        }
        StringBuilder ids = new StringBuilder();
        if (event.type() != HistoryEvent.Type.OK || operation.is(UserOperation.ABSENT)) {
            ids.append("nil");
        } else {
            ids.append('[');
            for (long id : operation.payload()) {
                ids.append(ids.length() == 1 ? "" : " ").append(id);
            }
            ids.append(']');
        }
        return ":f :txn, :value [[:r " + key + " " + ids + "]]";
    }

    private String key(long session, int attribute) {
        String name = attribute < attributes.size() ? attributes.get(attribute) : "attribute " + attribute;
        return String.format(Locale.ROOT, "%016x-%s", session, name.replaceAll("[^A-Za-z0-9]+", "-"));
    }
}
