package dev.midwrite.controller.users;

import dev.midwrite.event.OperationKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which requests of one session may be under way at the same time, so that what goes wrong is not the application's own
 * race: it changes a list, a counter or a document by reading and writing it without a lock, and sets a group one
 * attribute after the other. Nor do two of login, logout and change of id make sense together. Everything else may meet.
 * Not thread-safe.
 */
final class Overlap {
    private final List<Call> underWay = new ArrayList<>();
    /** Changes whose effect may still come: nothing that must not meet them is sent any more. */
    private final List<Call> unclear = new ArrayList<>();

    private final boolean loginsAlone;
    private long changes;

    /** @param loginsAlone a login, a logout or a change of id meets nothing */
    Overlap(boolean loginsAlone) {
        this.loginsAlone = loginsAlone;
    }

    boolean admits(Call call) {
        if (meetsNothing(call) && !underWay.isEmpty()) {
            return false;
        }
        return underWay.stream().noneMatch(other -> clash(call, other))
                && unclear.stream().noneMatch(other -> clash(call, other));
    }

    void begin(Call call) {
        underWay.add(call);
        changes += identity(call) ? 1 : 0;
    }

    void end(Call call, boolean indeterminate) {
        underWay.remove(call);
        changes += identity(call) ? 1 : 0;
        if (indeterminate && !call.reads()) {
            unclear.add(call);
        }
    }

    /**
     * Whether what is under way bears nothing beside it: a login anew, whose answer brings the cookies of another session, a
     * logout, which what is still under way could undo, or what is to be alone. What is sent beside a login anew would be written
     * in one session and counted in the other.
     */
    boolean alone() {
        return underWay.stream().anyMatch(this::meetsNothing);
    }

    private boolean meetsNothing(Call call) {
        return call.kind() == OperationKind.RELOGIN
                || call.kind() == OperationKind.LOG_OUT
                || (loginsAlone && identity(call));
    }

    /** Whether a login, a logout or a change of id is under way. */
    boolean changing() {
        return underWay.stream().anyMatch(Overlap::identity);
    }

    /** Differs between two moments if a login, a logout or a change of id began or ended between them. */
    long changes() {
        return changes;
    }

    private static boolean clash(Call one, Call other) {
        if (one.kind() == OperationKind.END_OTHERS || other.kind() == OperationKind.END_OTHERS) {
            // The application tells this session from the others by its id, and so may end it if the id changes
            // meanwhile.
            return one.kind() == other.kind() || identity(one) || identity(other);
        }
        if (identity(one) || identity(other)) {
            return identity(one) && identity(other);
        }
        if (one.attribute() != other.attribute()) {
            return false;
        }
        boolean bothRead = one.reads() && other.reads();
        boolean bothChange = !one.reads() && !other.reads();
        return switch (one.attribute()) {
            // One attribute, set as a whole without a look at what was there.
            case REGISTER_A, REGISTER_B, FORWARDED, INCLUDED, ASYNC, ERROR -> false;
            // What was read may be saved, too, and put back what was there before a change.
            case GROUP, LARGE, MUTATED -> !bothRead;
            default -> bothChange;
        };
    }

    private static boolean identity(Call call) {
        return call.attribute() == Attribute.SESSION && !call.reads();
    }
}
