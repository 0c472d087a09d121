package dev.midwrite.check.zoo;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;

/** What a bug does while the session is used, and how that shows; {@link FinalStrikes} has the rest. */
final class Strikes {
    private final Recorder recorder;
    private final Store store;

    Strikes(Recorder recorder, Store store) {
        this.recorder = recorder;
        this.store = store;
    }

    /** Does what the bug does, once; false if the time is not ripe. */
    boolean strike(Bug bug) {
        return switch (bug) {
            case DROPPED_APPEND, LIST_READ_SHORT, LIST_READ_SHORT_OF_WHAT_WAS_SEEN, LIST_SWAPPED_FOR_ONE_READ ->
                list(bug);
            case LIST_ENTRY_TWICE, LIST_APPENDS_SWAPPED, LIST_ENTRY_BEFORE_WHAT_WAS_SEEN, LIST_BRANCHES_JOINED ->
                list(bug);
            case COUNTER_TWICE, COUNTER_FORGETS -> counter(bug);
            case APPENDS_RACE, INCREMENTS_RACE, UPDATES_RACE -> race(bug);
            case DROPPED_REGISTER_WRITE, STALE_REGISTER_READ, REGISTER_FLIPS_BACK, REGISTER_FROM_THE_FUTURE ->
                register(bug);
            case REMOVED_REGISTER_COMES_BACK, DISPATCHED_WRITE_DROPPED, CHANGE_IN_PLACE_FORGOTTEN -> register(bug);
            case REGISTER_OF_ANOTHER_SESSION, DAMAGED_REGISTER, REJECTED_WRITE_APPLIED -> register(bug);
            case DOCUMENT_UPDATE_FROM_OLD_VERSION, DOCUMENT_BRANCHES_ON_TWO_NODES, DOCUMENT_READ_OLD -> document(bug);
            case DOCUMENT_BUILT_ON_THE_FUTURE -> document(bug);
            case TORN_LARGE_GROUP, TORN_GROUP, PARTLY_ROLLED_BACK_GROUP -> group(bug);
            case SESSION_VANISHES, SESSION_REPLACED, OLD_ID_STAYS, EXPIRES_EARLY, NEVER_EXPIRES -> lifecycle(bug);
            default -> false;
        };
    }

    private boolean register(Bug bug) {
        switch (bug) {
            case DROPPED_REGISTER_WRITE -> {
                // What stands before is acknowledged: a write of unknown outcome might come at any time.
                write(1);
                recorder.write(1, recorder.id(), 1);
                recorder.read(1, store.register(1), recorder.node());
            }
            case DISPATCHED_WRITE_DROPPED -> {
                write(Recorder.DISPATCHED);
                recorder.write(Recorder.DISPATCHED, recorder.id(), 1);
                recorder.read(Recorder.DISPATCHED, store.register(Recorder.DISPATCHED), recorder.node());
            }
            case REMOVED_REGISTER_COMES_BACK -> {
                long value = write(Recorder.DISPATCHED);
                recorder.remove(Recorder.DISPATCHED, 1);
                recorder.read(Recorder.DISPATCHED, value, 2);
                store.registers.remove(Recorder.DISPATCHED);
            }
            case CHANGE_IN_PLACE_FORGOTTEN -> {
                store.object = recorder.id();
                recorder.mutate(store.object, 1);
                recorder.mutate(recorder.id(), 1);
                recorder.readMutated(store.object, 0, recorder.node());
            }
            case STALE_REGISTER_READ -> {
                long old = write(1);
                long value = write(1);
                recorder.read(1, value, 1);
                recorder.read(1, old, 2);
            }
            case REGISTER_FLIPS_BACK -> {
                long[] values = recorder.overlapping(1);
                recorder.read(1, values[0], 1);
                recorder.read(1, values[1], 2);
                recorder.read(1, values[0], 1);
                store.registers.put(1, values[0]);
            }
            case REGISTER_FROM_THE_FUTURE -> {
                long value = recorder.id();
                recorder.read(1, value, 1);
                store.registers.put(1, value);
                recorder.write(1, value, 1);
            }
            case REGISTER_OF_ANOTHER_SESSION -> recorder.read(1, recorder.label << 24 ^ 0x7FFF_FFFF_FFFFL, 1);
            case DAMAGED_REGISTER ->
                recorder.record(OperationKind.READ, 1, -1, 0, 0, 0, UserOperation.GARBAGE, 1, Recorder.NOTHING);
            default -> { // REJECTED_WRITE_APPLIED
                recorder.read(1, recorder.rejected(), 1);
                write(1);
            }
        }
        return true;
    }

    /** A write as it should be. */
    private long write(int attribute) {
        long value = recorder.id();
        store.registers.put(attribute, value);
        recorder.write(attribute, value, 1);
        return value;
    }

    private boolean list(Bug bug) {
        if (store.list.length < 2 || (bug == Bug.LIST_READ_SHORT && recorder.unsure)) {
            return false;
        }
        long[] before = store.list.clone();
        long id = recorder.id();
        switch (bug) {
            case DROPPED_APPEND -> recorder.list(OperationKind.APPEND, with(before, id), id, 0, recorder.node());
            case LIST_READ_SHORT -> readList(Arrays.copyOf(before, before.length - 1), 2);
            case LIST_READ_SHORT_OF_WHAT_WAS_SEEN -> {
                appendUnanswered(id);
                readList(store.list, 1);
                readList(before, 2);
            }
            case LIST_SWAPPED_FOR_ONE_READ -> {
                swapLast(before);
                readList(before, 2);
            }
            case LIST_ENTRY_TWICE -> {
                store.append(id);
                store.applied.remove(id);
                store.append(id);
                recorder.list(OperationKind.APPEND, store.list, id, 0, 1);
            }
            case LIST_APPENDS_SWAPPED -> {
                // The first is acknowledged before it is applied, and the second overtakes it.
                appendUnanswered(id);
                long first = recorder.id();
                recorder.list(OperationKind.APPEND, store.list, first, 0, 1);
                long second = recorder.id();
                store.append(second);
                recorder.list(OperationKind.APPEND, store.list, second, 0, 1);
                store.append(first);
            }
            case LIST_ENTRY_BEFORE_WHAT_WAS_SEEN -> {
                store.append(id);
                readList(store.list, 1);
                appendUnanswered(recorder.id());
                recorder.list(OperationKind.APPEND, store.list, id, 0, 1);
            }
            default -> { // LIST_BRANCHES_JOINED
                recorder.list(OperationKind.APPEND, with(before, id), id, 0, 1);
                long other = recorder.id();
                store.append(other);
                recorder.list(OperationKind.APPEND, store.list, other, 0, 2);
                readList(with(before, id), 1);
            }
        }
        return true;
    }

    private void readList(long[] ids, int node) {
        recorder.list(OperationKind.READ_LIST, ids, 0, 0, node);
    }

    private void appendUnanswered(long id) {
        recorder.unanswered(OperationKind.APPEND, 3, 0, id);
        store.append(id);
    }

    private static long[] with(long[] ids, long id) {
        long[] longer = Arrays.copyOf(ids, ids.length + 1);
        longer[ids.length] = id;
        return longer;
    }

    static void swapLast(long[] ids) {
        long last = ids[ids.length - 1];
        ids[ids.length - 1] = ids[ids.length - 2];
        ids[ids.length - 2] = last;
    }

    private boolean counter(Bug bug) {
        long id = recorder.id();
        if (bug == Bug.COUNTER_TWICE) {
            store.counter += 20;
            recorder.record(OperationKind.INCREMENT, 4, store.counter, 0, id, 0, 0, 1, Recorder.NOTHING);
        } else {
            recorder.record(OperationKind.INCREMENT, 4, store.counter + 1, 0, id, 0, 0, 1, Recorder.NOTHING);
            store.counter = 0;
            recorder.record(OperationKind.READ_COUNTER, 4, 0, 0, 0, 0, 0, 1, Recorder.NOTHING);
        }
        return true;
    }

    private boolean document(Bug bug) {
        long root = store.version;
        long one = recorder.id();
        long other = recorder.id();
        switch (bug) {
            case DOCUMENT_UPDATE_FROM_OLD_VERSION -> {
                recorder.update(one, root, 1);
                store.update(other);
                recorder.update(other, root, 1);
            }
            case DOCUMENT_BRANCHES_ON_TWO_NODES -> {
                recorder.update(one, root, 1);
                recorder.readDocument(one, root, 1);
                store.update(other);
                recorder.update(other, root, 2);
                recorder.readDocument(other, root, 2);
            }
            case DOCUMENT_BUILT_ON_THE_FUTURE -> {
                store.update(other);
                store.update(one);
                recorder.update(one, other, 1);
                recorder.update(other, root, 2);
            }
            default -> { // DOCUMENT_READ_OLD
                store.update(one);
                recorder.update(one, root, 1);
                store.update(other);
                recorder.update(other, one, 1);
                recorder.readDocument(one, root, 2);
            }
        }
        return true;
    }

    /** Two requests at a time read the same and set it one after the other: the later one undoes the earlier one. */
    private boolean race(Bug bug) {
        if (bug == Bug.INCREMENTS_RACE && recorder.unsure) {
            // An increment of unknown outcome makes up for one that is lost.
            return false;
        }
        long one = recorder.id();
        long other = recorder.id();
        long root = store.version;
        switch (bug) {
            case APPENDS_RACE -> {
                long[] before = store.list.clone();
                store.append(other);
                recorder.together(
                        () -> recorder.list(OperationKind.APPEND, with(before, one), one, 0, 1),
                        () -> recorder.list(OperationKind.APPEND, store.list, other, 0, 2));
            }
            case INCREMENTS_RACE -> {
                store.counter++;
                recorder.together(() -> increment(one, 1), () -> increment(other, 2));
                recorder.record(OperationKind.READ_COUNTER, 4, store.counter, 0, 0, 0, 0, 1, Recorder.NOTHING);
            }
            default -> { // UPDATES_RACE
                store.update(other);
                recorder.together(() -> recorder.update(one, root, 1), () -> recorder.update(other, root, 2));
            }
        }
        return true;
    }

    private void increment(long id, int node) {
        recorder.record(OperationKind.INCREMENT, 4, store.counter, 0, id, 0, 0, node, Recorder.NOTHING);
    }

    private boolean group(Bug bug) {
        if (bug == Bug.TORN_LARGE_GROUP) {
            long first = recorder.id();
            recorder.writeLarge(first, 1);
            Arrays.fill(store.large, first);
            long second = recorder.id();
            recorder.writeLarge(second, 1);
            recorder.readLarge(new long[] {first, second}, 0, 1);
            Arrays.fill(store.large, second);
            return true;
        }
        writeGroup();
        long[] shown = store.group.clone();
        long stamp = writeGroup();
        if (bug == Bug.TORN_GROUP) {
            Arrays.fill(shown, 0, 2, stamp);
        } else {
            recorder.readGroup(store.group, 1);
            Arrays.fill(shown, 0, 3, stamp);
        }
        recorder.readGroup(shown, 1);
        return true;
    }

    private long writeGroup() {
        long stamp = recorder.id();
        store.writeGroup(stamp);
        recorder.writeGroup(stamp, 1);
        return stamp;
    }

    private boolean lifecycle(Bug bug) {
        switch (bug) {
            case SESSION_VANISHES -> recorder.probe(UserOperation.ABSENT, 1);
            case SESSION_REPLACED -> {
                long kept = store.nonce;
                store.nonce = 99;
                recorder.probe(0, 1);
                store.nonce = kept;
            }
            case OLD_ID_STAYS -> {
                recorder.record(OperationKind.ROTATE_ID, 0, 0, 0, 0, 0, 0, 1, Recorder.NOTHING);
                recorder.oldId(0, 0, recorder.node());
            }
            case EXPIRES_EARLY -> {
                recorder.probe(0, 1);
                recorder.now += SimulatedSession.TTL * 3 / 4;
                recorder.probe(UserOperation.ABSENT, 1);
            }
            default -> { // NEVER_EXPIRES
                if (recorder.unsure) {
                    // A request of unknown outcome may touch the session at any time.
                    return false;
                }
                recorder.probe(0, 1);
                recorder.now += SimulatedSession.TTL + SimulatedSession.GRACE + SimulatedSession.TTL;
                recorder.probe(0, 1);
            }
        }
        return true;
    }
}
