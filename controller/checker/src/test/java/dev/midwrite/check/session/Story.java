package dev.midwrite.check.session;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.EffectEvidence;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Scope;
import dev.midwrite.check.Trial;
import dev.midwrite.check.judge.Checks;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One session told operation by operation; times are milliseconds and go on by themselves. */
public final class Story {
    public static final int SESSION = 0;
    public static final int REGISTER = 1;
    public static final int LIST = 3;
    public static final int COUNTER = 4;
    public static final int GROUP = 5;
    public static final int DOCUMENT = 6;
    public static final int OBJECT = 7;
    public static final int PRINCIPAL = 8;
    public static final long NONCE = 77;
    public static final long SETTLED = millis(1_000_000);
    private static final long[] NOTHING = {};

    private final List<UserOperation> operations = new ArrayList<>();
    private Profile profile = Profile.STRONG;
    private boolean idempotencyKeys;
    private long ttl;
    private Scope scope = Scope.CLUSTER;
    private long usersClockError;
    private long clockError;
    private EffectEvidence journaled = EffectEvidence.NOTHING;
    private int node = 1;
    private int process = 1;
    private long clock = 10;
    private long incarnation = NONCE;
    private long from;
    private long to;
    private boolean timed;
    private int attempt = 1;
    private long retried;

    /** A request that no test names has this id and more. */
    private static final long UNNAMED = 1_000_000;

    public static long millis(long millis) {
        return millis * 1_000_000;
    }

    public static Trial trial(Profile profile, boolean idempotencyKeys, long ttlNanos) {
        return Trial.of(profile)
                .nodes(List.of("unknown", "node-1", "node-2", "node-3"))
                .attributes(List.of(
                        "session",
                        "register a",
                        "register b",
                        "list",
                        "counter",
                        "group",
                        "document",
                        "object",
                        "principal"))
                .workloads(List.of("register", "list", "counter", "group", "document", "rotate", "logout"))
                .idempotencyKeys(idempotencyKeys)
                .ttlNanos(ttlNanos)
                .reaperGraceNanos(millis(1000))
                .healedAt(SETTLED)
                .settledAt(SETTLED)
                .build();
    }

    public Story profile(Profile next) {
        profile = next;
        return this;
    }

    public Story idempotencyKeys() {
        idempotencyKeys = true;
        return this;
    }

    /** Sessions live on the node that created them. */
    public Story onOneNode() {
        scope = Scope.NODE;
        return this;
    }

    public Story ttl(long millis) {
        ttl = millis(millis);
        return this;
    }

    /** Users ran on several hosts whose clocks differ by so many nanoseconds either way. */
    public Story usersClockError(long nanos) {
        usersClockError = nanos;
        return this;
    }

    /** Half-width of the interval between the users' clock and the worst node's, in nanoseconds. */
    public Story clockError(long nanos) {
        clockError = nanos;
        return this;
    }

    public Story journaled(EffectEvidence known) {
        journaled = known;
        return this;
    }

    public Story on(int number) {
        node = number;
        return this;
    }

    /** The next operation's times. */
    public Story at(long invoked, long returned) {
        from = invoked;
        to = returned;
        timed = true;
        process++;
        return this;
    }

    /** Whoever does the next operation. */
    public Story by(int number) {
        process = number;
        return this;
    }

    public Story incarnation(long nonce) {
        incarnation = nonce;
        return this;
    }

    public Story attempt(int number) {
        attempt = number;
        return this;
    }

    public Story settle() {
        clock = 1_000_000;
        process++;
        return this;
    }

    /** The next operation is another attempt of the request before. */
    public Story retry() {
        retried = operations.get(operations.size() - 1).request();
        return attempt(2);
    }

    /** The next operation is an attempt of this request. */
    public Story asking(long request) {
        retried = request;
        return attempt(2);
    }

    public Story create() {
        return ok(OperationKind.CREATE, SESSION, 0, 0, 0, 0, 0);
    }

    /** With a cookie that a browser would not send back, for this reason. */
    public Story create(int flaw) {
        return ok(OperationKind.CREATE, SESSION, 0, flaw, 0, 0, UserOperation.UNRETURNED);
    }

    /** With the id in addresses. */
    /** A step of a flow, which was answered with this status. */
    public Story step(int status, int flags) {
        return ok(OperationKind.STEP, SESSION, status, 0, 0, 0, flags);
    }

    public Story createInUrl() {
        return ok(OperationKind.CREATE, SESSION, 0, 0, 0, 0, UserOperation.IN_URL);
    }

    public Story write(long value) {
        return ok(OperationKind.WRITE, REGISTER, value, 0, value, 0, 0);
    }

    public Story read(long value) {
        return ok(OperationKind.READ, REGISTER, value, 0, 0, 0, 0);
    }

    public Story remove() {
        return ok(OperationKind.REMOVE, REGISTER, 0, 0, 0, 0, 0);
    }

    public Story mutate(long value) {
        return ok(OperationKind.MUTATE, OBJECT, value, 0, value, 0, 0);
    }

    public Story readMutated(long value) {
        return ok(OperationKind.READ_MUTATED, OBJECT, value, 0, 0, 0, 0);
    }

    public Story finalRead(long value) {
        return ok(OperationKind.READ, REGISTER, value, 0, 0, 0, UserOperation.FINAL);
    }

    /** An append whose reply shows these ids, its own last. */
    public Story append(long... ids) {
        return list(OperationKind.APPEND, ids[ids.length - 1], 0, ids);
    }

    /** It was taken, and the answer does not show what came of it. */
    public Story appendBlind(long id) {
        return ok(OperationKind.APPEND, LIST, 0, 0, id, 0, UserOperation.BLIND, new long[0]);
    }

    public Story readList(long... ids) {
        return list(OperationKind.READ_LIST, 0, 0, ids);
    }

    public Story finalList(long... ids) {
        return list(OperationKind.READ_LIST, 0, UserOperation.FINAL | UserOperation.WHOLE, ids);
    }

    private Story list(OperationKind kind, long request, int flags, long... ids) {
        long hash = 0;
        for (long id : ids) {
            hash = Mix.mix(hash, id);
        }
        long[] shown = (flags & UserOperation.WHOLE) != 0
                ? ids
                : Arrays.copyOfRange(ids, Math.max(0, ids.length - 8), ids.length);
        return ok(kind, LIST, 0, hash, request, ids.length, flags, shown);
    }

    public Story increment(long request, long reply) {
        return ok(OperationKind.INCREMENT, COUNTER, reply, 0, request, 0, 0);
    }

    public Story readCounter(long value) {
        return ok(OperationKind.READ_COUNTER, COUNTER, value, 0, 0, 0, 0);
    }

    public Story writeGroup(long stamp) {
        return ok(OperationKind.WRITE_GROUP, GROUP, stamp, 0, stamp, 0, 0);
    }

    public Story readGroup(long... stamps) {
        return ok(OperationKind.READ_GROUP, GROUP, 0, 0, 0, 0, 0, stamps);
    }

    public Story finalGroup(long... stamps) {
        return ok(OperationKind.READ_GROUP, GROUP, 0, 0, 0, 0, UserOperation.FINAL, stamps);
    }

    public Story update(long parent, long version) {
        return ok(OperationKind.UPDATE, DOCUMENT, version, parent, version, 0, 0);
    }

    public Story readDocument(long version, long parent) {
        return ok(OperationKind.READ_DOCUMENT, DOCUMENT, version, parent, 0, 0, 0);
    }

    public Story finalDocument(long version, long parent) {
        return ok(OperationKind.READ_DOCUMENT, DOCUMENT, version, parent, 0, 0, UserOperation.FINAL);
    }

    public Story probe() {
        return ok(OperationKind.PROBE, SESSION, 0, 0, 0, 0, 0);
    }

    public Story finalProbe() {
        return ok(OperationKind.PROBE, SESSION, 0, 0, 0, 0, UserOperation.FINAL);
    }

    public Story absent() {
        return ok(OperationKind.PROBE, SESSION, 0, 0, 0, 0, UserOperation.ABSENT);
    }

    public Story finalAbsent() {
        return ok(OperationKind.PROBE, SESSION, 0, 0, 0, 0, UserOperation.ABSENT | UserOperation.FINAL);
    }

    public Story rotate() {
        return ok(OperationKind.ROTATE_ID, SESSION, 0, 0, 0, 0, 0);
    }

    public Story logout() {
        return ok(OperationKind.INVALIDATE, SESSION, 0, 0, 0, 0, 0);
    }

    /** Ended, and another session made in its place. */
    public Story relogin() {
        return ok(OperationKind.RELOGIN, SESSION, 0, NONCE + 1, 0, 0, 0);
    }

    public Story oldId() {
        return ok(OperationKind.PROBE_OLD_ID, SESSION, 0, 0, 0, 0, 0);
    }

    public Story oldIdAbsent() {
        return ok(OperationKind.PROBE_OLD_ID, SESSION, 0, 0, 0, 0, UserOperation.ABSENT);
    }

    public Story finalOldId() {
        return ok(OperationKind.PROBE_OLD_ID, SESSION, 0, 0, 0, 0, UserOperation.FINAL);
    }

    public Story finalOldIdAbsent() {
        return ok(OperationKind.PROBE_OLD_ID, SESSION, 0, 0, 0, 0, UserOperation.ABSENT | UserOperation.FINAL);
    }

    public Story logIn(long name) {
        return ok(OperationKind.LOG_IN, PRINCIPAL, name, 0, 0, 0, 0);
    }

    public Story listed(long name, long... nonces) {
        return ok(OperationKind.LIST_SESSIONS, PRINCIPAL, name, 0, 0, nonces.length, UserOperation.WHOLE, nonces);
    }

    /** An application without such a list. */
    public Story listsNone(long name) {
        return ok(OperationKind.LIST_SESSIONS, PRINCIPAL, name, 0, 0, 0, 0);
    }

    public Story finallyListed(long name, long... nonces) {
        int flags = UserOperation.WHOLE | UserOperation.FINAL;
        return ok(OperationKind.LIST_SESSIONS, PRINCIPAL, name, 0, 0, nonces.length, flags, nonces);
    }

    public Story endOthers(long name, long... nonces) {
        return ok(OperationKind.END_OTHERS, PRINCIPAL, name, 0, 0, nonces.length, UserOperation.WHOLE, nonces);
    }

    /** A read of the list or the counter that found something else stored there. */
    public Story damaged(OperationKind read, int attribute) {
        return ok(read, attribute, 0, 0, 0, 0, UserOperation.GARBAGE);
    }

    public Story garbage() {
        return ok(OperationKind.READ, REGISTER, -1, 0, 0, 0, UserOperation.GARBAGE);
    }

    /** The operation before did not come back; its user goes on as another process. */
    public Story lostAnswer() {
        UserOperation o = operations.remove(operations.size() - 1);
        process++;
        boolean keeps = o.kind() == OperationKind.WRITE
                || o.kind() == OperationKind.WRITE_GROUP
                || o.kind() == OperationKind.MUTATE
                || o.kind() == OperationKind.UPDATE;
        return add(o, Outcome.INFO, UserOperation.NEVER, keeps ? o.value() : 0);
    }

    /** The operation before was answered with this HTTP status, and not by the application. */
    public Story failed(int status) {
        lostAnswer();
        UserOperation o = operations.remove(operations.size() - 1);
        operations.add(new UserOperation(
                o.kind(),
                o.seq(),
                o.session(),
                o.incarnation(),
                o.invoked(),
                o.returned(),
                o.value(),
                o.second(),
                o.request() == 0 ? UNNAMED + o.seq() : o.request(),
                o.process(),
                o.node(),
                o.attribute(),
                status,
                o.attempt(),
                o.outcome(),
                o.flags(),
                o.payload()));
        return this;
    }

    /** The operation before was rejected. */
    public Story rejected() {
        UserOperation o = operations.remove(operations.size() - 1);
        return add(o, Outcome.FAIL, o.returned(), o.value());
    }

    /** The same operation in another session. */
    public static UserOperation inSession(UserOperation o, long session) {
        return new UserOperation(
                o.kind(),
                o.seq(),
                session,
                o.incarnation(),
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

    private Story add(UserOperation o, Outcome outcome, long returned, long value) {
        operations.add(new UserOperation(
                o.kind(),
                o.seq(),
                o.session(),
                o.incarnation(),
                o.invoked(),
                returned,
                value,
                0,
                o.request(),
                o.process(),
                o.node(),
                o.attribute(),
                0,
                o.attempt(),
                outcome,
                o.flags(),
                NOTHING));
        return this;
    }

    private Story ok(
            OperationKind kind,
            int attribute,
            long value,
            long second,
            long request,
            int length,
            int flags,
            long... payload) {
        if (!timed) {
            from = clock;
            to = clock + 1;
        }
        clock = Math.max(clock, to) + 1;
        timed = false;
        operations.add(new UserOperation(
                kind,
                operations.size(),
                1,
                (flags & UserOperation.ABSENT) != 0 ? 0 : incarnation,
                millis(from),
                millis(to),
                value,
                second,
                retried == 0 ? request : retried,
                process,
                node,
                attribute,
                length,
                attempt,
                Outcome.OK,
                flags,
                payload));
        retried = 0;
        return this;
    }

    public List<UserOperation> operations() {
        return List.copyOf(operations);
    }

    public Trial trial() {
        Trial told = trial(profile, idempotencyKeys, ttl);
        return told.but()
                .scope(scope)
                .clockErrorNanos(clockError)
                .usersClockErrorNanos(usersClockError)
                .journaled(journaled)
                .build();
    }

    /** What all checks say. */
    public Tally judged() {
        SessionChecker checker = new SessionChecker(Terms.of(trial()), Checks.ofSessions(), 50);
        checker.begin(1);
        operations.forEach(checker::accept);
        checker.finish();
        return checker.take();
    }

    /** Anomalies that no other explains. */
    public Set<Anomaly> anomalies() {
        Set<Anomaly> found = new TreeSet<>();
        judged().violations().forEach(violation -> found.add(violation.anomaly()));
        return found;
    }

    public long inconclusive(Property property) {
        return judged().of(property).inconclusive();
    }
}
