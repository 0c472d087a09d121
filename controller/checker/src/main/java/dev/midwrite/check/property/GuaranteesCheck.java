package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.CanonicalList;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.Removals;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Values;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;

/**
 * Does a user see their own writes, never go back in time, and have their writes applied in order?
 *
 * <p>A session has one user, so what returned before an operation began is what the user knew by then. One sweep in the
 * order of time keeps, per attribute, the newest that the user has written and seen. Lists are decided exactly, by
 * length and position; of other values one is called older only if its write is proved to have ended before the other's
 * began, so some violations are not seen and none is invented.
 */
public final class GuaranteesCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.GUARANTEES;

    private transient int[] byReturn = {};
    // Per attribute: newest own write; newest write seen, and by which read; longest own append, longest list seen.
    private transient int[] own = {};
    private transient int[] seen = {};
    private transient int[] seenBy = {};
    private transient int[] ownLongest = {};
    private transient int[] seenLongest = {};
    private transient int[] ownFurthest = {};
    private transient BlindAppends blind;
    private transient Removals removals;
    private transient AppendRace race;
    /** The list that it was last looked for in; -1 for none of this session. */
    private transient int raceOf;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        int known = prepare(history);
        int next = 0;
        long decided = 0;
        for (int rank = 0; rank < history.size(); rank++) {
            int row = history.at(rank);
            while (next < known && history.returned(byReturn[next]) < history.invoked(row)) {
                learn(history, findings, byReturn[next++]);
            }
            switch (history.kind(row)) {
                case READ, READ_DOCUMENT, READ_GROUP -> {
                    if (Values.readsWhole(history, row)) {
                        decided++;
                        value(history, findings, row);
                    }
                }
                case READ_LIST, APPEND -> {
                    if (history.served(row) && !history.is(row, UserOperation.BLIND)) {
                        decided++;
                        length(history, findings, row);
                        blind.missing(history, row, append -> missed(history, findings, append, row));
                    }
                    if (history.kind(row) == OperationKind.APPEND && !history.failed(row)) {
                        position(history, findings, row);
                    }
                }
                default -> {
                    // Shows nothing that has an order.
                }
            }
        }
        findings.checked(PROPERTY, decided);
    }

    private int prepare(SessionHistory history) {
        byReturn = history.scratch().ints(0, history.size());
        int known = 0;
        // Rows stand nearly in the order in which their answers came, so that sorting costs little more than a look.
        for (int row = 0; row < history.size(); row++) {
            if (history.served(row)) {
                byReturn[known++] = row;
            }
        }
        history.sortByReturn(byReturn, known);
        if (removals == null) {
            removals = new Removals();
            race = new AppendRace();
            blind = new BlindAppends();
        }
        raceOf = -1;
        blind.clear();
        removals.collect(history);
        int attributes = history.attributes().count();
        if (own == null || own.length < attributes) {
            own = new int[attributes];
            seen = new int[attributes];
            seenBy = new int[attributes];
            ownLongest = new int[attributes];
            seenLongest = new int[attributes];
            ownFurthest = new int[attributes];
        }
        for (int[] column : new int[][] {own, seen, seenBy, ownLongest, seenLongest, ownFurthest}) {
            Arrays.fill(column, 0, attributes, -1);
        }
        return known;
    }

    private void learn(SessionHistory history, Findings findings, int row) {
        int attribute = history.attribute(row);
        switch (history.kind(row)) {
            case WRITE, UPDATE, WRITE_GROUP, REMOVE -> own[attribute] = newer(history, own[attribute], row);
            case READ, READ_DOCUMENT, READ_GROUP -> {
                int writer = writer(history, row);
                if (writer >= 0 && newer(history, seen[attribute], writer) == writer) {
                    seen[attribute] = writer;
                    seenBy[attribute] = row;
                }
            }
            case APPEND -> {
                ownLongest[attribute] = longer(history, ownLongest[attribute], row);
                blind.learn(history, row);
                CanonicalList list = history.list(findings.terms(), attribute);
                int position = list.position(history.request(row));
                int furthest = ownFurthest[attribute];
                if (position >= 0 && (furthest < 0 || position > list.position(history.request(furthest)))) {
                    ownFurthest[attribute] = row;
                }
            }
            case READ_LIST -> seenLongest[attribute] = longer(history, seenLongest[attribute], row);
            default -> {
                // Teaches nothing.
            }
        }
    }

    private static int newer(SessionHistory history, int old, int row) {
        return old < 0 || history.invoked(row) > history.invoked(old) ? row : old;
    }

    private static int longer(SessionHistory history, int old, int row) {
        return old < 0 || history.length(row) > history.length(old) ? row : old;
    }

    private static int writer(SessionHistory history, int row) {
        if (history.is(row, UserOperation.GARBAGE)) {
            return Values.UNKNOWN;
        }
        if (history.kind(row) != OperationKind.READ_GROUP) {
            return history.values().writerOf(row);
        }
        if (history.payloadSize(row) == 0) {
            return Values.INITIAL;
        }
        long stamp = history.payload(row, 0);
        for (int item = 1; item < history.payloadSize(row); item++) {
            if (history.payload(row, item) != stamp) {
                return Values.UNKNOWN;
            }
        }
        return history.values().writer(stamp, history.attribute(row));
    }

    private static boolean older(SessionHistory history, int writer, int than) {
        return than >= 0
                && writer != than
                && (writer == Values.INITIAL || (writer >= 0 && history.returned(writer) < history.invoked(than)));
    }

    private void value(SessionHistory history, Findings findings, int row) {
        int attribute = history.attribute(row);
        int writer = writer(history, row);
        if (writer == Values.INITIAL && removals.of(attribute)) {
            nothing(history, findings, row);
        } else if (older(history, writer, own[attribute])) {
            violated(history, findings, Anomaly.READ_YOUR_WRITES, own[attribute], row, writer);
        } else if (older(history, writer, seen[attribute])) {
            violated(history, findings, Anomaly.MONOTONIC_READS, seenBy[attribute], row, writer);
        }
    }

    /** Nothing was there: right if a removal may have come after what the user had written or seen. */
    private void nothing(SessionHistory history, Findings findings, int row) {
        int attribute = history.attribute(row);
        int wrote = own[attribute];
        int saw = seen[attribute];
        long until = history.returned(row);
        if (wrote >= 0
                && history.kind(wrote) != OperationKind.REMOVE
                && !removals.possible(attribute, history.invoked(wrote), until)) {
            violated(history, findings, Anomaly.READ_YOUR_WRITES, wrote, row, Values.INITIAL);
        } else if (saw >= 0 && !removals.possible(attribute, history.invoked(saw), until)) {
            violated(history, findings, Anomaly.MONOTONIC_READS, seenBy[attribute], row, Values.INITIAL);
        }
    }

    private void length(SessionHistory history, Findings findings, int row) {
        int attribute = history.attribute(row);
        int before = history.length(row) - (history.kind(row) == OperationKind.APPEND ? 1 : 0);
        int wrote = ownLongest[attribute];
        int saw = seenLongest[attribute];
        boolean less = (wrote >= 0 && before < history.length(wrote)) || (saw >= 0 && before < history.length(saw));
        if (!less || mayBeRace(history, findings, row)) {
            return;
        }
        if (wrote >= 0 && before < history.length(wrote)) {
            violated(history, findings, Anomaly.READ_YOUR_WRITES, wrote, row, -1);
        } else if (saw >= 0 && before < history.length(saw)) {
            violated(history, findings, Anomaly.MONOTONIC_READS, saw, row, -1);
        }
    }

    private void missed(SessionHistory history, Findings findings, int append, int row) {
        if (!mayBeRace(history, findings, row)) {
            violated(history, findings, Anomaly.READ_YOUR_WRITES, append, row, -1);
        }
    }

    /** The application may have undone it by itself, which {@link ListCheck} tells. */
    private boolean mayBeRace(SessionHistory history, Findings findings, int row) {
        if (raceOf != history.attribute(row)) {
            raceOf = history.attribute(row);
            race.find(history, findings.terms(), raceOf);
        }
        return race.mayShowIn(history, row);
    }

    /** Where an append came to stand, against what its user had written and seen before. */
    private void position(SessionHistory history, Findings findings, int row) {
        int attribute = history.attribute(row);
        CanonicalList list = history.list(findings.terms(), attribute);
        int position = list.position(history.request(row));
        if (position < 0) {
            return;
        }
        int earlier = ownFurthest[attribute];
        int saw = seenLongest[attribute];
        if (earlier >= 0
                && history.request(earlier) != history.request(row)
                && position < list.position(history.request(earlier))) {
            violated(history, findings, Anomaly.MONOTONIC_WRITES, earlier, row, list.row());
        } else if (saw >= 0
                && history.length(saw) <= list.length()
                && history.second(saw) == list.hash(history.length(saw))
                && position < history.length(saw)
                && !shown(history, saw, row, list)) {
            violated(history, findings, Anomaly.WRITES_FOLLOW_READS, saw, row, list.row());
        }
    }

    /** An earlier attempt of the same request may have put it there before. */
    private static boolean shown(SessionHistory history, int saw, int append, CanonicalList list) {
        return history.attribute(saw) == history.attribute(append)
                && list.row() >= 0
                && firstAttempt(history, append) < history.returned(saw);
    }

    private static long firstAttempt(SessionHistory history, int append) {
        for (int rank = 0; rank < history.size(); rank++) {
            int row = history.at(rank);
            if (history.request(row) == history.request(append)
                    && history.kind(row) == OperationKind.APPEND
                    && !history.failed(row)) {
                return history.invoked(row);
            }
        }
        return history.invoked(append);
    }

    private static void violated(
            SessionHistory history, Findings findings, Anomaly anomaly, int before, int row, int third) {
        findings.add(
                anomaly,
                history.attribute(row),
                history.invoked(row) - history.returned(before),
                history.is(row, UserOperation.FINAL),
                () -> what(history, findings, anomaly, before, row),
                () -> why(anomaly),
                third,
                before,
                row);
    }

    private static String what(SessionHistory history, Findings findings, Anomaly anomaly, int before, int row) {
        String name = findings.terms().attribute(history.attribute(row));
        String later = Phrases.time(history.invoked(row) - history.returned(before)) + " later";
        return switch (anomaly) {
            case READ_YOUR_WRITES ->
                Phrases.capital(Phrases.read(findings.terms(), history, row)) + " did not show "
                        + Phrases.write(findings.terms(), history, before) + ", " + later + ".";
            case MONOTONIC_READS ->
                Phrases.capital(Phrases.read(findings.terms(), history, row)) + " showed less of " + name
                        + " than the user had" + " seen on " + findings.terms().node(history.node(before))
                        + "; it came " + later + ".";
            case MONOTONIC_WRITES ->
                "An append of " + name + " came to stand before one that its user had made earlier.";
            default -> "An append of " + name + " came to stand before entries that its user had seen.";
        };
    }

    private static String why(Anomaly anomaly) {
        return switch (anomaly) {
            case READ_YOUR_WRITES -> "Because the write was acknowledged before the read began, its user must see it.";
            case MONOTONIC_READS -> "Because the user had seen it before the read began, it must not disappear again.";
            case MONOTONIC_WRITES ->
                "Because the first append was acknowledged before the second began, it must come first.";
            default -> "Because the entries were seen before the append began, it must come after them.";
        };
    }
}
