package dev.midwrite.check.zoo;

import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A user, a store that may have one bug, and the history of both. Without a bug every history is valid by construction:
 * each operation takes effect at one instant between its begin and its end, or, of unknown outcome, at one instant later
 * on, or never. Several operations may overlap.
 */
final class SimulatedSession {
    static final long TTL = 1_000_000_000L;
    static final long GRACE = 1_000_000_000L;
    static final long SETTLED = 16 * TTL;
    private static final double UNKNOWN = 0.05;
    private static final long[] NOTHING = {};

    private final SplittableRandom random;
    private final long label;
    private final Bug bug;
    private final List<UserOperation> history = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();
    private final Store store = new Store();
    private long now = 1000;
    private long ids;
    private int process = 1;
    private long busyUntil;
    private boolean exact;
    private boolean struck;
    private boolean loggedOut;
    private boolean unsure;

    SimulatedSession(long seed, long label, Bug bug) {
        this.random = new SplittableRandom(Mix.mix(seed, label));
        this.label = label;
        this.bug = bug;
    }

    boolean struck() {
        return struck;
    }

    /** One user's session with so many requests, then final reads on two nodes. */
    List<UserOperation> run(int requests) {
        create();
        int strikeAt = requests / 2;
        for (int i = 0; i < requests && !loggedOut; i++) {
            step(i >= strikeAt);
        }
        end();
        return history;
    }

    private void create() {
        store.create(label | 1);
        now += 10;
        record(OperationKind.CREATE, 0, 0, 0, 0, 0, 0, 0, NOTHING);
    }

    private void step(boolean mayStrike) {
        // Requests of unknown outcome take effect some time later, between two others.
        if (!late.isEmpty() && random.nextInt(3) == 0) {
            late.remove(random.nextInt(late.size())).run();
        }
        boolean strike = mayStrike && bug != null && !struck && exactly(this::strike);
        if (strike) {
            struck = true;
            return;
        }
        request();
    }

    /** A bug shows in operations that follow each other: beside others many of them would be no bug. */
    private boolean exactly(BooleanSupplier action) {
        now += 20;
        exact = true;
        boolean done = action.getAsBoolean();
        exact = false;
        now += 20;
        return done;
    }

    private long id() {
        return label << 24 | ++ids;
    }

    private int node() {
        return 1 + random.nextInt(2);
    }

    private void request() {
        switch (random.nextInt(16)) {
            case 0, 1 -> register(1);
            case 2 -> register(2);
            case 3 -> read(1);
            case 4 -> read(2);
            case 5, 6 -> append();
            case 7 -> readList();
            case 8 -> increment();
            case 9 -> record(OperationKind.READ_COUNTER, 4, store.counter, 0, 0, 0, 0, node(), NOTHING);
            case 10 -> group();
            case 11 -> record(OperationKind.READ_GROUP, 5, 0, 0, 0, 0, 0, node(), store.group.clone());
            case 12, 13 -> document();
            case 14 -> record(OperationKind.READ_DOCUMENT, 6, store.version, store.parent, 0, 0, 0, node(), NOTHING);
            default -> other();
        }
    }

    private void register(int attribute) {
        long value = id();
        if (change(OperationKind.WRITE, attribute, value, value, () -> store.registers.put(attribute, value))) {
            record(OperationKind.WRITE, attribute, value, 0, value, 0, 0, node(), NOTHING);
        }
    }

    private void read(int attribute) {
        record(OperationKind.READ, attribute, store.registers.getOrDefault(attribute, 0L), 0, 0, 0, 0, node(), NOTHING);
    }

    private void append() {
        long id = id();
        if (change(OperationKind.APPEND, 3, 0, id, () -> store.append(id))) {
            list(OperationKind.APPEND, store.list, id, 0, node());
        }
    }

    private void readList() {
        list(OperationKind.READ_LIST, store.list, 0, 0, node());
    }

    private void increment() {
        long id = id();
        if (change(OperationKind.INCREMENT, 4, 0, id, () -> store.increment(id))) {
            record(OperationKind.INCREMENT, 4, store.counter, 0, id, 0, 0, node(), NOTHING);
        }
    }

    private void group() {
        long stamp = id();
        if (change(OperationKind.WRITE_GROUP, 5, stamp, stamp, () -> store.writeGroup(stamp))) {
            record(OperationKind.WRITE_GROUP, 5, stamp, 0, stamp, 0, 0, node(), NOTHING);
        }
    }

    private void document() {
        long version = id();
        if (change(OperationKind.UPDATE, 6, version, version, () -> store.update(version))) {
            record(OperationKind.UPDATE, 6, version, store.parent, version, 0, 0, node(), NOTHING);
        }
    }

    /** Applies the change, or loses its answer; returns whether it was acknowledged. */
    private boolean change(OperationKind kind, int attribute, long value, long request, Runnable effect) {
        if (random.nextDouble() >= UNKNOWN) {
            effect.run();
            return true;
        }
        unsure = true;
        add(kind, attribute, value, 0, request, 0, 0, node(), Outcome.INFO, now++, UserOperation.NEVER, NOTHING);
        process++;
        switch (random.nextInt(3)) {
            case 0 -> effect.run();
            case 1 -> late.add(effect);
            default -> {
                // Never took effect.
            }
        }
        return false;
    }

    private void other() {
        switch (random.nextInt(8)) {
            case 0 -> {
                record(OperationKind.ROTATE_ID, 0, 0, 0, 0, 0, 0, node(), NOTHING);
                oldId(UserOperation.ABSENT, 0);
            }
            case 1 -> now += TTL / 4;
            case 2 -> rejected();
            default -> record(OperationKind.PROBE, 0, 0, 0, 0, 0, 0, node(), NOTHING);
        }
    }

    private void rejected() {
        long value = id();
        add(OperationKind.WRITE, 1, value, 0, value, 0, 0, node(), Outcome.FAIL, now, now + 5, NOTHING);
        now += 6;
    }

    private void oldId(int flags, long nonce) {
        long kept = store.nonce;
        store.nonce = nonce == 0 ? kept : nonce;
        record(OperationKind.PROBE_OLD_ID, 0, 0, 0, 0, 0, flags, node(), NOTHING);
        store.nonce = kept;
    }

    private void end() {
        now += 20;
        exact = true;
        late.forEach(Runnable::run);
        late.clear();
        boolean logsOut = bug == null ? random.nextInt(5) == 0 : endsLoggedOut();
        if (logsOut) {
            record(OperationKind.INVALIDATE, 0, 0, 0, 0, 0, 0, node(), NOTHING);
            store.alive = false;
            struckAfterLogout();
            now = Math.max(now, SETTLED);
            process++;
            if (bug != Bug.SESSION_COMES_BACK && bug != Bug.ENDED_ID_TAKEN_AGAIN) {
                oldId(UserOperation.ABSENT | UserOperation.FINAL, 0);
            }
            return;
        }
        finalReads();
    }

    private boolean endsLoggedOut() {
        return bug == Bug.SESSION_COMES_BACK || bug == Bug.ENDED_ID_TAKEN_AGAIN;
    }

    private void struckAfterLogout() {
        if (bug == Bug.SESSION_COMES_BACK) {
            struck = true;
            oldId(0, 0);
        } else if (bug == Bug.ENDED_ID_TAKEN_AGAIN) {
            struck = true;
            oldId(0, 4711);
        }
    }

    private void finalReads() {
        Store second = store.copy();
        if (bug == Bug.LATE_WRITE_ROLLS_BACK_IN_THE_END) {
            lastWriteRolledBack(second);
        } else if (bug == Bug.NODE_MISSES_THE_LAST_WRITE) {
            struck = true;
            long value = id();
            record(OperationKind.WRITE, 2, value, 0, value, 0, 0, 1, NOTHING);
            second.registers.put(2, store.registers.getOrDefault(2, 0L));
            store.registers.put(2, value);
        } else if (bug == Bug.LIST_ORDER_DIFFERS_BY_NODE && second.list.length >= 2) {
            struck = true;
            swapLast(second.list);
        }
        while (now < SETTLED) {
            record(OperationKind.PROBE, 0, 0, 0, 0, 0, 0, node(), NOTHING);
            now += TTL / 2;
        }
        process++;
        for (int node = 1; node <= 2; node++) {
            Store shown = node == 1 ? store : second;
            int fin = UserOperation.FINAL;
            for (int attribute = 1; attribute <= 2; attribute++) {
                record(
                        OperationKind.READ,
                        attribute,
                        shown.registers.getOrDefault(attribute, 0L),
                        0,
                        0,
                        0,
                        fin,
                        node,
                        NOTHING);
            }
            list(OperationKind.READ_LIST, shown.list, 0, fin | UserOperation.WHOLE, node);
            record(OperationKind.READ_COUNTER, 4, shown.counter, 0, 0, 0, fin, node, NOTHING);
            record(OperationKind.READ_GROUP, 5, 0, 0, 0, 0, fin, node, shown.group.clone());
            record(OperationKind.READ_DOCUMENT, 6, shown.version, shown.parent, 0, 0, fin, node, NOTHING);
        }
    }

    private void lastWriteRolledBack(Store second) {
        struck = true;
        long kept = store.registers.getOrDefault(1, 0L);
        long first = id();
        record(OperationKind.WRITE, 1, first, 0, first, 0, 0, 1, NOTHING);
        long value = id();
        record(OperationKind.WRITE, 1, value, 0, value, 0, 0, 1, NOTHING);
        store.registers.put(1, kept == 0 ? 0 : first);
        second.registers.put(1, store.registers.get(1));
    }

    /** Does what the bug does, once; false if the time is not ripe. */
    private boolean strike() {
        switch (bug) {
            case DROPPED_APPEND -> {
                long id = id();
                long[] shown = Arrays.copyOf(store.list, store.list.length + 1);
                shown[store.list.length] = id;
                list(OperationKind.APPEND, shown, id, 0, node());
            }
            case DROPPED_REGISTER_WRITE -> {
                long value = id();
                record(OperationKind.WRITE, 1, value, 0, value, 0, 0, 1, NOTHING);
                read(1);
            }
            case STALE_REGISTER_READ -> {
                long old = store.registers.getOrDefault(1, 0L);
                long value = id();
                store.registers.put(1, value);
                record(OperationKind.WRITE, 1, value, 0, value, 0, 0, 1, NOTHING);
                record(OperationKind.READ, 1, value, 0, 0, 0, 0, 1, NOTHING);
                record(OperationKind.READ, 1, old, 0, 0, 0, 0, 2, NOTHING);
            }
            case REGISTER_FLIPS_BACK -> {
                long one = id();
                long other = id();
                add(OperationKind.WRITE, 1, one, 0, one, 0, 0, 1, Outcome.OK, now, now + 50, NOTHING);
                process++;
                add(OperationKind.WRITE, 1, other, 0, other, 0, 0, 2, Outcome.OK, now, now + 50, NOTHING);
                process++;
                now += 60;
                record(OperationKind.READ, 1, one, 0, 0, 0, 0, 1, NOTHING);
                record(OperationKind.READ, 1, other, 0, 0, 0, 0, 2, NOTHING);
                record(OperationKind.READ, 1, one, 0, 0, 0, 0, 1, NOTHING);
                store.registers.put(1, one);
            }
            case REGISTER_OF_ANOTHER_SESSION ->
                record(OperationKind.READ, 1, label << 24 ^ 0x7FFF_FFFF_FFFFL, 0, 0, 0, 0, 1, NOTHING);
            case DAMAGED_REGISTER -> record(OperationKind.READ, 1, -1, 0, 0, 0, UserOperation.GARBAGE, 1, NOTHING);
            case REJECTED_WRITE_APPLIED -> {
                rejected();
                long value = history.get(history.size() - 1).value();
                record(OperationKind.READ, 1, value, 0, 0, 0, 0, 1, NOTHING);
                long next = id();
                store.registers.put(1, next);
                record(OperationKind.WRITE, 1, next, 0, next, 0, 0, 1, NOTHING);
            }
            case DOCUMENT_UPDATE_FROM_OLD_VERSION -> {
                long lost = id();
                record(OperationKind.UPDATE, 6, lost, store.version, lost, 0, 0, 1, NOTHING);
                long value = id();
                store.update(value);
                record(OperationKind.UPDATE, 6, value, store.parent, value, 0, 0, 1, NOTHING);
            }
            case DOCUMENT_BRANCHES_ON_TWO_NODES -> {
                long one = id();
                record(OperationKind.UPDATE, 6, one, store.version, one, 0, 0, 1, NOTHING);
                record(OperationKind.READ_DOCUMENT, 6, one, store.version, 0, 0, 0, 1, NOTHING);
                long other = id();
                store.update(other);
                record(OperationKind.UPDATE, 6, other, store.parent, other, 0, 0, 2, NOTHING);
                record(OperationKind.READ_DOCUMENT, 6, other, store.parent, 0, 0, 0, 2, NOTHING);
            }
            case DOCUMENT_READ_OLD -> {
                long first = id();
                store.update(first);
                record(OperationKind.UPDATE, 6, first, store.parent, first, 0, 0, 1, NOTHING);
                long firstParent = store.parent;
                long next = id();
                store.update(next);
                record(OperationKind.UPDATE, 6, next, store.parent, next, 0, 0, 1, NOTHING);
                record(OperationKind.READ_DOCUMENT, 6, first, firstParent, 0, 0, 0, 2, NOTHING);
            }
            case TORN_GROUP -> {
                long stamp = id();
                long[] shown = store.group.clone();
                Arrays.fill(shown, 0, 2, stamp);
                store.writeGroup(stamp);
                record(OperationKind.WRITE_GROUP, 5, stamp, 0, stamp, 0, 0, 1, NOTHING);
                record(OperationKind.READ_GROUP, 5, 0, 0, 0, 0, 0, 1, shown);
            }
            case PARTLY_ROLLED_BACK_GROUP -> {
                long old = store.group[0];
                long stamp = id();
                store.writeGroup(stamp);
                record(OperationKind.WRITE_GROUP, 5, stamp, 0, stamp, 0, 0, 1, NOTHING);
                record(OperationKind.READ_GROUP, 5, 0, 0, 0, 0, 0, 1, store.group.clone());
                long[] shown = store.group.clone();
                shown[3] = old;
                record(OperationKind.READ_GROUP, 5, 0, 0, 0, 0, 0, 1, shown);
            }
            case LIST_READ_SHORT -> {
                if (store.list.length < 2 || unsure) {
                    return false;
                }
                list(OperationKind.READ_LIST, Arrays.copyOf(store.list, store.list.length - 1), 0, 0, 2);
            }
            case LIST_SWAPPED_FOR_ONE_READ -> {
                if (store.list.length < 2) {
                    return false;
                }
                long[] shown = store.list.clone();
                swapLast(shown);
                list(OperationKind.READ_LIST, shown, 0, 0, 2);
            }
            case LIST_ENTRY_TWICE -> {
                long id = id();
                store.append(id);
                store.applied.remove(id);
                store.append(id);
                list(OperationKind.APPEND, store.list, id, 0, 1);
            }
            case COUNTER_TWICE -> {
                long id = id();
                store.counter += 20;
                record(OperationKind.INCREMENT, 4, store.counter, 0, id, 0, 0, 1, NOTHING);
            }
            case COUNTER_FORGETS -> {
                long id = id();
                record(OperationKind.INCREMENT, 4, store.counter + 1, 0, id, 0, 0, 1, NOTHING);
                store.counter = 0;
                record(OperationKind.READ_COUNTER, 4, 0, 0, 0, 0, 0, 1, NOTHING);
            }
            case SESSION_VANISHES -> {
                record(OperationKind.PROBE, 0, 0, 0, 0, 0, UserOperation.ABSENT, 1, NOTHING);
            }
            case SESSION_REPLACED -> {
                long kept = store.nonce;
                store.nonce = 99;
                record(OperationKind.PROBE, 0, 0, 0, 0, 0, 0, 1, NOTHING);
                store.nonce = kept;
            }
            case OLD_ID_STAYS -> {
                record(OperationKind.ROTATE_ID, 0, 0, 0, 0, 0, 0, 1, NOTHING);
                oldId(0, 0);
            }
            case EXPIRES_EARLY -> {
                record(OperationKind.PROBE, 0, 0, 0, 0, 0, 0, 1, NOTHING);
                now += TTL * 3 / 4;
                record(OperationKind.PROBE, 0, 0, 0, 0, 0, UserOperation.ABSENT, 1, NOTHING);
            }
            case NEVER_EXPIRES -> {
                if (unsure) {
                    // A request of unknown outcome may touch the session at any time.
                    return false;
                }
                record(OperationKind.PROBE, 0, 0, 0, 0, 0, 0, 1, NOTHING);
                now += TTL + GRACE + TTL;
                record(OperationKind.PROBE, 0, 0, 0, 0, 0, 0, 1, NOTHING);
            }
            case SESSION_COMES_BACK,
                    ENDED_ID_TAKEN_AGAIN,
                    LATE_WRITE_ROLLS_BACK_IN_THE_END,
                    NODE_MISSES_THE_LAST_WRITE,
                    LIST_ORDER_DIFFERS_BY_NODE -> {
                return false;
            }
        }
        return true;
    }

    private static void swapLast(long[] ids) {
        long last = ids[ids.length - 1];
        ids[ids.length - 1] = ids[ids.length - 2];
        ids[ids.length - 2] = last;
    }

    private void list(OperationKind kind, long[] ids, long request, int flags, int node) {
        long hash = 0;
        for (long id : ids) {
            hash = Mix.mix(hash, id);
        }
        long[] shown = (flags & UserOperation.WHOLE) != 0
                ? ids.clone()
                : Arrays.copyOfRange(ids, Math.max(0, ids.length - 8), ids.length);
        record(kind, 3, 0, hash, request, ids.length, flags, node, shown);
    }

    private void record(
            OperationKind kind,
            int attribute,
            long value,
            long second,
            long request,
            int length,
            int flags,
            int node,
            long[] payload) {
        // The effect lies somewhere between: the next operation may begin before this one has ended.
        long invoked = exact ? now : now - random.nextInt(5);
        long returned = exact ? now + 5 : now + random.nextInt(5);
        now += exact ? 10 : 1 + random.nextInt(20);
        add(kind, attribute, value, second, request, length, flags, node, Outcome.OK, invoked, returned, payload);
    }

    private void add(
            OperationKind kind,
            int attribute,
            long value,
            long second,
            long request,
            int length,
            int flags,
            int node,
            Outcome outcome,
            long invoked,
            long returned,
            long[] payload) {
        if (invoked <= busyUntil) {
            process++;
        }
        busyUntil = returned == UserOperation.NEVER ? 0 : returned;
        history.add(new UserOperation(
                kind,
                history.size(),
                label,
                outcome == Outcome.OK && (flags & UserOperation.ABSENT) == 0 ? store.nonce : 0,
                invoked,
                returned,
                value,
                second,
                request,
                process,
                node,
                attribute,
                length,
                1,
                outcome,
                flags,
                payload));
    }
}
