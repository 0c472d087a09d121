package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.EffectEvidence;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.Scratch;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Values;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/**
 * Does every version of a document build on the one before?
 *
 * <p>Versions form a tree from parent to child. Two effective children of one parent: the second writer did not see the
 * first. If it is a path, it is the only possible order, and operations must fit it in real time: O(n).
 */
public final class DocumentCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.DOCUMENT;
    private static final int NONE = -1;
    /** The parent of an update that nobody came to know the outcome of. */
    private static final int UNKNOWN = -3;

    // By row of the update: row of its parent, first child found, effective, zone.
    private transient int[] parent;
    private transient int[] child;
    private transient boolean[] seen;
    private transient boolean[] effective;
    /** Only journals know that it took effect. */
    private transient boolean[] unseen;

    private transient int[] firstEnd;
    private transient int[] lastBegin;
    private transient int[] path;
    private transient int[] visitedFrom;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (!history.has(OperationKind.UPDATE) && !history.has(OperationKind.READ_DOCUMENT)) {
            return;
        }
        borrow(history.scratch(), history.size() + 1);
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            if (attributes.has(attribute, OperationKind.UPDATE)
                    || attributes.has(attribute, OperationKind.READ_DOCUMENT)) {
                judge(history, findings, attribute, attributes.from(attribute), attributes.from(attribute + 1));
            }
        }
    }

    private void borrow(Scratch scratch, int versions) {
        parent = scratch.ints(0, versions);
        child = scratch.ints(1, versions);
        firstEnd = scratch.ints(2, versions);
        lastBegin = scratch.ints(3, versions);
        path = scratch.ints(4, versions);
        visitedFrom = scratch.ints(5, versions);
        seen = scratch.flags(0, versions);
        effective = scratch.flags(1, versions);
        unseen = scratch.flags(2, versions);
    }

    private void judge(SessionHistory history, Findings findings, int attribute, int from, int to) {
        AttributeIndex attributes = history.attributes();
        int root = history.size();
        clear(root, root);
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) == OperationKind.UPDATE) {
                clear(row, root);
            }
        }
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            switch (history.kind(row)) {
                case UPDATE -> takeUpdate(history, findings, attribute, row, root);
                case READ_DOCUMENT -> takeRead(history, findings, attribute, row, root);
                default -> {
                    // Says nothing of versions.
                }
            }
        }
        takeJournals(history, findings, attribute, from, to, root);
        findings.checked(PROPERTY, joinChildren(history, findings, attribute, from, to, root));
        walk(history, findings, attribute, root);
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) == OperationKind.UPDATE && effective[row] && parent[row] == UNKNOWN) {
                walk(history, findings, attribute, row);
            }
        }
        walkUp(history, findings, attribute, root);
    }

    private void clear(int row, int root) {
        parent[row] = UNKNOWN;
        child[row] = NONE;
        seen[row] = false;
        visitedFrom[row] = 0;
        effective[row] = row == root;
        unseen[row] = false;
        firstEnd[row] = row == root ? NONE : row;
        lastBegin[row] = row == root ? NONE : row;
    }

    private void takeUpdate(SessionHistory history, Findings findings, int attribute, int row, int root) {
        if (!history.ok(row) || !history.belongs(row)) {
            return;
        }
        effective[row] = true;
        int writer = resolve(history, findings, attribute, row, history.second(row), root);
        if (writer != UNKNOWN) {
            parent[row] = writer;
            seen[writer] = true;
            effective[writer] = true;
        }
    }

    /** What the nodes journaled of updates that nobody answered: that they took effect, and which version they read. */
    private void takeJournals(SessionHistory history, Findings findings, int attribute, int from, int to, int root) {
        EffectEvidence journaled = findings.terms().journaled();
        if (journaled.applied().isEmpty() && journaled.parents().isEmpty()) {
            return;
        }
        AttributeIndex attributes = history.attributes();
        // A version is made after the one it builds on, so what it makes known of that one comes in time.
        for (int place = to - 1; place >= from; place--) {
            int row = attributes.row(place);
            if (history.kind(row) != OperationKind.UPDATE || !history.info(row)) {
                continue;
            }
            int above = above(history, journaled.parents().get(history.value(row)), attribute, root);
            if (above == UNKNOWN) {
                continue;
            }
            if (!effective[row] && journaled.applied().contains(history.value(row))) {
                effective[row] = true;
                unseen[row] = true;
            }
            if (effective[row] && parent[row] == UNKNOWN) {
                parent[row] = above;
                effective[above] = true;
            }
        }
    }

    private static int above(SessionHistory history, Long version, int attribute, int root) {
        int writer = version == null ? Values.UNKNOWN : history.values().writer(version, attribute);
        if (writer == Values.INITIAL) {
            return root;
        }
        return writer >= 0 && history.kind(writer) == OperationKind.UPDATE && !history.failed(writer)
                ? writer
                : UNKNOWN;
    }

    private void takeRead(SessionHistory history, Findings findings, int attribute, int row, int root) {
        if (!history.served(row)) {
            return;
        }
        int version = resolve(history, findings, attribute, row, history.value(row), root);
        if (version == UNKNOWN) {
            return;
        }
        seen[version] = true;
        effective[version] = true;
        if (version != root && history.returned(row) < history.invoked(version)) {
            findings.add(
                    Anomaly.FUTURE_READ,
                    attribute,
                    history.invoked(version) - history.returned(row),
                    false,
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row)) + " returned a version "
                            + Phrases.time(history.invoked(version) - history.returned(row)) + " before it was made.",
                    () -> "Because the read had ended when the update began, it cannot have seen it.",
                    row,
                    version);
            return;
        }
        if (version != root) {
            if (parent[version] == UNKNOWN) {
                int above = resolve(history, findings, attribute, row, history.second(row), root);
                parent[version] = above;
                if (above != UNKNOWN) {
                    effective[above] = true;
                }
            }
            if (history.returned(row) < history.returned(firstEnd[version])) {
                firstEnd[version] = row;
            }
        }
        if (lastBegin[version] < 0 || history.invoked(row) > history.invoked(lastBegin[version])) {
            lastBegin[version] = row;
        }
    }

    private int resolve(SessionHistory history, Findings findings, int attribute, int row, long version, int root) {
        if (history.is(row, UserOperation.GARBAGE)) {
            findings.add(
                    Anomaly.GARBAGE,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row))
                            + " returned a damaged version.",
                    () -> "Every version carries a checksum, and this one does not match.",
                    row);
            return UNKNOWN;
        }
        int writer = history.values().writer(version, attribute);
        if (writer == Values.INITIAL) {
            return root;
        }
        if (writer == Values.UNKNOWN || history.kind(writer) != OperationKind.UPDATE) {
            findings.add(
                    Anomaly.THIN_AIR,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row))
                            + " returned a version that was never made in this session.",
                    () -> "Because every update makes a version of its own, this one belongs to another session or to"
                            + " nobody.",
                    row);
            return UNKNOWN;
        }
        if (history.failed(writer)) {
            findings.add(
                    Anomaly.ABORTED_READ,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row))
                            + " returned a version whose update was rejected.",
                    () -> "Because the update was answered as not done, nobody may ever see its version.",
                    writer,
                    row);
            return UNKNOWN;
        }
        return writer;
    }

    private long joinChildren(SessionHistory history, Findings findings, int attribute, int from, int to, int root) {
        AttributeIndex attributes = history.attributes();
        long decided = 0;
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) != OperationKind.UPDATE || !effective[row]) {
                continue;
            }
            if (parent[row] == UNKNOWN) {
                findings.inconclusive(
                        PROPERTY, 1, "An update of unknown outcome took effect, and nobody saw its parent.");
                continue;
            }
            decided++;
            int sibling = child[parent[row]];
            if (sibling == NONE || retries(history, sibling, row)) {
                child[parent[row]] = row;
            } else if (!retries(history, row, sibling)) {
                branch(history, findings, attribute, sibling, row, parent[row] == root ? NONE : parent[row]);
            }
        }
        return decided;
    }

    /** Two attempts of one request, the first unanswered and never seen: its user asked for one update and has it. */
    private boolean retries(SessionHistory history, int first, int second) {
        return unseen[first] && history.request(first) == history.request(second);
    }

    private void branch(SessionHistory history, Findings findings, int attribute, int first, int second, int above) {
        boolean acknowledged = history.ok(first) && history.ok(second);
        boolean elsewhere = history.node(first) != history.node(second);
        // One store that dropped the first update looks the same, unless the branch that was left lived on.
        boolean bothLived = seen[first] && seen[second];
        // A name, not a verdict: it goes by the times as they were stamped, however wide the clock error.
        boolean concurrent = done(history, first) - 2 * history.widening() >= history.invoked(second)
                && done(history, second) >= history.invoked(first);
        if (concurrent && !alternated(history, first, second)) {
            raced(history, findings, attribute, first, second, above);
            return;
        }
        boolean lasting = !seen[first] || !seen[second];
        if (acknowledged && elsewhere && bothLived) {
            findings.add(
                    Anomaly.FORK,
                    attribute,
                    0,
                    lasting,
                    () -> findings.terms().node(history.node(first)) + " and "
                            + findings.terms().node(history.node(second)) + " each acknowledged an update of the same"
                            + " version of " + findings.terms().attribute(attribute) + ".",
                    () -> "Because each update replaces the version that it read, two nodes must have taken the session"
                            + " different ways; no clock is involved.",
                    above,
                    first,
                    second);
        } else {
            findings.add(
                    Anomaly.LOST_UPDATE,
                    attribute,
                    history.invoked(second) - done(history, first),
                    lasting,
                    () -> Phrases.capital(Phrases.write(findings.terms(), history, first))
                            + ", was overwritten by an update that did not see it although it began "
                            + Phrases.time(history.invoked(second) - done(history, first)) + " later.",
                    () -> "Because both updates were made from the same version, the later one cannot contain the"
                            + " earlier one; however, both took effect.",
                    above,
                    first,
                    second);
        }
    }

    /** What somebody had seen by then had taken effect by then, whatever its own answer. */
    private long done(SessionHistory history, int update) {
        return Math.min(history.returned(update), history.returned(firstEnd[update]));
    }

    /** Each was read after both had been answered: one store shows only one of them then. */
    private boolean alternated(SessionHistory history, int first, int second) {
        long both = Math.max(history.returned(first), history.returned(second));
        return history.invoked(lastBegin[first]) > both && history.invoked(lastBegin[second]) > both;
    }

    private static void raced(
            SessionHistory history, Findings findings, int attribute, int first, int second, int above) {
        findings.add(
                Anomaly.UPDATE_RACE,
                attribute,
                0,
                false,
                () -> Phrases.capital(Phrases.write(findings.terms(), history, first)) + ", and "
                        + Phrases.write(findings.terms(), history, second)
                        + ", were under way at the same time and made from the same version.",
                () ->
                        "Because the application reads the document, changes it and sets it again, two updates at a time can"
                                + " undo each other without any fault of the store.",
                above,
                first,
                second);
    }

    /** Follows the path from the root, or from a version whose parent nobody knows; each version's first end must not lie before an earlier version's last begin. */
    private void walk(SessionHistory history, Findings findings, int attribute, int start) {
        int size = 0;
        int version = start;
        while (version != NONE && size <= history.size()) {
            path[size++] = version;
            version = child[version];
        }
        int latest = NONE;
        for (int i = 0; i < size; i++) {
            int at = path[i];
            int end = firstEnd[at];
            if (latest != NONE && end >= 0 && history.returned(end) < history.invoked(latest)) {
                stale(history, findings, attribute, latest, end);
            }
            int begin = lastBegin[at];
            if (begin >= 0 && (latest == NONE || history.invoked(begin) > history.invoked(latest))) {
                latest = begin;
            }
        }
    }

    private void stale(SessionHistory history, Findings findings, int attribute, int late, int early) {
        if (history.kind(late) == OperationKind.UPDATE) {
            early(history, findings, attribute, early, late);
            return;
        }
        findings.add(
                Anomaly.STALE_READ,
                attribute,
                history.invoked(late) - history.returned(early),
                history.is(late, UserOperation.FINAL),
                () -> Phrases.capital(Phrases.read(findings.terms(), history, late)) + " returned an old version of "
                        + findings.terms().attribute(attribute) + ", "
                        + Phrases.time(history.invoked(late) - history.returned(early))
                        + " after a newer one was acknowledged or seen.",
                () -> "Because the newer version was made from the older one, the older one was gone by then.",
                early,
                late);
    }

    /** Off the path too: a version builds on one that was made before, so walking up never comes round. */
    private void walkUp(SessionHistory history, Findings findings, int attribute, int root) {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (history.kind(row) != OperationKind.UPDATE || !effective[row]) {
                continue;
            }
            int above = parent[row];
            if (above >= 0 && above != root && history.returned(row) < history.invoked(above)) {
                early(history, findings, attribute, row, above);
            }
            int at = row;
            while (at >= 0 && at != root && visitedFrom[at] == 0) {
                visitedFrom[at] = row + 1;
                at = parent[at];
            }
            if (at >= 0 && at != root && visitedFrom[at] == row + 1) {
                early(history, findings, attribute, at, parent[at]);
            }
        }
    }

    private static void early(SessionHistory history, Findings findings, int attribute, int late, int above) {
        findings.add(
                Anomaly.VERSION_CYCLE,
                attribute,
                history.invoked(above) - history.returned(late),
                false,
                () -> Phrases.capital(Phrases.write(findings.terms(), history, late))
                        + ", shows a version that builds on one that was made only later.",
                () -> "Because a version comes after the one it was made from, they cannot have come in this order.",
                late,
                above);
    }
}
