package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.CanonicalList;
import dev.midwrite.check.session.FinalReads;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.LongIntMap;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/**
 * Is every acknowledged append there in the end, and do all readers agree on the order?
 *
 * <p>The longest final list gives each id its position, and the hash of each prefix; another read of length n is right
 * exactly if its hash is that of the first n ids. O(1) per read.
 */
public final class ListCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.LIST;

    private transient FinalReads finals;
    private transient LongIntMap appends;
    /** Appends that another session answered, or a copy without the mark of this one. */
    private transient LongIntMap elsewhere;

    private transient AppendRace race;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (!history.has(OperationKind.APPEND) && !history.has(OperationKind.READ_LIST)) {
            return;
        }
        if (finals == null) {
            finals = new FinalReads();
            appends = new LongIntMap();
            elsewhere = new LongIntMap();
            race = new AppendRace();
        }
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            if (attributes.has(attribute, OperationKind.APPEND) || attributes.has(attribute, OperationKind.READ_LIST)) {
                Damage.report(history, findings, attribute);
                judge(history, findings, attribute);
            }
        }
    }

    private void judge(SessionHistory history, Findings findings, int attribute) {
        finals.collect(history, findings.terms(), attribute, OperationKind.READ_LIST);
        CanonicalList list = history.list(findings.terms(), attribute);
        long acknowledged = indexAppends(history, attribute);
        race.find(history, findings.terms(), attribute);
        if (list.row() >= 0) {
            strangers(history, findings, attribute, list);
            findings.checked(PROPERTY, compareReads(history, findings, attribute, list));
        }
        if (acknowledged == 0 || history.mayHaveEnded() || finals.sessionGone()) {
            return;
        }
        if (!finals.complete() || list.row() < 0) {
            findings.inconclusive(
                    PROPERTY, acknowledged, "Not every node answered a final read after the run had settled.");
            return;
        }
        findings.checked(PROPERTY, acknowledged);
        lost(history, findings, attribute, list);
    }

    /** By id the attempt that says most about it; returns how many appends were acknowledged. */
    private long indexAppends(SessionHistory history, int attribute) {
        AttributeIndex attributes = history.attributes();
        int from = attributes.from(attribute);
        int to = attributes.from(attribute + 1);
        appends.clear(to - from);
        elsewhere.clear(to - from);
        long acknowledged = 0;
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            if (history.kind(row) != OperationKind.APPEND) {
                continue;
            }
            if (!history.belongs(row)) {
                elsewhere.put(history.request(row), row);
                continue;
            }
            int before = appends.get(history.request(row));
            if (history.ok(row)) {
                acknowledged++;
            }
            if (before < 0 || (!history.ok(before) && !history.failed(row))) {
                appends.put(history.request(row), row);
            }
        }
        return acknowledged;
    }

    private void strangers(SessionHistory history, Findings findings, int attribute, CanonicalList list) {
        int read = list.row();
        for (int i = 0; i < list.length(); i++) {
            int append = appends.get(history.payload(read, i));
            if (append < 0 && elsewhere.get(history.payload(read, i)) >= 0) {
                continue; // Its user appended it to a copy that did not say which session it was; others got it from
                // there.
            }
            if (append < 0) {
                findings.add(
                        Anomaly.THIN_AIR,
                        attribute,
                        0,
                        history.is(read, UserOperation.FINAL),
                        () -> Phrases.capital(Phrases.read(findings.terms(), history, read))
                                + " showed an entry of " + findings.terms().attribute(attribute)
                                + " that was never appended in this session.",
                        () ->
                                "Because every append has an id of its own, this one belongs to another session or to nobody.",
                        read);
            } else if (history.failed(append)) {
                findings.add(
                        Anomaly.ABORTED_READ,
                        attribute,
                        0,
                        history.is(read, UserOperation.FINAL),
                        () -> Phrases.capital(Phrases.read(findings.terms(), history, read))
                                + " showed an entry whose append was rejected.",
                        () -> "Because the append was answered as not done, nobody may ever see it.",
                        append,
                        read);
            }
        }
    }

    private long compareReads(SessionHistory history, Findings findings, int attribute, CanonicalList list) {
        AttributeIndex attributes = history.attributes();
        long compared = 0;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            boolean shows = history.kind(row) == OperationKind.READ_LIST || history.kind(row) == OperationKind.APPEND;
            if (!shows
                    || !history.served(row)
                    || history.is(row, UserOperation.BLIND)
                    || history.length(row) > list.length()) {
                continue;
            }
            compared++;
            boolean inTheEnd = history.is(row, UserOperation.FINAL);
            if (history.second(row) != list.hash(history.length(row)) && (inTheEnd || !race.mayShowIn(history, row))) {
                diverged(history, findings, attribute, list, row);
            }
        }
        return compared;
    }

    private static void diverged(
            SessionHistory history, Findings findings, int attribute, CanonicalList list, int row) {
        int read = list.row();
        boolean lasting = history.is(row, UserOperation.FINAL) && history.is(read, UserOperation.FINAL);
        boolean elsewhere = history.node(row) != history.node(read);
        findings.add(
                lasting && elsewhere ? Anomaly.FORK : Anomaly.DIVERGENT_ORDER,
                attribute,
                history.invoked(read) - history.returned(row),
                lasting,
                () -> "The first " + history.length(row) + " entries of "
                        + findings.terms().attribute(attribute) + " that "
                        + findings.terms().node(history.node(row)) + " showed are not the first of what "
                        + findings.terms().node(history.node(read)) + " showed"
                        + firstDifference(history, row, read) + ".",
                () -> "Because entries are only ever appended, every earlier list must be the beginning of every later"
                        + " one.",
                row,
                read);
    }

    private static String firstDifference(SessionHistory history, int row, int read) {
        int known = history.payloadSize(row);
        int offset = history.length(row) - known;
        for (int i = 0; i < known; i++) {
            if (history.payload(row, i) != history.payload(read, offset + i)) {
                return i == 0 && offset > 0
                        ? "; they differ at or before entry " + (offset + 1)
                        : "; entry " + (offset + i + 1) + " differs";
            }
        }
        return "";
    }

    private void lost(SessionHistory history, Findings findings, int attribute, CanonicalList list) {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (history.kind(row) != OperationKind.APPEND
                    || !history.ok(row)
                    || !history.belongs(row)
                    || list.position(history.request(row)) >= 0
                    || shownByAnother(history, list, history.request(row))) {
                continue;
            }
            int read = list.row();
            if (race.explains(history, row)) {
                raced(history, findings, attribute, row, read);
                continue;
            }
            findings.add(
                    Anomaly.LOST_ACKED_WRITE,
                    attribute,
                    history.invoked(read) - history.returned(row),
                    true,
                    () -> Phrases.capital(Phrases.write(findings.terms(), history, row))
                            + (history.is(row, UserOperation.BLIND) ? "" : " as entry " + history.length(row))
                            + ", is absent from "
                            + (finals.nodes() == 1 ? "the only node" : "all " + finals.nodes() + " nodes")
                            + " " + Phrases.time(history.invoked(read) - history.returned(row)) + " later.",
                    () -> "Because entries are only ever appended and the run had settled, every final read must show"
                            + " it; however, none does." + Beside.sentence(findings.terms(), history, row),
                    row,
                    lastSighting(history, attribute, row),
                    read);
        }
    }

    private static void raced(SessionHistory history, Findings findings, int attribute, int row, int read) {
        findings.add(
                Anomaly.APPEND_RACE,
                attribute,
                0,
                true,
                () -> Phrases.capital(Phrases.write(findings.terms(), history, row)) + " while another append to "
                        + findings.terms().attribute(attribute) + " was under way, is in no final read.",
                () -> "Because the application reads the list, adds an entry and sets the list again, two appends at a"
                        + " time can undo each other without any fault of the store.",
                row,
                read);
    }

    private boolean shownByAnother(SessionHistory history, CanonicalList list, long id) {
        for (int i = 0; i < finals.size(); i++) {
            int row = finals.row(i);
            if (row != list.row()) {
                for (int item = 0; item < history.payloadSize(row); item++) {
                    if (history.payload(row, item) == id) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The last read that showed the entry after its append was acknowledged; -1 if none did. */
    private static int lastSighting(SessionHistory history, int attribute, int append) {
        AttributeIndex attributes = history.attributes();
        int last = -1;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (row != append && history.sawSession(row)) {
                for (int item = 0; item < history.payloadSize(row); item++) {
                    last = history.payload(row, item) == history.request(append) ? row : last;
                }
            }
        }
        return last;
    }
}
