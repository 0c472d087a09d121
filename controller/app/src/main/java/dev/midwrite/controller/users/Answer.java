package dev.midwrite.controller.users;

import dev.midwrite.event.CookieFlaw;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;

/**
 * What came of one attempt.
 *
 * @param invoked before the first byte left, {@code returned} after the last byte came, on the users' clock
 * @param refused nobody listens at the address
 * @param length of the list; the HTTP status if the outcome is info
 * @param node name in the reply, empty if there was none
 * @param flags as in {@link UserOperation}; ABSENT with outcome ok for reads, with outcome fail for anything else:
 *     the application answered that it did nothing for want of a session
 */
record Answer(
        Outcome outcome,
        long invoked,
        long returned,
        boolean refused,
        String node,
        long incarnation,
        long value,
        long second,
        int length,
        int flags,
        long[] payload) {

    private static final long[] NOTHING = {};

    boolean absent() {
        return (flags & UserOperation.ABSENT) != 0;
    }

    boolean ok() {
        return outcome == Outcome.OK;
    }

    /** The same with a cookie that a browser would not send back; only of kinds that give an id. */
    Answer unreturned(CookieFlaw flaw) {
        int flagged = flags | UserOperation.UNRETURNED;
        return new Answer(
                outcome, invoked, returned, refused, node, incarnation, value, flaw.code(), length, flagged, payload);
    }

    /** The same of this node, if the answer itself names none. */
    Answer servedBy(String other) {
        return new Answer(
                outcome,
                invoked,
                returned,
                refused,
                node.isEmpty() ? other : node,
                incarnation,
                value,
                second,
                length,
                flags,
                payload);
    }

    /** The same with this value. */
    Answer valued(long other) {
        return new Answer(
                outcome, invoked, returned, refused, node, incarnation, other, second, length, flags, payload);
    }

    /** No request byte left: it cannot have taken effect. */
    static Answer unsent(long invoked, long returned, boolean refused) {
        return new Answer(Outcome.FAIL, invoked, returned, refused, "", 0, 0, 0, 0, 0, NOTHING);
    }

    /** It may have taken effect, or may still: no answer came. */
    static Answer indeterminate(long invoked) {
        return indeterminate(invoked, 0);
    }

    /** It may have taken effect, or may still: what answered, with this HTTP status, was not the application. */
    static Answer indeterminate(long invoked, int status) {
        return new Answer(Outcome.INFO, invoked, UserOperation.NEVER, false, "", 0, 0, 0, status, 0, NOTHING);
    }

    /**
     * The application found no session, of a request that had gone with an id that another answer has changed meanwhile: it
     * did nothing, and nobody knows whether the session is there.
     */
    Answer missedBy(Call call, int status) {
        return call.reads() ? indeterminate(invoked, status) : unsent(invoked, returned, false);
    }

    static Answer absent(Call call, long invoked, long returned, String node) {
        Outcome outcome = call.reads() ? Outcome.OK : Outcome.FAIL;
        return new Answer(outcome, invoked, returned, false, node, 0, 0, 0, 0, UserOperation.ABSENT, NOTHING);
    }
}
