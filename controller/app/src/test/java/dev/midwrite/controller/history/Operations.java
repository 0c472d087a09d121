package dev.midwrite.controller.history;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;

/** Makes operations for tests of one session after the other; times are milliseconds. */
final class Operations {
    static final long NONCE = 77;

    private static final long MILLI = 1_000_000;

    private final long session;
    private int node = 1;

    Operations(long session) {
        this.session = session;
    }

    Operations on(int number) {
        node = number;
        return this;
    }

    static long at(long millis) {
        return millis * MILLI;
    }

    UserOperation create(long at) {
        return make(OperationKind.CREATE, at, Outcome.OK, 0, 0, 0, 1000 + at);
    }

    UserOperation write(long at, long value) {
        return make(OperationKind.WRITE, at, Outcome.OK, 0, value, 0, 1000 + at);
    }

    UserOperation remove(long at) {
        return make(OperationKind.REMOVE, at, Outcome.OK, 0, 0, 0, 1000 + at);
    }

    UserOperation append(long at, long id) {
        return make(OperationKind.APPEND, at, Outcome.OK, 0, 0, 0, id);
    }

    UserOperation finalRead(long at, long value) {
        return make(OperationKind.READ, at, Outcome.OK, UserOperation.FINAL, value, 0, 1000 + at);
    }

    UserOperation finalList(long at, long... ids) {
        return make(OperationKind.READ_LIST, at, Outcome.OK, UserOperation.FINAL, 0, 0, 1000 + at, ids);
    }

    UserOperation finalGroup(long at, long... stamps) {
        return make(OperationKind.READ_GROUP, at, Outcome.OK, UserOperation.FINAL, 0, 0, 1000 + at, stamps);
    }

    UserOperation probe(long at) {
        return make(OperationKind.PROBE, at, Outcome.OK, 0, 0, 0, 1000 + at);
    }

    UserOperation finalProbe(long at) {
        return make(OperationKind.PROBE, at, Outcome.OK, UserOperation.FINAL, 0, 0, 1000 + at);
    }

    UserOperation absent(long at) {
        return make(OperationKind.PROBE, at, Outcome.OK, UserOperation.ABSENT, 0, 0, 1000 + at);
    }

    UserOperation of(OperationKind kind, long at, Outcome outcome) {
        return make(kind, at, outcome, 0, 0, 0, 1000 + at);
    }

    UserOperation attempt(OperationKind kind, long at, Outcome outcome, long request, int attempt) {
        UserOperation one = make(kind, at, outcome, 0, 0, 0, request);
        return new UserOperation(
                one.kind(),
                0,
                session,
                one.incarnation(),
                one.invoked(),
                one.returned(),
                0,
                0,
                request,
                1,
                node,
                1,
                0,
                attempt,
                outcome,
                0,
                one.payload());
    }

    static UserOperation ofIncarnation(UserOperation o, long incarnation) {
        return new UserOperation(
                o.kind(),
                0,
                o.session(),
                incarnation,
                o.invoked(),
                o.returned(),
                o.value(),
                o.second(),
                o.request(),
                o.process(),
                o.node(),
                o.attribute(),
                o.length(),
                o.attempt(),
                o.outcome(),
                o.flags(),
                o.payload());
    }

    /** Each takes one millisecond. */
    private UserOperation make(
            OperationKind kind,
            long at,
            Outcome outcome,
            int flags,
            long value,
            long second,
            long request,
            long... payload) {
        long returned = outcome == Outcome.INFO ? UserOperation.NEVER : at(at + 1);
        return new UserOperation(
                kind,
                0,
                session,
                NONCE,
                at(at),
                returned,
                value,
                second,
                request,
                1,
                node,
                1,
                payload.length,
                1,
                outcome,
                flags,
                payload);
    }
}
