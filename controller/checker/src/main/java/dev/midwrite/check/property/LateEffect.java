package dev.midwrite.check.property;

import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.FinalReads;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;

/**
 * Whether final reads of one attribute may differ because a request of unknown outcome took effect between them: on a busy
 * node it may have waited that long. It must be what a later final read shows and the first does not, and nobody may have
 * seen it before the first began; what was seen before had taken effect, and must then be everywhere.
 */
final class LateEffect {
    private final SessionHistory history;
    private final int attribute;
    private final FinalReads finals;

    LateEffect(SessionHistory history, int attribute, FinalReads finals) {
        this.history = history;
        this.attribute = attribute;
        this.finals = finals;
    }

    boolean possible() {
        int first = finals.row(0);
        for (int i = 1; i < finals.size(); i++) {
            first = history.invoked(finals.row(i)) < history.invoked(first) ? finals.row(i) : first;
        }
        for (int i = 0; i < finals.size(); i++) {
            int row = finals.row(i);
            if (!FinalContent.same(history, first, row) && explained(first, row)) {
                return true;
            }
        }
        return false;
    }

    private boolean explained(int first, int row) {
        return switch (history.kind(row)) {
            case READ_COUNTER -> history.value(row) > history.value(first) && unanswered(OperationKind.INCREMENT);
            case READ_LIST -> appended(first, row);
            case READ_GROUP -> history.payloadSize(row) > 0 && late(history.payload(row, 0), history.invoked(first));
            default ->
                history.value(row) == 0
                        ? unanswered(OperationKind.REMOVE)
                        : late(history.value(row), history.invoked(first));
        };
    }

    /** The list of this row has an entry that the first lacks, and that may have come late. */
    private boolean appended(int first, int row) {
        for (int item = 0; item < history.payloadSize(row); item++) {
            long value = history.payload(row, item);
            if (!holds(first, value) && late(value, history.invoked(first))) {
                return true;
            }
        }
        return false;
    }

    /** Written by an attempt that nobody answered, and shown to nobody who asked before that moment. */
    private boolean late(long value, long before) {
        boolean unanswered = false;
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            unanswered |= history.info(row) && makes(row, value);
            if (history.ok(row) && history.invoked(row) < before && (makes(row, value) || holds(row, value))) {
                return false;
            }
        }
        return unanswered;
    }

    /** Entries of a list are the requests that appended them. */
    private boolean makes(int row, long value) {
        return switch (history.kind(row)) {
            case WRITE, WRITE_GROUP, UPDATE -> history.value(row) == value;
            case APPEND -> history.request(row) == value;
            default -> false;
        };
    }

    private boolean holds(int row, long value) {
        if (history.value(row) == value) {
            return true;
        }
        for (int item = 0; item < history.payloadSize(row); item++) {
            if (history.payload(row, item) == value) {
                return true;
            }
        }
        return false;
    }

    private boolean unanswered(OperationKind kind) {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (history.kind(row) == kind && history.info(row)) {
                return true;
            }
        }
        return false;
    }
}
