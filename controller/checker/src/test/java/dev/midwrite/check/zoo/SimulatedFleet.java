package dev.midwrite.check.zoo;

import dev.midwrite.check.HeldSessions;
import dev.midwrite.check.Replacement;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoreIndexes.Dangling;
import dev.midwrite.check.StoreIndexes.Kind;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.check.Trial.NodeStore;
import dev.midwrite.check.Trial.OutOfMemory;
import dev.midwrite.check.fleet.AuditTrailCheck.Entry;
import dev.midwrite.check.fleet.AuditTrailCheck.Trail;
import dev.midwrite.check.fleet.BackpressureCheck.Sign;
import dev.midwrite.check.fleet.BackpressureCheck.Window;
import dev.midwrite.check.fleet.BackpressureCheck.Write;
import dev.midwrite.check.fleet.OwnershipCheck.Hold;
import dev.midwrite.check.fleet.ReplicationCheck.Replicated;
import dev.midwrite.check.fleet.WriteSave;
import dev.midwrite.check.fleet.WriteSave.Order;
import dev.midwrite.check.property.ReplicaDigest;
import dev.midwrite.check.property.ReplicaDigest.Item;
import dev.midwrite.event.CookieFlaw;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Two nodes under one session: what they journal of its acknowledged writes, with at most one bug. Without a bug the
 * records are valid by construction. One write takes place every ten milliseconds, whatever the users' clock says of it.
 */
final class SimulatedFleet {
    static final long MILLI = 1_000_000L;
    static final long ERROR = MILLI;
    static final long SETTLED = 1000;
    static final long BUDGET = 20 * MILLI;
    static final long TTL = 100_000 * MILLI;
    private static final long READ_AT = 50_000 * MILLI;
    private static final long STEP = 10 * MILLI;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int LEAST_WRITES = 8;

    final long session;
    /** Acknowledged writes, in the order of their versions. */
    final List<Long> writes;

    private final SplittableRandom random;
    private final FleetBug bug;
    /** The write that the bug strikes: never one of the first or last few. */
    private final int victim;

    SimulatedFleet(long seed, List<UserOperation> history, FleetBug bug) {
        this.session = history.get(0).session();
        this.random = new SplittableRandom(Mix.mix(seed, session));
        this.bug = bug;
        this.writes = history.stream()
                .filter(operation -> operation.outcome() == Outcome.OK)
                .filter(operation -> switch (operation.kind()) {
                    case WRITE, UPDATE, WRITE_GROUP -> true;
                    default -> false;
                })
                .map(UserOperation::value)
                .toList();
        this.victim = ready() ? 3 + random.nextInt(writes.size() - 6) : 0;
    }

    /** Whether the session wrote often enough for every bug to strike. */
    boolean ready() {
        return writes.size() >= LEAST_WRITES;
    }

    private boolean is(FleetBug other) {
        return bug == other;
    }

    private static long at(int write) {
        return (write + 1) * STEP;
    }

    /** A user who logs in, and looks at a page that needs the login twice. */
    List<UserOperation> visit() {
        return List.of(
                visited(OperationKind.CREATE, 1, 0),
                visited(OperationKind.STEP, 2, 0),
                visited(OperationKind.STEP, 3, is(FleetBug.USER_IS_FORGOTTEN) ? UserOperation.ABSENT : 0));
    }

    /** A user who looks at a page that needs the login, logs out, and asks for it once more with the cookies of before. */
    List<UserOperation> logout() {
        return List.of(
                visited(OperationKind.CREATE, 1, 0),
                visited(OperationKind.STEP, 2, 0),
                visited(OperationKind.LOG_OUT, 3, 0),
                visited(
                        OperationKind.PROBE_LOGGED_OUT,
                        4,
                        is(FleetBug.LOGOUT_ENDS_NOTHING) ? 0 : UserOperation.ABSENT));
    }

    private UserOperation visited(OperationKind kind, int at, int flags) {
        return new UserOperation(
                kind,
                0,
                session,
                session,
                at * STEP,
                at * STEP + MILLI,
                0,
                0,
                at,
                1,
                1,
                0,
                0,
                1,
                Outcome.OK,
                flags,
                new long[0]);
    }

    /** The first node owns the session up to the victim, then the second takes over. */
    List<Hold> holds() {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            (i < victim ? first : second).add(at(i));
        }
        long handover = at(victim) - STEP / 2;
        if (is(FleetBug.TWO_OWNERS_WRITE)) {
            // The second begins three writes early; the first goes on as if nothing had happened.
            handover = at(victim - 3) - STEP / 2;
            second.add(0, at(victim - 2));
        }
        long epoch = is(FleetBug.EPOCH_GIVEN_OUT_AGAIN) ? 1 : 2;
        return List.of(
                new Hold("node-1", 1, 0, at(victim) - STEP / 2, first),
                new Hold("node-2", epoch, handover, NEVER, second));
    }

    List<Replicated> replicated() {
        List<Replicated> replicated = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            boolean first = random.nextBoolean();
            long applied = at(i) + (first ? -1 : 1) * random.nextLong(MILLI, 10 * MILLI);
            if (i == victim && (is(FleetBug.REPLICATION_LAGS) || is(FleetBug.REPLICATION_FORGETS))) {
                first = false;
                applied = is(FleetBug.REPLICATION_LAGS) ? at(i) + BUDGET + ERROR + 1 : NEVER;
            }
            replicated.add(new Replicated(session, "steady", "node-2", at(i), applied, first));
        }
        return replicated;
    }

    private boolean goesOnAlone() {
        return is(FleetBug.ACKNOWLEDGES_ALONE_IN_SILENCE) || is(FleetBug.SIGN_COMES_TOO_LATE);
    }

    /** The second node is out of reach from a moment before the first write until after the last one. */
    Window window() {
        long end = at(writes.size());
        List<Sign> signs = new ArrayList<>();
        if (is(FleetBug.SIGN_COMES_TOO_LATE)) {
            long late = end + 1000 * MILLI + ERROR;
            signs.add(new Sign(late, late));
        } else if (!goesOnAlone()) {
            signs.add(new Sign(0, end));
        }
        return new Window(0, end, end, MILLI, ERROR, signs);
    }

    /** A sound node refuses, waits, or says that it goes on alone. */
    List<Write> duringTheFault() {
        List<Write> during = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            long invoked = at(i);
            int way = goesOnAlone() ? (i == victim ? 2 : 0) : random.nextInt(3);
            during.add(
                    switch (way) {
                        case 0 -> new Write(session, invoked, invoked + MILLI, Outcome.FAIL, true, false, NEVER);
                        case 1 ->
                            new Write(session, invoked, invoked + 9 * MILLI, Outcome.OK, false, true, invoked + MILLI);
                        default ->
                            new Write(
                                    session,
                                    invoked,
                                    invoked + MILLI,
                                    Outcome.OK,
                                    false,
                                    false,
                                    at(writes.size()) + STEP);
                    });
        }
        return during;
    }

    /** Both nodes write down every write, each by its own clocks. */
    List<Trail> trails() {
        List<Trail> trails = new ArrayList<>();
        for (int node = 1; node <= 2; node++) {
            List<Entry> entries = new ArrayList<>();
            long offset = random.nextLong(ERROR / 2);
            for (int i = 0; i < writes.size(); i++) {
                long wall = at(i) + offset;
                if (is(FleetBug.CLOCK_IS_SET) && node == 1 && i >= victim) {
                    wall += 60 * MILLI;
                } else if (is(FleetBug.TRAIL_CONTRADICTS_VERSIONS) && i == victim) {
                    wall -= STEP + 2 * ERROR;
                }
                boolean left =
                        i == victim && (is(FleetBug.TRAIL_MISSES_A_WRITE) || (is(FleetBug.TRAILS_DIFFER) && node == 2));
                for (int times = is(FleetBug.TRAIL_REPEATS_A_WRITE) && node == 1 && i == victim ? 2 : 1;
                        times > 0 && !left;
                        times--) {
                    entries.add(new Entry(writes.get(i), wall, at(i)));
                }
            }
            trails.add(new Trail("node-" + node, true, entries));
        }
        return trails;
    }

    /** How both nodes saved what they acknowledged. */
    List<WriteSave> writeSaves() {
        List<WriteSave> saves = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            UserOperation operation = request(OperationKind.WRITE, 1, at(i), 0);
            boolean late = is(FleetBug.WRITES_AFTER_THE_ANSWER);
            boolean struck = i == victim && (late || is(FleetBug.SAVES_ON_ANOTHER_THREAD));
            Order order = struck ? Order.ANSWERED_FIRST : Order.SAVED_FIRST;
            if (i == victim && is(FleetBug.ACKNOWLEDGES_AND_NEVER_SAVES)) {
                order = Order.NEVER_SAVED;
            }
            saves.add(new WriteSave(
                    operation, "node-1", order, struck && late, struck ? MILLI : 0, struck && !late ? "saver" : ""));
        }
        return saves;
    }

    List<NodeEnd> ends() {
        NodeEnd asked = new NodeEnd("node-1", 100, 143, NodeEnd.By.ASKED, "");
        return is(FleetBug.NODE_ENDS_BY_ITSELF)
                ? List.of(asked, new NodeEnd("node-2", 200, 3, NodeEnd.By.ITSELF, "Its log ends: out of memory."))
                : List.of(asked);
    }

    List<OutOfMemory> outOfMemory() {
        return is(FleetBug.NODE_GOES_ON_WITHOUT_MEMORY)
                ? List.of(new OutOfMemory("node-2", 300, "Its log says so.", false))
                : List.of();
    }

    List<NodeStore> stores() {
        return List.of(
                new NodeStore("node-1", 300, 50, NodeStore.Kept.OUTSIDE),
                new NodeStore(
                        "node-2",
                        300,
                        50,
                        is(FleetBug.NODE_ASKS_NO_STORE) ? NodeStore.Kept.IN_MEMORY : NodeStore.Kept.OUTSIDE));
    }

    /** The first node is taken out at 100, asked to end at 130, and back at 200. */
    Replacement replacement() {
        return new Replacement("node-1", 100, 140, 130, 145, false, 200);
    }

    /** What is still routed to the first node is served; after that the second serves all. */
    List<UserOperation> duringTheRollout() {
        List<UserOperation> requests = new ArrayList<>();
        for (long at = 90; at < 210; at += 5) {
            boolean turned = at == 135 && is(FleetBug.ROLLOUT_TURNS_A_REQUEST_AWAY);
            boolean left = at == 135 && is(FleetBug.ROLLOUT_LEAVES_A_REQUEST);
            int node = at < 140 ? 1 : 2;
            requests.add(left ? unanswered(node, at) : request(OperationKind.READ, node, at, turned ? 503 : 0));
        }
        return requests;
    }

    StoreContents store() {
        List<Dangling> dangling =
                is(FleetBug.INDEX_KEEPS_THE_ENDED_SESSION) ? List.of(new Dangling(7, Kind.PRINCIPAL, true)) : List.of();
        return new StoreContents(
                true, List.of(), "", READ_AT, List.of(stored()), new StoreIndexes(1 + dangling.size(), dangling));
    }

    /** The user used it a moment before the audit. */
    HeldSessions held() {
        return new HeldSessions(1, Map.of(session, READ_AT - 5_000 * MILLI), "");
    }

    private StoredSession stored() {
        long left = random.nextLong(95_000, 100_000);
        long interval = 100;
        if (is(FleetBug.STORED_WITHOUT_TIME_TO_LIVE)) {
            left = Lifetime.NONE;
        } else if (is(FleetBug.STORED_TOO_LONG)) {
            left = 3_600_000;
            interval = 3_600;
        } else if (is(FleetBug.STORED_TOO_SHORT)) {
            left = 30_000;
            interval = Lifetime.UNREADABLE;
        } else if (is(FleetBug.STORED_AND_NOT_RENEWED)) {
            left = 40_000;
        }
        return new StoredSession(
                session,
                StoredSession.Layout.SPRING,
                new Lifetime(left, Lifetime.ABSENT, interval),
                List.of("creationTime"),
                is(FleetBug.STORED_WITHOUT_FIELDS) ? List.of("lastAccessedTime") : List.of(),
                "");
    }

    /** Whether the session lives until the end: only an ended one can be kept too long. */
    boolean live() {
        return !is(FleetBug.REPLICA_KEEPS_THE_ENDED_SESSION);
    }

    List<ReplicaDigest> digests() {
        long last = writes.size();
        List<Item> whole = List.of(new Item(1, writes.get(victim), 1), new Item(2, writes.get(0), last));
        ReplicaDigest first = new ReplicaDigest("node-1", session, whole);
        ReplicaDigest none = new ReplicaDigest("node-2", 0, List.of());
        if (bug == null) {
            return List.of(first, new ReplicaDigest("node-2", session, whole));
        }
        return List.of(
                first,
                switch (bug) {
                    case REPLICA_BEHIND -> replica(whole.get(0), new Item(2, writes.get(1), last - 2));
                    case REPLICA_IN_CONFLICT -> replica(whole.get(0), new Item(2, writes.get(1), last));
                    case REPLICA_MISSES_THE_SESSION, REPLICA_KEEPS_THE_ENDED_SESSION -> none;
                    default -> replica(whole.get(0), whole.get(1));
                });
    }

    private ReplicaDigest replica(Item... items) {
        return new ReplicaDigest("node-2", session, List.of(items));
    }

    /** Both nodes served the session, and both are asked again in the end; an error is never far while the fault lasts. */
    List<UserOperation> requests() {
        List<UserOperation> requests = new ArrayList<>();
        requests.add(request(OperationKind.READ, 1, 1, 0));
        requests.add(request(OperationKind.READ, 2, 2, 500));
        requests.add(request(OperationKind.READ, 2, 3, 0));
        boolean broken = is(FleetBug.NODE_CANNOT_READ_THE_SESSION);
        for (int attempt = 0; attempt < 3; attempt++) {
            requests.add(request(OperationKind.READ, 2, SETTLED + attempt, broken || attempt < 2 ? 500 : 0));
        }
        requests.add(request(OperationKind.READ, 1, SETTLED + 10, 0));
        return requests;
    }

    /** A login and the request after it, which finds the session if its cookie came back. */
    List<UserOperation> login() {
        boolean away = is(FleetBug.COOKIE_STAYS_AWAY);
        int flags = away ? UserOperation.UNRETURNED : is(FleetBug.ID_STANDS_IN_URLS) ? UserOperation.IN_URL : 0;
        long flaw = away ? CookieFlaw.SECURE.code() : 0;
        return List.of(
                login(OperationKind.CREATE, 1, flaw, flags),
                login(OperationKind.PROBE, 2, 0, away ? UserOperation.ABSENT : 0));
    }

    /**
     * Two sessions of one name, of which the second is ended in the end, and one of another: each is listed by the first
     * before and after.
     */
    List<List<UserOperation>> loggedIn() {
        List<UserOperation> first = new ArrayList<>();
        first.add(ofPrincipal(OperationKind.CREATE, 1, 1, 0));
        first.add(ofPrincipal(OperationKind.LOG_IN, 1, 3, 7));
        long others = is(FleetBug.LIST_OF_SESSIONS_SHOWS_SOMEBODY_ELSES) ? session + 2 : session + 1;
        first.add(
                is(FleetBug.LIST_OF_SESSIONS_MISSES_ONE)
                        ? ofPrincipal(OperationKind.LIST_SESSIONS, 1, 5, 7, session)
                        : ofPrincipal(OperationKind.LIST_SESSIONS, 1, 5, 7, session, session + 1, others));
        first.add(
                is(FleetBug.LIST_OF_SESSIONS_KEEPS_THE_ENDED)
                        ? ofPrincipal(OperationKind.LIST_SESSIONS, 1, 9, 7, session, session + 1)
                        : ofPrincipal(OperationKind.LIST_SESSIONS, 1, 9, 7, session));
        return List.of(
                first,
                List.of(
                        ofPrincipal(OperationKind.CREATE, 2, 2, 0),
                        ofPrincipal(OperationKind.LOG_IN, 2, 4, 7),
                        ofPrincipal(OperationKind.PROBE, 2, 6, 0),
                        ofPrincipal(OperationKind.INVALIDATE, 2, 7, 0)),
                List.of(ofPrincipal(OperationKind.CREATE, 3, 2, 0), ofPrincipal(OperationKind.LOG_IN, 3, 4, 8)));
    }

    /** @param number of the session, from 1; its nonce is {@link #session} and more */
    private UserOperation ofPrincipal(OperationKind kind, int number, long at, long name, long... listed) {
        return new UserOperation(
                kind,
                0,
                session + number - 1,
                session + number - 1,
                at * STEP,
                at * STEP + 1,
                name,
                0,
                at,
                number,
                1,
                0,
                listed.length,
                1,
                Outcome.OK,
                UserOperation.WHOLE,
                listed);
    }

    private UserOperation login(OperationKind kind, long at, long second, int flags) {
        long nonce = (flags & UserOperation.ABSENT) == 0 ? session : 0;
        return new UserOperation(
                kind, 0, session, nonce, at, at, 0, second, at, 1, 1, 0, 0, 1, Outcome.OK, flags, new long[0]);
    }

    private UserOperation request(OperationKind kind, int node, long at, int status) {
        boolean ok = status == 0;
        return new UserOperation(
                kind,
                0,
                session,
                ok ? session : 0,
                at,
                ok ? at : UserOperation.NEVER,
                0,
                0,
                0,
                1,
                node,
                0,
                status,
                1,
                ok ? Outcome.OK : Outcome.INFO,
                at < SETTLED ? 0 : UserOperation.FINAL,
                new long[0]);
    }

    private UserOperation unanswered(int node, long at) {
        return new UserOperation(
                OperationKind.READ,
                0,
                session,
                0,
                at,
                UserOperation.NEVER,
                0,
                0,
                0,
                1,
                node,
                0,
                0,
                1,
                Outcome.INFO,
                0,
                new long[0]);
    }

    /** The conversation that goes with the session: one message by write. */
    SimulatedSocket socket() {
        return new SimulatedSocket(session, writes.size(), victim, bug);
    }
}
