package dev.midwrite.check.zoo;

import dev.midwrite.event.Outcome;
import java.util.EnumSet;
import java.util.Set;

/** What a bug does after the logout, or just before the final reads. */
final class FinalStrikes {
    /** These need a session whose user logs out. */
    static final Set<Bug> AFTER_LOGOUT = EnumSet.of(
            Bug.SESSION_COMES_BACK,
            Bug.ENDED_ID_TAKEN_AGAIN,
            Bug.NODE_KEEPS_THE_ENDED_SESSION,
            Bug.RELOGIN_KEEPS_THE_SESSION);

    private final Recorder recorder;
    private final Store store;

    FinalStrikes(Recorder recorder, Store store) {
        this.recorder = recorder;
        this.store = store;
    }

    boolean afterLogout(Bug bug) {
        if (bug == Bug.SESSION_COMES_BACK || bug == Bug.RELOGIN_KEEPS_THE_SESSION) {
            recorder.oldId(0, 0, recorder.node());
        } else if (bug == Bug.ENDED_ID_TAKEN_AGAIN) {
            recorder.oldId(0, 4711, recorder.node());
        }
        return AFTER_LOGOUT.contains(bug);
    }

    /** Whether this node still serves the ended session in the end. */
    boolean answersInTheEnd(Bug bug, int node) {
        return bug == Bug.NODE_KEEPS_THE_ENDED_SESSION && node == 2;
    }

    /** @param second what the second node will show */
    boolean beforeFinalReads(Bug bug, Store second) {
        switch (bug) {
            case LATE_WRITE_ROLLS_BACK_IN_THE_END -> {
                long kept = store.register(1);
                long first = recorder.id();
                recorder.write(1, first, 1);
                recorder.write(1, recorder.id(), 1);
                store.registers.put(1, kept == 0 ? 0 : first);
                second.registers.put(1, store.register(1));
            }
            case NODE_MISSES_THE_LAST_WRITE -> {
                write();
                // What nobody answered may take effect between the final reads.
                return recorder.history.stream()
                        .filter(operation -> operation.attribute() == 2)
                        .noneMatch(operation -> operation.outcome() == Outcome.INFO);
            }
            case REMOVED_REGISTER_STAYS_ON_A_NODE -> {
                long value = recorder.id();
                recorder.write(Recorder.DISPATCHED, value, 1);
                second.registers.put(Recorder.DISPATCHED, value);
                recorder.remove(Recorder.DISPATCHED, 1);
                store.registers.remove(Recorder.DISPATCHED);
            }
            case NODE_HOLDS_NOTHING -> {
                write();
                second.registers.remove(2);
            }
            case NODES_HOLD_DIFFERENT_WRITES -> {
                long[] values = recorder.overlapping(2);
                store.registers.put(2, values[0]);
                second.registers.put(2, values[1]);
            }
            case NODE_WITHOUT_THE_SESSION -> second.alive = false;
            case DOCUMENT_BRANCHES_JOINED -> {
                long root = store.version;
                long one = recorder.id();
                recorder.update(one, root, 1);
                long other = recorder.id();
                store.update(other);
                second.update(other);
                recorder.update(other, root, 2);
                recorder.readDocument(one, root, 1);
                recorder.readDocument(other, root, 2);
            }
            case LIST_ORDER_DIFFERS_BY_NODE -> {
                if (second.list.length < 2) {
                    return false;
                }
                Strikes.swapLast(second.list);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A write that only the first node gets. */
    private void write() {
        long value = recorder.id();
        store.registers.put(2, value);
        recorder.write(2, value, 1);
    }
}
