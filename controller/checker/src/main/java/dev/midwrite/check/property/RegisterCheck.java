package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.IndexSort;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Values;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/**
 * Do reads of an attribute fit one order of its writes?
 *
 * <p>All written values differ, so the operations of one value form a cluster, and the history is linearizable exactly if
 * no two clusters' zones exclude each other (Gibbons and Korach): O(n log n). A zone reaches from the first end of an
 * operation of its cluster to the last begin of one; where the end comes first the value was there all the time between.
 */
public final class RegisterCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.REGISTER;
    /** A session of a million operations must not cost the room of one of a million and a half. */
    private static final int MOST_SPARE = 1 << 16;

    // By row of the write; the initial value's zone stands at the end.
    private transient int[] firstEnd = {};
    private transient int[] lastBegin = {};
    private transient boolean[] seen = {};
    private transient int[] forward = {};
    private transient long[] key = {};

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            int from = attributes.from(attribute);
            int to = attributes.from(attribute + 1);
            if (to > from && isRegister(history, attributes, from, to)) {
                reserve(history.size());
                judge(history, findings, attribute, from, to);
            }
        }
    }

    private static boolean isRegister(SessionHistory history, AttributeIndex attributes, int from, int to) {
        boolean register = false;
        for (int place = from; place < to; place++) {
            OperationKind kind = history.kind(attributes.row(place));
            if (kind == OperationKind.REMOVE) {
                return false;
            }
            register |= kind == OperationKind.READ || kind == OperationKind.WRITE;
        }
        return register;
    }

    private void reserve(int rows) {
        if (firstEnd == null || firstEnd.length < rows + 1) {
            int capacity = rows + Math.min(rows >> 1, MOST_SPARE) + 1;
            firstEnd = new int[capacity];
            lastBegin = new int[capacity];
            seen = new boolean[capacity];
            forward = new int[capacity];
            key = new long[capacity];
        }
    }

    private void judge(SessionHistory history, Findings findings, int attribute, int from, int to) {
        AttributeIndex attributes = history.attributes();
        int initial = history.size();
        firstEnd[initial] = -1;
        lastBegin[initial] = -1;
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) == OperationKind.WRITE) {
                firstEnd[row] = row;
                lastBegin[row] = row;
                seen[row] = false;
            }
        }
        int reads = 0;
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) == OperationKind.READ && history.belongs(row) && history.sawSession(row)) {
                reads++;
                takeRead(history, findings, attribute, row, initial);
            }
        }
        findings.checked(PROPERTY, reads);
        if (reads > 0) {
            compareZones(history, findings, attribute, from, to, initial);
        }
    }

    private void takeRead(SessionHistory history, Findings findings, int attribute, int row, int initial) {
        if (history.is(row, UserOperation.GARBAGE)) {
            findings.add(
                    Anomaly.GARBAGE,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Said.capital(Said.read(findings.terms(), history, row))
                            + " returned bytes that nobody wrote.",
                    () -> "Every written value carries a checksum, and this one does not match.",
                    row);
            return;
        }
        int writer = history.values().writerOf(row);
        if (writer == Values.UNKNOWN || (writer >= 0 && history.kind(writer) != OperationKind.WRITE)) {
            findings.add(
                    Anomaly.THIN_AIR,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Said.capital(Said.read(findings.terms(), history, row)) + " returned a value of "
                            + findings.terms().attribute(attribute) + " that was never written in this session.",
                    () ->
                            "Because every write has a value of its own, this one belongs to another session or to nobody.",
                    row);
            return;
        }
        if (writer >= 0 && history.failed(writer)) {
            findings.add(
                    Anomaly.ABORTED_READ,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Said.capital(Said.read(findings.terms(), history, row))
                            + " returned a value whose write was rejected.",
                    () -> "Because the write was answered as not done, nobody may ever see its value.",
                    writer,
                    row);
            return;
        }
        if (writer >= 0 && history.returned(row) < history.invoked(writer)) {
            findings.add(
                    Anomaly.FUTURE_READ,
                    attribute,
                    history.invoked(writer) - history.returned(row),
                    false,
                    () -> Said.capital(Said.read(findings.terms(), history, row)) + " returned a value "
                            + Said.time(history.invoked(writer) - history.returned(row)) + " before it was written.",
                    () -> "Because the read had ended when the write began, it cannot have seen it.",
                    row,
                    writer);
            return;
        }
        int cluster = writer == Values.INITIAL ? initial : writer;
        if (cluster != initial) {
            seen[cluster] = true;
            if (history.returned(row) < history.returned(firstEnd[cluster])) {
                firstEnd[cluster] = row;
            }
        }
        int last = lastBegin[cluster];
        if (last < 0 || history.invoked(row) > history.invoked(last)) {
            lastBegin[cluster] = row;
        }
    }

    private long end(SessionHistory history, int cluster) {
        return firstEnd[cluster] < 0 ? Long.MIN_VALUE : history.returned(firstEnd[cluster]);
    }

    private long begin(SessionHistory history, int cluster) {
        return lastBegin[cluster] < 0 ? Long.MIN_VALUE : history.invoked(lastBegin[cluster]);
    }

    private boolean counts(SessionHistory history, int row) {
        return history.kind(row) == OperationKind.WRITE && !history.failed(row) && history.belongs(row);
    }

    private void compareZones(SessionHistory history, Findings findings, int attribute, int from, int to, int initial) {
        AttributeIndex attributes = history.attributes();
        int forwards = 0;
        if (lastBegin[initial] >= 0) {
            forward[forwards++] = initial;
            key[initial] = Long.MIN_VALUE;
        }
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (counts(history, row)) {
                key[row] = end(history, row);
                if (key[row] < begin(history, row)) {
                    forward[forwards++] = row;
                }
            }
        }
        IndexSort.by(key, forward, forwards);
        // Of all zones that begin no later, the one that reaches furthest; at its place from here on.
        int furthest = -1;
        for (int i = 0; i < forwards; i++) {
            int zone = forward[i];
            if (furthest >= 0 && begin(history, furthest) > end(history, zone)) {
                report(history, findings, attribute, furthest, zone, initial);
            }
            if (furthest < 0 || begin(history, zone) > begin(history, furthest)) {
                furthest = zone;
            }
            // Places of zones that are already passed are free to hold the furthest one; the sort is done.
            forward[i] = furthest;
            key[i] = end(history, zone);
        }
        // key[0..forwards) now holds sorted ends; key by row is no longer needed, ends are computed again below.
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (counts(history, row) && end(history, row) >= begin(history, row)) {
                int before = lastBelow(begin(history, row), forwards);
                if (before >= 0 && begin(history, forward[before]) > end(history, row)) {
                    report(history, findings, attribute, forward[before], row, initial);
                }
            }
        }
    }

    /** The last forward zone whose end lies strictly before this time; -1 if none. */
    private int lastBelow(long time, int forwards) {
        int low = 0;
        int high = forwards;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** The outer value was seen before and after the inner one was: name it as a person would. */
    private void report(SessionHistory history, Findings findings, int attribute, int outer, int inner, int initial) {
        int outerEnd = outer == initial ? -1 : firstEnd[outer];
        int outerBegin = lastBegin[outer];
        int innerEnd = firstEnd[inner];
        int innerBegin = lastBegin[inner];
        long gap = history.invoked(outerBegin) - history.returned(innerEnd);
        boolean lasting = history.is(outerBegin, UserOperation.FINAL);
        boolean older = outer == initial || history.returned(outerEnd) < history.invoked(inner);
        boolean newer = outer != initial && history.returned(innerEnd) < history.invoked(outer);
        if (newer && history.kind(innerBegin) == OperationKind.READ) {
            // The inner value is the older one, so whoever saw it last saw something stale.
            findings.add(
                    Anomaly.STALE_READ,
                    attribute,
                    history.invoked(innerBegin) - history.returned(outerEnd),
                    history.is(innerBegin, UserOperation.FINAL),
                    () -> stale(history, findings, innerBegin, outerEnd),
                    () -> "Because the value it returned had been overwritten before, nobody may see it again.",
                    inner,
                    outerEnd,
                    innerBegin);
        } else if (!seen[inner] && history.ok(inner)) {
            findings.add(
                    Anomaly.LOST_OR_MASKED,
                    attribute,
                    gap,
                    lasting,
                    () -> Said.capital(Said.write(findings.terms(), history, inner)) + ", was never seen: "
                            + Said.read(findings.terms(), history, outerBegin) + " "
                            + Said.time(history.invoked(outerBegin) - history.returned(inner))
                            + " later still returned the value before it.",
                    () -> "Because the earlier value was there before the write began and after it had ended, the write"
                            + " had no effect; however, it was acknowledged.",
                    outerEnd,
                    inner,
                    outerBegin);
        } else if (older) {
            findings.add(
                    Anomaly.STALE_READ,
                    attribute,
                    gap,
                    lasting,
                    () -> stale(history, findings, outerBegin, innerEnd),
                    () ->
                            "Because a later value was already acknowledged or seen, nobody may see the earlier one again.",
                    outer == initial ? -1 : outer,
                    inner,
                    innerEnd,
                    outerBegin);
        } else {
            findings.add(
                    Anomaly.OSCILLATION,
                    attribute,
                    gap,
                    lasting,
                    () -> Said.capital(findings.terms().attribute(attribute))
                            + " showed one value, then another, then the first again.",
                    () -> "Because each of the two writes happened once, no order of them lets readers see this.",
                    outerEnd,
                    innerEnd,
                    innerBegin,
                    outerBegin);
        }
    }

    private static String stale(SessionHistory history, Findings findings, int read, int newer) {
        return Said.capital(Said.read(findings.terms(), history, read)) + " returned an old value of "
                + findings.terms().attribute(history.attribute(read)) + ", "
                + Said.time(history.invoked(read) - history.returned(newer)) + " after a newer one was "
                + (history.kind(newer) == OperationKind.READ ? "seen" : "acknowledged") + " on "
                + findings.terms().node(history.node(newer)) + ".";
    }
}
