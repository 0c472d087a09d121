package dev.midwrite.check.property;

import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.FinalReads;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Values;
import dev.midwrite.event.OperationKind;
import java.util.Optional;

/** Finds a {@link JoinedFork} in the versions of a document, by what each was made from. O(n). Not thread-safe. */
final class DocumentFork {
    private static final int NONE = -1;
    private static final int UNKNOWN = -2;

    private final FinalReads finals = new FinalReads();
    // By row of an update; the place behind the last row stands for the document before any update.
    private boolean[] path = {};
    private int[] next = {};
    private int[] branch = {};
    private int[] parent = {};
    private SessionHistory history;
    private int attribute;
    private int root;

    Optional<JoinedFork> find(SessionHistory session, Findings findings, int number) {
        history = session;
        attribute = number;
        root = session.size();
        if (!JoinedFork.agreed(session, findings, finals, number, OperationKind.READ_DOCUMENT)) {
            return Optional.empty();
        }
        clear();
        markPath();
        return search();
    }

    private void clear() {
        if (path.length <= root) {
            int capacity = root + (root >> 1) + 1;
            path = new boolean[capacity];
            next = new int[capacity];
            branch = new int[capacity];
            parent = new int[capacity];
        }
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            clear(attributes.row(place));
        }
        clear(root);
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            learnParent(attributes.row(place));
        }
    }

    private void clear(int row) {
        path[row] = false;
        next[row] = NONE;
        branch[row] = UNKNOWN;
        parent[row] = UNKNOWN;
    }

    /** An acknowledged update says what it was made from; of one without an answer a read that shows it says so. */
    private void learnParent(int row) {
        boolean reads = history.kind(row) == OperationKind.READ_DOCUMENT && Values.readsWhole(history, row);
        int version = isUpdate(row)
                ? row
                : reads && history.value(row) != 0 ? history.values().writer(history.value(row), attribute) : NONE;
        if (version >= 0 && parent[version] == UNKNOWN) {
            parent[version] = history.second(row) == 0 ? root : history.values().writer(history.second(row), attribute);
        }
    }

    /** From what the final reads show up to the first version, or to one whose parent nobody knows. */
    private void markPath() {
        long shown = history.value(finals.row(0));
        int row = shown == 0 ? root : history.values().writer(shown, attribute);
        while (row >= 0 && row != root && !path[row]) {
            path[row] = true;
            int above = parent[row];
            if (above >= 0) {
                next[above] = row;
            }
            row = above;
        }
        path[root] = row == root;
    }

    private boolean isUpdate(int row) {
        return history.kind(row) == OperationKind.UPDATE && history.ok(row) && history.belongs(row);
    }

    private Optional<JoinedFork> search() {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            int version = shownBy(row);
            int first = version < 0 ? NONE : branchOf(version);
            if (first >= 0) {
                int sibling = next[parent[first]];
                if (sibling >= 0 && JoinedFork.alive(history, first, sibling, row) && !putBack(first, sibling)) {
                    return Optional.of(new JoinedFork(first, sibling, row, finals.row(0), lost(history.node(first))));
                }
            }
        }
        return Optional.empty();
    }

    /** Row of the update whose version this operation found there. */
    private int shownBy(int row) {
        boolean reads = history.kind(row) == OperationKind.READ_DOCUMENT && history.sawSession(row);
        long seen = reads && history.belongs(row) ? history.value(row) : isUpdate(row) ? history.second(row) : 0;
        return seen == 0 ? NONE : history.values().writer(seen, attribute);
    }

    /** The first update of the branch that is gone; NONE if the version is on the path, or nobody knows. */
    private int branchOf(int version) {
        if (path[version]) {
            return NONE;
        }
        int top = version;
        int found = branch[top];
        for (int steps = 0; found == UNKNOWN; steps++) {
            int above = parent[top];
            if (above < 0 || steps > root) {
                found = NONE;
            } else if (path[above]) {
                found = top;
            } else {
                top = above;
                found = branch[top];
            }
        }
        for (int row = version; row >= 0 && row != root && !path[row] && branch[row] == UNKNOWN; row = parent[row]) {
            branch[row] = found;
        }
        return found;
    }

    /** Whether a third update that is left may have undone the one that is gone. */
    private boolean putBack(int gone, int left) {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (row != left
                    && history.kind(row) == OperationKind.UPDATE
                    && path[row]
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
            count += isUpdate(row) && history.node(row) == node && branchOf(row) >= 0 ? 1 : 0;
        }
        return count;
    }
}
