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

/**
 * Is a value that was changed in place still changed in the next request? A store that saves what was set, and nothing
 * else, does not see such a change; that is its rule and not a lost write, and so is told by a name of its own.
 *
 * <p>A read is wrong if the change whose value it shows had ended before another began that was acknowledged before the
 * read began. That nothing is shown is left out: then what was set is gone, which registers tell.
 */
public final class InPlaceCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.IN_PLACE;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (!history.has(OperationKind.READ_MUTATED)) {
            return;
        }
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            if (attributes.has(attribute, OperationKind.READ_MUTATED)) {
                judge(history, findings, attribute);
            }
        }
    }

    private static void judge(SessionHistory history, Findings findings, int attribute) {
        AttributeIndex attributes = history.attributes();
        int[] changes = history.scratch().ints(0, history.size());
        int size = 0;
        int passed = 0;
        int newest = -1;
        long reads = 0;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (history.kind(row) == OperationKind.MUTATE && history.ok(row) && history.belongs(row)) {
                changes[size++] = row;
            } else if (history.kind(row) == OperationKind.READ_MUTATED && Values.readsWhole(history, row)) {
                // In the order in which they began: the newest is the last of those that had ended.
                for (int i = passed; i < size; i++) {
                    if (history.returned(changes[i]) < history.invoked(row)) {
                        newest = changes[i];
                        passed = i + 1;
                    }
                }
                reads++;
                int shown = history.values().writerOf(row);
                if (shown >= 0 && newest >= 0 && history.returned(shown) < history.invoked(newest)) {
                    notKept(history, findings, attribute, shown, newest, row);
                }
            }
        }
        findings.checked(PROPERTY, reads);
    }

    private static void notKept(
            SessionHistory history, Findings findings, int attribute, int shown, int change, int read) {
        long later = history.invoked(read) - history.returned(change);
        findings.add(
                Anomaly.CHANGE_IN_PLACE_LOST,
                attribute,
                later,
                history.is(read, UserOperation.FINAL),
                () -> Phrases.capital(Phrases.read(findings.terms(), history, read))
                        + " returned an old content of the "
                        + findings.terms().attribute(attribute) + ", " + Phrases.time(later) + " after "
                        + Phrases.write(findings.terms(), history, change) + ".",
                () ->
                        "Because the application changed an object that the session had given out and did not set it again,"
                                + " it is the store's rule that decides: this one saves attributes that were set, and no others"
                                + " (as Spring Session does, unless it is told otherwise).",
                shown,
                change,
                read);
    }
}
