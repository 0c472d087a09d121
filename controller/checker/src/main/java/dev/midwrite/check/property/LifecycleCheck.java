package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Scope;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/**
 * Does a live session stay, with its content, and does an ended one stay away?
 *
 * <p>The nonce that the application stored at creation tells one session from another. Alive for certain: from the answer
 * to the creation until the last touch's begin plus the maximum inactive interval, unless a logout may have come between.
 * Gone for certain: after the last possible touch plus interval and grace. Between the two nothing is said.
 */
public final class LifecycleCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.LIFECYCLE;
    private static final String BY_DESIGN =
            " That node never served this session: if sessions live on one node by design, the drill must say scope: node.";

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (history.has(OperationKind.CREATE)) {
            new Life(history, findings).judge();
        }
    }

    /** The walk through one session in the order of invocation. */
    private static final class Life {
        private final SessionHistory history;
        private final Findings findings;
        private final long error;

        private int created = -1;
        private long mayEndFrom = Long.MAX_VALUE;
        private int ended = -1;
        private int rotated = -1;
        private boolean reportedGone;
        private boolean reportedReplaced;
        private int lastTouch = -1;
        private boolean untimed;
        private long lastPossibleTouch = Long.MIN_VALUE;

        Life(SessionHistory history, Findings findings) {
            this.history = history;
            this.findings = findings;
            this.error = findings.terms().clockErrorNanos();
        }

        void judge() {
            landmarks();
            unreturned();
            if (created < 0) {
                return;
            }
            long decided = 0;
            for (int rank = 0; rank < history.size(); rank++) {
                int row = history.at(rank);
                if (history.kind(row) == OperationKind.PROBE_OLD_ID) {
                    decided += oldId(row) ? 1 : 0;
                } else if (!isOwnPage(row)) {
                    decided += observe(row) ? 1 : 0;
                }
                touch(row);
            }
            findings.checked(PROPERTY, decided);
        }

        /** First answers that create, end or rename the session; first moment at which it may have gone on request. */
        private void landmarks() {
            for (int rank = 0; rank < history.size(); rank++) {
                int row = history.at(rank);
                switch (history.kind(row)) {
                    case CREATE -> created = created < 0 && history.ok(row) ? row : created;
                    case INVALIDATE, RELOGIN -> {
                        if (!history.failed(row)) {
                            mayEndFrom = Math.min(mayEndFrom, history.invoked(row));
                        }
                        ended = history.ok(row) ? earlier(ended, row) : ended;
                    }
                    case LOG_OUT -> {
                        // The application may keep the session, with somebody in it who is not logged in.
                        if (!history.failed(row)) {
                            mayEndFrom = Math.min(mayEndFrom, history.invoked(row));
                        }
                    }
                    case ROTATE_ID -> {
                        // The new id was in an answer that never came: the user goes on with an id that may have ended.
                        if (history.info(row)) {
                            mayEndFrom = Math.min(mayEndFrom, history.invoked(row));
                        }
                        rotated = history.ok(row) ? earlier(rotated, row) : rotated;
                    }
                    default -> {
                        // Neither begins nor ends anything.
                    }
                }
            }
        }

        /** A cookie that no browser sends back explains that nobody was found afterwards; it is a finding of its own. */
        private void unreturned() {
            long served = Long.MIN_VALUE;
            for (int rank = 0; rank < history.size(); rank++) {
                int row = history.at(rank);
                if (history.served(row)
                        && !history.is(row, UserOperation.UNRETURNED)
                        && !history.kind(row).triesOldId()) {
                    served = Math.max(served, history.invoked(row));
                }
            }
            for (int rank = 0; rank < history.size(); rank++) {
                int row = history.at(rank);
                if (history.is(row, UserOperation.UNRETURNED) && history.returned(row) > served) {
                    mayEndFrom = Math.min(mayEndFrom, history.invoked(row));
                }
            }
        }

        private int earlier(int known, int row) {
            return known < 0 || history.returned(row) < history.returned(known) ? row : known;
        }

        private boolean oldId(int row) {
            if (!history.ok(row)) {
                return false;
            }
            boolean afterEnd = ended >= 0 && history.returned(ended) < history.invoked(row);
            boolean afterRotate = rotated >= 0 && history.returned(rotated) < history.invoked(row);
            if (!afterEnd && !afterRotate) {
                return false;
            }
            if (history.is(row, UserOperation.ABSENT)) {
                return true;
            }
            if (history.incarnation(row) == history.nonce()) {
                if (afterEnd) {
                    resurrected(row);
                } else {
                    findings.add(
                            Anomaly.OLD_ID_ALIVE,
                            -1,
                            history.invoked(row) - history.returned(rotated),
                            history.is(row, UserOperation.FINAL),
                            () -> "The session's old id still worked on " + node(row) + " "
                                    + Phrases.time(history.invoked(row) - history.returned(rotated))
                                    + " after the id had been changed.",
                            () ->
                                    "Because a changed id must end the old one, whoever stole the old id is now logged in.",
                            rotated,
                            row);
                }
            } else {
                findings.add(
                        Anomaly.ID_REUSE,
                        -1,
                        0,
                        false,
                        () -> node(row) + " accepted an ended id for a fresh session.",
                        () ->
                                "Because an id that a user does not get from the server can be planted, it must not be taken.",
                        afterEnd ? ended : rotated,
                        row);
            }
            return true;
        }

        private boolean observe(int row) {
            boolean absent = history.is(row, UserOperation.ABSENT) && !history.info(row);
            boolean present = history.sawSession(row);
            if ((!absent && !present) || history.invoked(row) <= history.returned(created)) {
                return false;
            }
            if (present && history.belongs(row)) {
                return seen(row);
            }
            if (history.returned(row) >= mayEndFrom || !aliveAt(row) || besideRotation(row) || isElsewhere(row)) {
                return false;
            }
            if (absent) {
                gone(row);
            } else {
                replaced(row);
            }
            return true;
        }

        /** It was under way while the session got a new id, and may have come with the old one. */
        private boolean besideRotation(int row) {
            for (int rank = 0; rank < history.size(); rank++) {
                int other = history.at(rank);
                if (history.kind(other) == OperationKind.ROTATE_ID
                        && !history.failed(other)
                        && history.invoked(other) <= history.returned(row)
                        && history.returned(other) >= history.invoked(row)) {
                    return true;
                }
            }
            return false;
        }

        private boolean neverServedBy(int node) {
            for (int rank = 0; rank < history.size(); rank++) {
                int row = history.at(rank);
                if (history.node(row) == node && history.served(row)) {
                    return false;
                }
            }
            return true;
        }

        /** Where sessions live on one node by design, what another one has says nothing. */
        private boolean isElsewhere(int row) {
            return findings.terms().scope() == Scope.NODE && history.node(row) != history.node(created);
        }

        private boolean seen(int row) {
            if (ended >= 0 && history.returned(ended) < history.invoked(row)) {
                resurrected(row);
                return true;
            }
            long ttl = findings.terms().ttlNanos();
            if (ttl > 0 && !untimed && lastPossibleTouch != Long.MIN_VALUE) {
                long until = lastPossibleTouch + ttl + findings.terms().reaperGraceNanos() + error;
                if (history.invoked(row) > until) {
                    findings.add(
                            Anomaly.OVERSTAY,
                            -1,
                            history.invoked(row) - until,
                            false,
                            () -> "The session was still there on " + node(row) + " "
                                    + Phrases.time(history.invoked(row) - until) + " after its time was up.",
                            () -> "Because nobody had touched it for longer than its maximum inactive interval and the"
                                    + " store's grace, it must have expired.",
                            lastTouch,
                            row);
                }
            }
            return true;
        }

        private boolean aliveAt(int row) {
            long ttl = findings.terms().ttlNanos();
            return ttl <= 0 || (lastTouch >= 0 && history.returned(row) < history.invoked(lastTouch) + ttl - error);
        }

        private void gone(int row) {
            if (reportedGone) {
                return;
            }
            reportedGone = true;
            long idle = history.invoked(row) - history.returned(lastTouch);
            boolean early =
                    findings.terms().ttlNanos() > 0 && idle > findings.terms().ttlNanos() / 2;
            findings.add(
                    early ? Anomaly.PREMATURE_EXPIRY : Anomaly.SESSION_LOST,
                    -1,
                    idle,
                    finallyGone(),
                    () -> early
                            ? "The session was gone on " + node(row) + " after " + Phrases.time(idle)
                                    + " without a request, of the "
                                    + Phrases.time(findings.terms().ttlNanos())
                                    + " that it may be idle."
                            : "The session was gone on " + node(row) + " " + Phrases.time(idle) + " after "
                                    + node(lastTouch) + " had served it.",
                    () -> "Because nobody had logged out and its time was not up, it must still be there."
                            + (neverServedBy(history.node(row)) ? BY_DESIGN : ""),
                    created,
                    lastTouch,
                    row);
        }

        private void replaced(int row) {
            if (reportedReplaced) {
                return;
            }
            reportedReplaced = true;
            findings.add(
                    Anomaly.SESSION_REPLACED,
                    -1,
                    history.invoked(row) - history.returned(created),
                    finallyGone(),
                    () -> node(row) + " served another session in its place"
                            + (history.incarnation(row) == 0
                                    ? ", one without the content that every session gets."
                                    : "."),
                    () -> "Because the session was created with a nonce of its own and nobody had logged out, every"
                            + " answer must show that nonce.",
                    created,
                    lastTouch,
                    row);
        }

        private void resurrected(int row) {
            findings.add(
                    Anomaly.RESURRECTION,
                    -1,
                    history.invoked(row) - history.returned(ended),
                    history.is(row, UserOperation.FINAL),
                    () -> "The session was there again on " + node(row) + " "
                            + Phrases.time(history.invoked(row) - history.returned(ended))
                            + (history.kind(ended) == OperationKind.RELOGIN
                                    ? " after another one had been made in its place."
                                    : " after its user had logged out."),
                    () -> "Because its end was acknowledged before the request began, nobody may be served from that"
                            + " session again.",
                    created,
                    ended,
                    row);
        }

        /** No final request was served from the session that was created. */
        private boolean finallyGone() {
            boolean asked = false;
            for (int rank = 0; rank < history.size(); rank++) {
                int row = history.at(rank);
                if (history.ok(row)
                        && history.is(row, UserOperation.FINAL)
                        && !history.kind(row).triesOldId()) {
                    asked = true;
                    if (history.served(row)) {
                        return false;
                    }
                }
            }
            return asked;
        }

        private void touch(int row) {
            if (history.kind(row) == OperationKind.PROBE_OLD_ID) {
                return;
            }
            if (isOwnPage(row)) {
                // Whether a page of the application's own uses the session is not known.
                untimed = true;
                return;
            }
            if (history.served(row)) {
                lastTouch = lastTouch < 0 || history.invoked(row) > history.invoked(lastTouch) ? row : lastTouch;
                lastPossibleTouch = Math.max(lastPossibleTouch, history.returned(row));
            } else if (history.info(row)) {
                untimed = true;
            }
        }

        /** A request of the application's own, of which nobody knows whether its answer comes out of the session. */
        private boolean isOwnPage(int row) {
            return switch (history.kind(row)) {
                case STEP, LOG_OUT, PROBE_LOGGED_OUT -> true;
                default -> false;
            };
        }

        private String node(int row) {
            return findings.terms().node(history.node(row));
        }
    }
}
