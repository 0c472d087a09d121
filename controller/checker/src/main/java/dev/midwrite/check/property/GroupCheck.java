package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Values;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/** Are attributes that were written together seen together? One snapshot with two stamps is torn. */
public final class GroupCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.GROUP;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            if (!attributes.has(attribute, OperationKind.READ_GROUP)) {
                continue;
            }
            // The newest write that a whole read has shown so far, and that read.
            int newest = -1;
            int shownBy = -1;
            long reads = 0;
            for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
                int row = attributes.row(place);
                if (history.kind(row) != OperationKind.READ_GROUP || !history.served(row)) {
                    continue;
                }
                reads++;
                if (history.is(row, UserOperation.GARBAGE)) {
                    garbage(history, findings, attribute, row);
                    continue;
                }
                int odd = odd(history, row);
                if (odd > 0) {
                    torn(history, findings, attribute, row, odd, newest, shownBy);
                    continue;
                }
                int writer = writer(history, findings, attribute, row);
                // What somebody had seen by then had taken effect by then, whatever its own answer.
                if (writer >= 0
                        && (newest < 0
                                || Math.min(history.returned(newest), history.returned(shownBy))
                                        < history.invoked(writer))) {
                    newest = writer;
                    shownBy = row;
                }
            }
            findings.checked(PROPERTY, reads);
        }
    }

    /** The first item that differs from item 0; 0 if all are equal. */
    private static int odd(SessionHistory history, int row) {
        for (int item = 1; item < history.payloadSize(row); item++) {
            if (history.payload(row, item) != history.payload(row, 0)) {
                return item;
            }
        }
        return 0;
    }

    private static int writer(SessionHistory history, Findings findings, int attribute, int row) {
        long stamp = history.payloadSize(row) == 0 ? 0 : history.payload(row, 0);
        int writer = history.values().writer(stamp, attribute);
        if (writer == Values.UNKNOWN) {
            findings.add(
                    Anomaly.THIN_AIR,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row)) + " returned a stamp of "
                            + findings.terms().attribute(attribute) + " that was never written in this session.",
                    () ->
                            "Because every write has a stamp of its own, this one belongs to another session or to nobody.",
                    row);
        } else if (writer >= 0 && history.failed(writer)) {
            findings.add(
                    Anomaly.ABORTED_READ,
                    attribute,
                    0,
                    history.is(row, UserOperation.FINAL),
                    () -> Phrases.capital(Phrases.read(findings.terms(), history, row))
                            + " returned a stamp whose write was rejected.",
                    () -> "Because the write was answered as not done, nobody may ever see its stamp.",
                    writer,
                    row);
        }
        return writer;
    }

    private static void garbage(SessionHistory history, Findings findings, int attribute, int row) {
        findings.add(
                Anomaly.GARBAGE,
                attribute,
                0,
                history.is(row, UserOperation.FINAL),
                () -> Phrases.capital(Phrases.read(findings.terms(), history, row))
                        + " returned bytes that nobody wrote.",
                () -> "Every stamp carries a checksum, and one of these does not match.",
                row);
    }

    private static void torn(
            SessionHistory history, Findings findings, int attribute, int row, int odd, int newest, int shownBy) {
        int one = history.values().writer(history.payload(row, 0), attribute);
        int other = history.values().writer(history.payload(row, odd), attribute);
        boolean rolledBack = newest >= 0
                && history.returned(shownBy) < history.invoked(row)
                && (isOlder(history, one, newest) || isOlder(history, other, newest));
        findings.add(
                rolledBack ? Anomaly.PARTIAL_ROLLBACK : Anomaly.TORN,
                attribute,
                rolledBack ? history.invoked(row) - history.returned(shownBy) : 0,
                history.is(row, UserOperation.FINAL),
                () -> Phrases.capital(Phrases.read(findings.terms(), history, row)) + " returned "
                        + findings.terms().attribute(attribute) + " with parts of two writes.",
                () -> "Because every write sets all attributes of the group to one stamp, one snapshot must show one"
                        + " stamp"
                        + (rolledBack ? "; however, the newer write had been seen whole before." : "."),
                Math.max(one, -1),
                Math.max(other, -1),
                rolledBack ? shownBy : -1,
                row);
    }

    private static boolean isOlder(SessionHistory history, int writer, int than) {
        return writer == Values.INITIAL || (writer >= 0 && history.returned(writer) < history.invoked(than));
    }
}
