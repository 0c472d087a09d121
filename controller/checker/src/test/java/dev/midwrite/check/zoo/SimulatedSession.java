package dev.midwrite.check.zoo;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    private final Bug bug;
    private final Store store = new Store();
    private final Recorder recorder;
    private final Strikes strikes;
    private final FinalStrikes finalStrikes;
    private final List<Runnable> late = new ArrayList<>();
    private boolean struck;

    SimulatedSession(long seed, long label, Bug bug) {
        this.bug = bug;
        this.recorder = new Recorder(seed, label, store);
        this.strikes = new Strikes(recorder, store);
        this.finalStrikes = new FinalStrikes(recorder, store);
    }

    boolean struck() {
        return struck;
    }

    /** One user's session with so many requests, then final reads on two nodes. */
    List<UserOperation> run(int requests) {
        store.create(recorder.label | 1);
        recorder.now += 10;
        recorder.record(OperationKind.CREATE, 0, 0, 0, 0, 0, 0, 0, Recorder.NOTHING);
        int strikeAt = requests / 2;
        for (int i = 0; i < requests; i++) {
            step(i >= strikeAt);
        }
        end();
        return recorder.history;
    }

    private void step(boolean mayStrike) {
        // Requests of unknown outcome take effect some time later, between two others.
        if (!late.isEmpty() && recorder.random.nextInt(3) == 0) {
            late.remove(recorder.random.nextInt(late.size())).run();
        }
        boolean strike = mayStrike && bug != null && !struck && exactly(() -> strikes.strike(bug));
        if (strike) {
            struck = true;
            return;
        }
        request();
    }

    /** A bug shows in operations that follow each other: beside others many of them would be no bug. */
    private boolean exactly(BooleanSupplier action) {
        recorder.now += 20;
        recorder.exact = true;
        boolean done = action.getAsBoolean();
        recorder.exact = false;
        recorder.now += 20;
        return done;
    }

    private void request() {
        int node = recorder.node();
        switch (recorder.random.nextInt(22)) {
            case 0, 1 -> register(1);
            case 2 -> register(2);
            case 3 -> recorder.read(1, store.register(1), node);
            case 4 -> recorder.read(2, store.register(2), node);
            case 5, 6 -> append();
            case 7 -> recorder.list(OperationKind.READ_LIST, store.list, 0, 0, node);
            case 8 -> increment();
            case 9 -> recorder.record(OperationKind.READ_COUNTER, 4, store.counter, 0, 0, 0, 0, node, Recorder.NOTHING);
            case 10 -> group();
            case 11 -> recorder.readGroup(store.group, node);
            case 12, 13 -> document();
            case 14 -> recorder.readDocument(store.version, store.parent, node);
            case 15 -> register(Recorder.DISPATCHED);
            case 16 -> recorder.read(Recorder.DISPATCHED, store.register(Recorder.DISPATCHED), node);
            case 17 -> remove();
            case 18 -> mutate();
            case 19 -> recorder.readMutated(store.object, 0, node);
            case 20 -> large(node);
            default -> other(node);
        }
    }

    private void register(int attribute) {
        long value = recorder.id();
        if (change(OperationKind.WRITE, attribute, value, value, () -> store.registers.put(attribute, value))) {
            recorder.write(attribute, value, recorder.node());
        }
    }

    private void remove() {
        int attribute = Recorder.DISPATCHED;
        if (change(OperationKind.REMOVE, attribute, 0, recorder.id(), () -> store.registers.remove(attribute))) {
            recorder.remove(attribute, recorder.node());
        }
    }

    private void mutate() {
        long value = recorder.id();
        if (change(OperationKind.MUTATE, Recorder.OBJECT, value, value, () -> store.object = value)) {
            recorder.mutate(value, recorder.node());
        }
    }

    private void large(int node) {
        recorder.readLarge(store.large, 0, node);
        long stamp = recorder.id();
        if (change(OperationKind.WRITE_GROUP, Recorder.LARGE, stamp, stamp, () -> Arrays.fill(store.large, stamp))) {
            recorder.writeLarge(stamp, recorder.node());
        }
    }

    private void append() {
        long id = recorder.id();
        if (change(OperationKind.APPEND, 3, 0, id, () -> store.append(id))) {
            recorder.list(OperationKind.APPEND, store.list, id, 0, recorder.node());
        }
    }

    private void increment() {
        long id = recorder.id();
        if (change(OperationKind.INCREMENT, 4, 0, id, () -> store.increment(id))) {
            recorder.record(OperationKind.INCREMENT, 4, store.counter, 0, id, 0, 0, recorder.node(), Recorder.NOTHING);
        }
    }

    private void group() {
        long stamp = recorder.id();
        if (change(OperationKind.WRITE_GROUP, 5, stamp, stamp, () -> store.writeGroup(stamp))) {
            recorder.writeGroup(stamp, recorder.node());
        }
    }

    private void document() {
        long version = recorder.id();
        if (change(OperationKind.UPDATE, 6, version, version, () -> store.update(version))) {
            recorder.update(version, store.parent, recorder.node());
        }
    }

    /** Applies the change, or loses its answer; returns whether it was acknowledged. */
    private boolean change(OperationKind kind, int attribute, long value, long request, Runnable effect) {
        if (recorder.random.nextDouble() >= UNKNOWN) {
            effect.run();
            return true;
        }
        recorder.unanswered(kind, attribute, value, request);
        switch (recorder.random.nextInt(3)) {
            case 0 -> effect.run();
            case 1 -> late.add(effect);
            default -> {
                // Never took effect.
            }
        }
        return false;
    }

    private void other(int node) {
        switch (recorder.random.nextInt(8)) {
            case 0 -> {
                recorder.record(OperationKind.ROTATE_ID, 0, 0, 0, 0, 0, 0, node, Recorder.NOTHING);
                recorder.oldId(UserOperation.ABSENT, 0, recorder.node());
            }
            case 1 -> recorder.now += TTL / 4;
            case 2 -> recorder.rejected();
            default -> recorder.probe(0, node);
        }
    }

    private void end() {
        recorder.now += 20;
        recorder.exact = true;
        late.forEach(Runnable::run);
        late.clear();
        boolean logsOut = bug == null ? recorder.random.nextInt(5) == 0 : FinalStrikes.AFTER_LOGOUT.contains(bug);
        if (logsOut) {
            logOut();
        } else {
            finalReads();
        }
    }

    private void logOut() {
        boolean again = bug == null ? recorder.random.nextBoolean() : bug == Bug.RELOGIN_KEEPS_THE_SESSION;
        OperationKind end = again ? OperationKind.RELOGIN : OperationKind.INVALIDATE;
        recorder.record(end, 0, 0, again ? recorder.id() : 0, 0, 0, 0, recorder.node(), Recorder.NOTHING);
        store.alive = false;
        struck |= bug != null && finalStrikes.afterLogout(bug);
        recorder.now = Math.max(recorder.now, SETTLED);
        recorder.nextProcess();
        for (int node = 1; node <= 2; node++) {
            int absent = bug != null && finalStrikes.answersInTheEnd(bug, node) ? 0 : UserOperation.ABSENT;
            recorder.oldId(absent | UserOperation.FINAL, 0, node);
        }
    }

    private void finalReads() {
        Store second = store.copy();
        struck |= bug != null && finalStrikes.beforeFinalReads(bug, second);
        while (recorder.now < SETTLED) {
            recorder.probe(0, recorder.node());
            recorder.now += TTL / 2;
        }
        recorder.nextProcess();
        for (int node = 1; node <= 2; node++) {
            finalReads(node, node == 1 ? store : second);
        }
    }

    private void finalReads(int node, Store shown) {
        int fin = UserOperation.FINAL;
        if (!shown.alive) {
            recorder.probe(fin | UserOperation.ABSENT, node);
            return;
        }
        recorder.probe(fin, node);
        for (int attribute : new int[] {1, 2, Recorder.DISPATCHED}) {
            long value = shown.register(attribute);
            recorder.record(OperationKind.READ, attribute, value, 0, 0, 0, fin, node, Recorder.NOTHING);
        }
        recorder.list(OperationKind.READ_LIST, shown.list, 0, fin | UserOperation.WHOLE, node);
        recorder.record(OperationKind.READ_COUNTER, 4, shown.counter, 0, 0, 0, fin, node, Recorder.NOTHING);
        recorder.readMutated(shown.object, fin, node);
        recorder.readLarge(shown.large, fin, node);
        recorder.record(OperationKind.READ_GROUP, 5, 0, 0, 0, 0, fin, node, shown.group.clone());
        recorder.record(OperationKind.READ_DOCUMENT, 6, shown.version, shown.parent, 0, 0, fin, node, Recorder.NOTHING);
    }
}
