package dev.midwrite.check.property;

import dev.midwrite.check.property.ReplicaDigest.Item;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Values;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import java.util.ArrayList;
import java.util.List;

/** What the final reads of one attribute show, as the content of a replica each, with its place among the writes. */
final class FinalContent {
    private final SessionHistory history;
    private final int attribute;

    FinalContent(SessionHistory history, int attribute) {
        this.history = history;
        this.attribute = attribute;
    }

    static boolean same(SessionHistory history, int one, int other) {
        if (holdsNothing(history, one) && holdsNothing(history, other)) {
            return true;
        }
        if (history.value(one) != history.value(other)
                || history.second(one) != history.second(other)
                || history.length(one) != history.length(other)) {
            return false;
        }
        if (history.kind(one) != OperationKind.READ_GROUP) {
            return true;
        }
        if (history.payloadSize(one) != history.payloadSize(other)) {
            return false;
        }
        for (int item = 0; item < history.payloadSize(one); item++) {
            if (history.payload(one, item) != history.payload(other, item)) {
                return false;
            }
        }
        return true;
    }

    /** One item by row; null for a row that shows nothing. Versions are told only if all rows lie on one line. */
    List<Item> items(List<Integer> rows) {
        int ahead = rows.get(0);
        for (int row : rows) {
            ahead = version(row) > version(ahead) ? row : ahead;
        }
        boolean ordered = true;
        for (int row : rows) {
            ordered &= same(history, row, ahead) || older(row, ahead);
        }
        List<Item> items = new ArrayList<>();
        for (int row : rows) {
            items.add(
                    holdsNothing(row)
                            ? null
                            : new Item(attribute, content(row), ordered ? version(row) : Item.UNORDERED));
        }
        return items;
    }

    private boolean holdsNothing(int row) {
        return holdsNothing(history, row);
    }

    /** Whatever shape the nothing has: no payload, or one of zeros only. */
    private static boolean holdsNothing(SessionHistory history, int row) {
        for (int item = 0; item < history.payloadSize(row); item++) {
            if (history.payload(row, item) != 0) {
                return false;
            }
        }
        return history.value(row) == 0 && history.length(row) == 0;
    }

    private long content(int row) {
        long hash = Mix.mix(Mix.mix(Mix.mix(0, history.value(row)), history.second(row)), history.length(row));
        if (history.kind(row) == OperationKind.READ_GROUP) {
            for (int item = 0; item < history.payloadSize(row); item++) {
                hash = Mix.mix(hash, history.payload(row, item));
            }
        }
        return hash;
    }

    /** How many writes led to what the row shows, as far as anybody knows. */
    private long version(int row) {
        return switch (history.kind(row)) {
            case READ_LIST -> history.length(row);
            case READ_COUNTER -> history.value(row);
            case READ_DOCUMENT -> depth(row);
            default -> holdsNothing(row) ? 0 : 1 + writesBefore(writer(row));
        };
    }

    private long writesBefore(int writer) {
        AttributeIndex attributes = history.attributes();
        long before = 0;
        for (int place = attributes.from(attribute); writer >= 0 && place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            boolean writes = history.kind(row) == OperationKind.WRITE || history.kind(row) == OperationKind.WRITE_GROUP;
            before += writes && history.ok(row) && history.returned(row) < history.invoked(writer) ? 1 : 0;
        }
        return before;
    }

    private int writer(int row) {
        long stamp = history.kind(row) == OperationKind.READ_GROUP && history.payloadSize(row) > 0
                ? history.payload(row, 0)
                : history.value(row);
        return history.values().writer(stamp, attribute);
    }

    private long depth(int row) {
        long depth = 0;
        long version = history.value(row);
        while (version != 0 && depth <= history.size()) {
            version = depth == 0 ? history.second(row) : parent(version);
            depth++;
        }
        return depth;
    }

    /** The version that this one was made from; 0 if that is the first one, or nobody knows. */
    private long parent(long version) {
        int writer = history.values().writer(version, attribute);
        return writer >= 0 && history.ok(writer) ? history.second(writer) : 0;
    }

    private boolean older(int row, int than) {
        return switch (history.kind(row)) {
            case READ_LIST -> prefix(row, than);
            case READ_COUNTER -> history.value(row) < history.value(than);
            case READ_DOCUMENT -> ancestor(row, than);
            default -> precedes(row, than);
        };
    }

    private boolean prefix(int row, int of) {
        if (history.length(row) >= history.length(of)
                || history.payloadSize(row) != history.length(row)
                || history.payloadSize(of) != history.length(of)) {
            return false;
        }
        for (int item = 0; item < history.payloadSize(row); item++) {
            if (history.payload(row, item) != history.payload(of, item)) {
                return false;
            }
        }
        return true;
    }

    private boolean ancestor(int row, int of) {
        long version = history.second(of);
        for (int steps = 0; version != history.value(row); steps++) {
            if (version == 0 || steps > history.size()) {
                return false;
            }
            version = parent(version);
        }
        return true;
    }

    private boolean precedes(int row, int than) {
        if (torn(row) || torn(than)) {
            return false;
        }
        int writer = writer(row);
        int later = writer(than);
        if (writer == Values.INITIAL && history.attributes().has(attribute, OperationKind.REMOVE)) {
            // It may be what a removal left after the other write.
            return false;
        }
        return later >= 0
                && (writer == Values.INITIAL || (writer >= 0 && history.returned(writer) < history.invoked(later)));
    }

    private boolean torn(int row) {
        for (int item = 1; item < history.payloadSize(row); item++) {
            if (history.payload(row, item) != history.payload(row, 0)) {
                return true;
            }
        }
        return false;
    }
}
