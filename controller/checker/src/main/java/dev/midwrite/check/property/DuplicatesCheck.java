package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.CanonicalList;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.LongIntMap;
import dev.midwrite.check.session.Overlaps;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;

/**
 * Does each logical request apply exactly once if it was acknowledged, and at most once in any case?
 *
 * <p>A list that holds a request's id twice shows it at once. A counter must lie between the number of requests that
 * were acknowledged before the read began and the number of those that had begun before it ended; attempts of one
 * request count once, which is what makes a retry that applied twice visible.
 */
public final class DuplicatesCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.DUPLICATES;

    private transient LongIntMap requests;
    private transient long[] begun = {};
    private transient long[] done = {};
    private transient int logical;
    private transient Overlaps overlaps;
    /** As {@code done}, of requests that were under way beside no other: these the application cannot have undone. */
    private transient long[] alone = {};

    private transient int lonely;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (requests == null) {
            requests = new LongIntMap();
            overlaps = new Overlaps();
            alone = new long[64];
            begun = new long[64];
            done = new long[64];
        }
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            if (attributes.has(attribute, OperationKind.APPEND) || attributes.has(attribute, OperationKind.READ_LIST)) {
                list(history, findings, attribute);
            }
            if (attributes.has(attribute, OperationKind.INCREMENT)
                    || attributes.has(attribute, OperationKind.READ_COUNTER)) {
                Damage.report(history, findings, attribute);
                counter(history, findings, attribute);
            }
        }
    }

    private static void list(SessionHistory history, Findings findings, int attribute) {
        CanonicalList list = history.list(findings.terms(), attribute);
        if (list.row() < 0) {
            return;
        }
        findings.checked(PROPERTY, list.length());
        int read = list.row();
        for (int i = list.repeated(); i >= 0 && i < list.length(); i++) {
            long id = history.payload(read, i);
            int first = list.position(id);
            if (first < i) {
                int second = i;
                int[] attempts = attempts(history, attribute, id);
                findings.add(
                        Anomaly.DUP_APPLY,
                        attribute,
                        0,
                        history.is(read, UserOperation.FINAL),
                        () -> "One append stands in " + findings.terms().attribute(attribute) + " twice, as entries "
                                + (first + 1) + " and " + (second + 1)
                                + (attempts[1] >= 0 ? "; it was sent again after an attempt of unknown outcome." : "."),
                        () -> "Because both entries have the id of one logical request, it was applied twice.",
                        attempts[0],
                        attempts[1],
                        read);
            }
        }
    }

    /** First and last attempt of a logical request; -1 where there is none. */
    private static int[] attempts(SessionHistory history, int attribute, long id) {
        AttributeIndex attributes = history.attributes();
        int[] found = {-1, -1};
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (history.request(row) == id && !history.failed(row)) {
                found[found[0] < 0 ? 0 : 1] = row;
            }
        }
        return found;
    }

    private void counter(SessionHistory history, Findings findings, int attribute) {
        indexRequests(history, attribute);
        AttributeIndex attributes = history.attributes();
        long excess = 0;
        long deficit = 0;
        long reads = 0;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            boolean increments = history.kind(row) == OperationKind.INCREMENT;
            if (!(increments || history.kind(row) == OperationKind.READ_COUNTER)
                    || !history.served(row)
                    || history.is(row, UserOperation.BLIND)) {
                continue;
            }
            reads++;
            long least = below(done, logical, history.invoked(row)) + (increments ? 1 : 0);
            long most = below(begun, logical, history.returned(row) + 1);
            long value = history.value(row);
            // A counter that is off stays off: only what makes it worse is another violation.
            if (value > most && value - most > excess) {
                excess = value - most;
                twice(history, findings, attribute, row, most);
            }
            if (value < least && least - value > deficit) {
                deficit = least - value;
                long certain = below(alone, lonely, history.invoked(row)) + (increments ? 1 : 0);
                lost(history, findings, attribute, row, least, value >= certain);
            }
        }
        findings.checked(PROPERTY, reads);
    }

    private void indexRequests(SessionHistory history, int attribute) {
        AttributeIndex attributes = history.attributes();
        int from = attributes.from(attribute);
        int to = attributes.from(attribute + 1);
        requests.clear(to - from);
        logical = 0;
        lonely = 0;
        overlaps.find(history, attribute, OperationKind.INCREMENT);
        if (begun.length < to - from) {
            begun = new long[to - from + ((to - from) >> 1)];
            done = new long[begun.length];
            alone = new long[begun.length];
        }
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) != OperationKind.INCREMENT || history.failed(row) || !history.belongs(row)) {
                continue;
            }
            int number = requests.get(history.request(row));
            if (number < 0) {
                number = logical++;
                requests.put(history.request(row), number);
                begun[number] = history.invoked(row);
                done[number] = UserOperation.NEVER;
            }
            if (history.ok(row)) {
                done[number] = Math.min(done[number], history.returned(row));
                if (!overlaps.of(row)) {
                    alone[lonely++] = history.returned(row);
                }
            }
        }
        Arrays.sort(begun, 0, logical);
        Arrays.sort(done, 0, logical);
        Arrays.sort(alone, 0, lonely);
    }

    /** How many of the sorted times lie strictly before this one. */
    private static long below(long[] times, int size, long time) {
        int found = Arrays.binarySearch(times, 0, size, time);
        if (found < 0) {
            return -found - 1L;
        }
        while (found > 0 && times[found - 1] == time) {
            found--;
        }
        return found;
    }

    private static void twice(SessionHistory history, Findings findings, int attribute, int row, long most) {
        findings.add(
                Anomaly.DUP_INCREMENT,
                attribute,
                0,
                history.is(row, UserOperation.FINAL),
                () -> Phrases.capital(findings.terms().attribute(attribute)) + " showed " + history.value(row) + " on "
                        + findings.terms().node(history.node(row)) + ", but only " + most
                        + (most == 1 ? " request" : " requests") + " had asked to increment it.",
                () ->
                        "Because each logical request adds one, however often it is sent, some request was applied twice.",
                retried(history, attribute, row),
                row);
    }

    private static int retried(SessionHistory history, int attribute, int before) {
        AttributeIndex attributes = history.attributes();
        int last = -1;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (row != before
                    && history.kind(row) == OperationKind.INCREMENT
                    && history.info(row)
                    && history.invoked(row) <= history.returned(before)) {
                last = row;
            }
        }
        return last;
    }

    private static void lost(
            SessionHistory history, Findings findings, int attribute, int row, long least, boolean race) {
        findings.add(
                race ? Anomaly.INCREMENT_RACE : Anomaly.LOST_INCREMENT,
                attribute,
                0,
                history.is(row, UserOperation.FINAL),
                () -> Phrases.capital(findings.terms().attribute(attribute)) + " showed " + history.value(row) + " on "
                        + findings.terms().node(history.node(row)) + ", but " + least
                        + " increments had taken effect by then.",
                () -> race
                        ? "Because the application reads the counter, adds one and sets it again, two increments at a time"
                                + " can undo each other without any fault of the store."
                        : "Because each acknowledged request adds one and nothing takes away, some increment was lost.",
                lastIncrement(history, attribute, row),
                row);
    }

    private static int lastIncrement(SessionHistory history, int attribute, int before) {
        AttributeIndex attributes = history.attributes();
        int last = -1;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (row != before
                    && history.kind(row) == OperationKind.INCREMENT
                    && history.ok(row)
                    && history.returned(row) < history.invoked(before)) {
                last = row;
            }
        }
        return last;
    }
}
