package dev.midwrite.check.property;

import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.CanonicalList;
import dev.midwrite.check.session.FinalReads;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.LongIntMap;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import java.util.Optional;

/**
 * Finds a {@link JoinedFork} in a list: an append that is gone, beside the entry that stands in its place. O(n). Not
 * thread-safe.
 */
final class ListFork {
    private final FinalReads finals = new FinalReads();
    private final LongIntMap appends = new LongIntMap();
    private SessionHistory history;
    private int attribute;
    private CanonicalList list;

    Optional<JoinedFork> find(SessionHistory session, Findings findings, int number) {
        history = session;
        attribute = number;
        if (!JoinedFork.agreed(session, findings, finals, number, OperationKind.READ_LIST)) {
            return Optional.empty();
        }
        list = session.list(findings.terms(), number);
        return list.row() >= 0 && index() > 0 ? search() : Optional.empty();
    }

    /** Acknowledged appends by id; returns how many of them are gone. */
    private long index() {
        AttributeIndex attributes = history.attributes();
        int from = attributes.from(attribute);
        int to = attributes.from(attribute + 1);
        appends.clear(to - from);
        long gone = 0;
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) == OperationKind.APPEND && history.ok(row) && history.belongs(row)) {
                appends.put(history.request(row), row);
                gone += list.position(history.request(row)) < 0 ? 1 : 0;
            }
        }
        return gone;
    }

    private Optional<JoinedFork> search() {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (!history.sawSession(row) || !history.belongs(row)) {
                continue;
            }
            for (int item = 0; item < history.payloadSize(row); item++) {
                int gone = appends.get(history.payload(row, item));
                int position = history.length(row) - history.payloadSize(row) + item;
                if (gone < 0
                        || gone == row
                        || position < 0
                        || position >= list.length()
                        || list.position(history.request(gone)) >= 0) {
                    continue;
                }
                int left = appends.get(history.payload(list.row(), position));
                if (left >= 0 && JoinedFork.alive(history, gone, left, row) && !putBack(gone, left)) {
                    return Optional.of(new JoinedFork(gone, left, row, finals.row(0), lost(history.node(gone))));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a third append that is left may have undone the one that is gone. */
    private boolean putBack(int gone, int left) {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (row != left
                    && history.kind(row) == OperationKind.APPEND
                    && list.position(history.request(row)) >= 0
                    && JoinedFork.mayPutBack(history, row, gone)) {
                return true;
            }
        }
        return false;
    }

    private long lost(int node) {
        AttributeIndex attributes = history.attributes();
        long count = 0;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            count += history.kind(row) == OperationKind.APPEND
                            && history.ok(row)
                            && history.belongs(row)
                            && history.node(row) == node
                            && list.position(history.request(row)) < 0
                    ? 1
                    : 0;
        }
        return count;
    }
}
