package dev.midwrite.check.zoo;

import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Writes down what a user did and saw, with times around the instant at which it took effect. */
final class Recorder {
    static final long[] NOTHING = {};
    static final int OBJECT = 7;
    static final int LARGE = 8;
    /** A register that is set in a dispatch, and removed now and then. */
    static final int DISPATCHED = 9;

    final SplittableRandom random;
    final long label;
    final Store store;
    final List<UserOperation> history = new ArrayList<>();
    long now = 1000;
    /** Operations follow each other without overlap. */
    boolean exact;
    /** Some operation has an unknown outcome. */
    boolean unsure;

    private long ids;
    private int process = 1;
    private long busyUntil;

    Recorder(long seed, long label, Store store) {
        this.random = new SplittableRandom(Mix.mix(seed, label));
        this.label = label;
        this.store = store;
    }

    /** A new id of a write or a request. */
    long id() {
        return label << 24 | ++ids;
    }

    int node() {
        return 1 + random.nextInt(2);
    }

    /** The user goes on as another process. */
    void nextProcess() {
        process++;
    }

    void list(OperationKind kind, long[] ids, long request, int flags, int node) {
        long hash = 0;
        for (long id : ids) {
            hash = Mix.mix(hash, id);
        }
        long[] shown = (flags & UserOperation.WHOLE) != 0
                ? ids.clone()
                : Arrays.copyOfRange(ids, Math.max(0, ids.length - 8), ids.length);
        record(kind, 3, 0, hash, request, ids.length, flags, node, shown);
    }

    void read(int attribute, long value, int node) {
        record(OperationKind.READ, attribute, value, 0, 0, 0, 0, node, NOTHING);
    }

    void write(int attribute, long value, int node) {
        record(OperationKind.WRITE, attribute, value, 0, value, 0, 0, node, NOTHING);
    }

    void update(long version, long parent, int node) {
        record(OperationKind.UPDATE, 6, version, parent, version, 0, 0, node, NOTHING);
    }

    void readDocument(long version, long parent, int node) {
        record(OperationKind.READ_DOCUMENT, 6, version, parent, 0, 0, 0, node, NOTHING);
    }

    void writeGroup(long stamp, int node) {
        record(OperationKind.WRITE_GROUP, 5, stamp, 0, stamp, 0, 0, node, NOTHING);
    }

    void readGroup(long[] stamps, int node) {
        record(OperationKind.READ_GROUP, 5, 0, 0, 0, 0, 0, node, stamps.clone());
    }

    void remove(int attribute, int node) {
        record(OperationKind.REMOVE, attribute, 0, 0, id(), 0, 0, node, NOTHING);
    }

    void mutate(long value, int node) {
        record(OperationKind.MUTATE, OBJECT, value, 0, value, 0, 0, node, NOTHING);
    }

    void readMutated(long value, int flags, int node) {
        record(OperationKind.READ_MUTATED, OBJECT, value, 0, 0, 0, flags, node, NOTHING);
    }

    void writeLarge(long stamp, int node) {
        record(OperationKind.WRITE_GROUP, LARGE, stamp, 0, stamp, 0, 0, node, NOTHING);
    }

    void readLarge(long[] stamps, int flags, int node) {
        record(OperationKind.READ_GROUP, LARGE, 0, 0, 0, 0, flags, node, stamps.clone());
    }

    void probe(int flags, int node) {
        record(OperationKind.PROBE, 0, 0, 0, 0, 0, flags, node, NOTHING);
    }

    /** Asks under an id that is no longer valid; {@code nonce} of the session that answers, 0 for this one. */
    void oldId(int flags, long nonce, int node) {
        long kept = store.nonce;
        store.nonce = nonce == 0 ? kept : nonce;
        record(OperationKind.PROBE_OLD_ID, 0, 0, 0, 0, 0, flags, node, NOTHING);
        store.nonce = kept;
    }

    /** A change whose answer never comes. */
    void unanswered(OperationKind kind, int attribute, long value, long request) {
        unsure = true;
        add(kind, attribute, value, 0, request, 0, 0, node(), Outcome.INFO, now++, UserOperation.NEVER, NOTHING);
        process++;
    }

    /** A write that is rejected; returns its value. */
    long rejected() {
        long value = id();
        add(OperationKind.WRITE, 1, value, 0, value, 0, 0, node(), Outcome.FAIL, now, now + 5, NOTHING);
        now += 6;
        return value;
    }

    /** Acknowledged writes that overlap, each by another process and node; returns their values. */
    long[] overlapping(int attribute) {
        long[] values = {id(), id()};
        for (int node = 1; node <= values.length; node++) {
            long value = values[node - 1];
            add(OperationKind.WRITE, attribute, value, 0, value, 0, 0, node, Outcome.OK, now, now + 50, NOTHING);
            process++;
        }
        now += 60;
        return values;
    }

    /** Two operations at a time, each by another process. */
    void together(Runnable one, Runnable other) {
        long begin = now;
        one.run();
        now = begin;
        other.run();
    }

    void record(
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
