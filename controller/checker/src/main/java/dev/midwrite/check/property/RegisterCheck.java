package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.Removals;
import dev.midwrite.check.session.Scratch;
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

    // By row of the write; the initial value's zone stands at the end.
    private transient int[] firstEnd;
    private transient int[] lastBegin;
    private transient boolean[] seen;
    private transient int[] forward;
    private transient long[] key;
    private transient Removals removals;
    /** Acknowledged writes of the attribute up to the read at hand, and the place of the last that had ended by then. */
    private transient int[] written;

    private transient int writes;
    private transient int latest;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (!history.has(OperationKind.READ)) {
            return;
        }
        borrow(history.scratch(), history.size() + 1);
        if (removals == null) {
            removals = new Removals();
        }
        removals.collect(history);
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            if (attributes.has(attribute, OperationKind.READ)) {
                judge(history, findings, attribute, attributes.from(attribute), attributes.from(attribute + 1));
            }
        }
    }

    private void borrow(Scratch scratch, int zones) {
        firstEnd = scratch.ints(0, zones);
        lastBegin = scratch.ints(1, zones);
        forward = scratch.ints(2, zones);
        written = scratch.ints(3, zones);
        seen = scratch.flags(0, zones);
        key = scratch.longs(0, zones);
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
        writes = 0;
        latest = -1;
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) == OperationKind.WRITE && history.ok(row) && history.belongs(row)) {
                written[writes++] = row;
            } else if (history.kind(row) == OperationKind.READ && history.served(row)) {
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
        int writer = history.is(row, UserOperation.GARBAGE)
                ? Values.UNKNOWN
                : history.values().writerOf(row);
        if (removals.of(attribute)
                && (writer == Values.INITIAL || isEffective(history, writer))
                && judgeRemoval(history, findings, attribute, row, writer)) {
            return;
        }
        int cluster = writer == Values.INITIAL ? initial : writer;
        if (cluster != initial) {
            if (cluster < 0
                    || history.kind(cluster) != OperationKind.WRITE
                    || history.failed(cluster)
                    || history.returned(row) < history.invoked(cluster)) {
                impossible(history, findings, attribute, row, writer);
                return;
            }
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

    /**
     * All removals leave the same, so reads of nothing are no cluster, and what is left without them must fit an order of
     * its own. Here reads are held against removals.
     *
     * @return whether the read is dealt with
     */
    private boolean judgeRemoval(SessionHistory history, Findings findings, int attribute, int row, int writer) {
        if (writer == Values.INITIAL) {
            int write = lastWritten(history, row);
            if (write >= 0 && !removals.possible(attribute, history.invoked(write), history.returned(row))) {
                stale(history, findings, row, write, "nothing", "a value was acknowledged, and nobody had removed it");
            }
            return true;
        }
        long done = Math.min(history.returned(writer), history.returned(firstEnd[writer]));
        int removed = removals.between(attribute, done, history.invoked(row));
        if (removed >= 0) {
            stale(history, findings, row, removed, "a value", "its removal was acknowledged");
            return true;
        }
        return false;
    }

    /** The acknowledged write that began last of those that had ended before the read began; -1 if there is none. */
    private int lastWritten(SessionHistory history, int read) {
        for (int i = latest + 1; i < writes; i++) {
            latest = history.returned(written[i]) < history.invoked(read) ? i : latest;
        }
        return latest < 0 ? -1 : written[latest];
    }

    private static void stale(
            SessionHistory history, Findings findings, int read, int before, String shown, String happened) {
        int attribute = history.attribute(read);
        findings.add(
                Anomaly.STALE_READ,
                attribute,
                history.invoked(read) - history.returned(before),
                history.is(read, UserOperation.FINAL),
                () -> Phrases.capital(Phrases.read(findings.terms(), history, read)) + " returned " + shown + " of "
                        + findings.terms().attribute(attribute) + ", "
                        + Phrases.time(history.invoked(read) - history.returned(before)) + " after " + happened + " on "
                        + findings.terms().node(history.node(before)) + ".",
                () -> "Because " + Phrases.write(findings.terms(), history, before)
                        + ", had ended before the read began, and nothing came between that explains it, the read is out"
                        + " of date.",
                before,
                read);
    }

    /** A value that nobody can have read at this time. */
    private static void impossible(SessionHistory history, Findings findings, int attribute, int row, int writer) {
        if (history.is(row, UserOperation.GARBAGE)) {
            findings.add(
                    Anomaly.GARBAGE,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row))
                            + " returned bytes that nobody wrote.",
                    () -> "Every written value carries a checksum, and this one does not match.",
                    row);
        } else if (writer == Values.UNKNOWN || history.kind(writer) != OperationKind.WRITE) {
            findings.add(
                    Anomaly.THIN_AIR,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row)) + " returned a value of "
                            + findings.terms().attribute(attribute) + " that was never written in this session.",
                    () ->
                            "Because every write has a value of its own, this one belongs to another session or to nobody.",
                    row);
        } else if (history.failed(writer)) {
            findings.add(
                    Anomaly.ABORTED_READ,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row))
                            + " returned a value whose write was rejected.",
                    () -> "Because the write was answered as not done, nobody may ever see its value.",
                    writer,
                    row);
        } else {
            findings.add(
                    Anomaly.FUTURE_READ,
                    attribute,
                    history.invoked(writer) - history.returned(row),
                    false,
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row)) + " returned a value "
                            + Phrases.time(history.invoked(writer) - history.returned(row)) + " before it was written.",
                    () -> "Because the read had ended when the write began, it cannot have seen it.",
                    row,
                    writer);
        }
    }

    private long end(SessionHistory history, int cluster) {
        return firstEnd[cluster] < 0 ? Long.MIN_VALUE : history.returned(firstEnd[cluster]);
    }

    private static boolean isEffective(SessionHistory history, int writer) {
        return writer >= 0 && history.kind(writer) == OperationKind.WRITE && !history.failed(writer);
    }

    private static boolean counts(SessionHistory history, int row) {
        return history.kind(row) == OperationKind.WRITE && !history.failed(row) && history.belongs(row);
    }

    private void compareZones(SessionHistory history, Findings findings, int attribute, int from, int to, int initial) {
        int forwards = collectForward(history, from, to, initial);
        if (forwards > 0) {
            history.scratch().sort(forward, forwards, key);
            sweep(history, findings, attribute, forwards, initial);
            contained(history, findings, attribute, from, to, forwards, initial);
        }
    }

    /** Zones whose end comes first, and by row of the write when that was. */
    private int collectForward(SessionHistory history, int from, int to, int initial) {
        AttributeIndex attributes = history.attributes();
        int forwards = 0;
        if (lastBegin[initial] >= 0) {
            forward[forwards++] = initial;
            key[initial] = Long.MIN_VALUE;
        }
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (counts(history, row)) {
                long end = history.returned(firstEnd[row]);
                if (end < history.invoked(lastBegin[row])) {
                    key[row] = end;
                    forward[forwards++] = row;
                }
            }
        }
        return forwards;
    }

    /** No forward zone may begin before one that began earlier has ended; afterwards {@code key} holds the sorted ends. */
    private void sweep(SessionHistory history, Findings findings, int attribute, int forwards, int initial) {
        // Of all zones that begin no later, the one that reaches furthest; at its place from here on.
        int furthest = -1;
        long reach = Long.MIN_VALUE;
        for (int i = 0; i < forwards; i++) {
            int zone = forward[i];
            long end = end(history, zone);
            long begin = history.invoked(lastBegin[zone]);
            if (furthest >= 0 && reach > end) {
                report(history, findings, attribute, furthest, zone, initial);
            }
            if (furthest < 0 || begin > reach) {
                furthest = zone;
                reach = begin;
            }
            // Places of zones that are already passed are free to hold the furthest one; the sort is done.
            forward[i] = furthest;
            key[i] = end;
        }
    }

    /** No other zone may lie within a forward one. */
    private void contained(
            SessionHistory history, Findings findings, int attribute, int from, int to, int forwards, int initial) {
        AttributeIndex attributes = history.attributes();
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (counts(history, row)) {
                long begin = history.invoked(lastBegin[row]);
                long end = history.returned(firstEnd[row]);
                if (end >= begin) {
                    int before = lastBelow(begin, forwards);
                    if (before >= 0 && history.invoked(lastBegin[forward[before]]) > end) {
                        report(history, findings, attribute, forward[before], row, initial);
                    }
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
                    () -> Phrases.capital(Phrases.write(findings.terms(), history, inner)) + ", was never seen: "
                            + Phrases.read(findings.terms(), history, outerBegin) + " "
                            + Phrases.time(history.invoked(outerBegin) - history.returned(inner))
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
                    () -> Phrases.capital(findings.terms().attribute(attribute))
                            + " showed one value, then another, then the first again.",
                    () -> "Because each of the two writes happened once, no order of them lets readers see this.",
                    outerEnd,
                    innerEnd,
                    innerBegin,
                    outerBegin);
        }
    }

    private static String stale(SessionHistory history, Findings findings, int read, int newer) {
        return Phrases.capital(Phrases.read(findings.terms(), history, read)) + " returned an old value of "
                + findings.terms().attribute(history.attribute(read)) + ", "
                + Phrases.time(history.invoked(read) - history.returned(newer)) + " after a newer one was "
                + (history.kind(newer) == OperationKind.READ ? "seen" : "acknowledged") + " on "
                + findings.terms().node(history.node(newer)) + ".";
    }
}
