package dev.midwrite.check.flat;

import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A valid history of all that users do: in each session four of them use two registers, a list, a counter, a group and a
 * document, and change the session's id. Operations overlap, one change in twenty is of unknown outcome. In the end each
 * session is read on two nodes, or, every fifth one, logged out. Sessions are interleaved as in a real run.
 */
final class MixedHistory {
    /** Nanoseconds; all that users did before has ended. */
    static final long SETTLED = 1L << 50;

    private static final int USERS = 4;
    private static final int LIST = 3;
    private static final int COUNTER = 4;
    private static final int GROUP = 5;
    private static final int DOCUMENT = 6;
    private static final int FINAL_READS = 12;
    private static final int LOGOUT = 2;
    /** A frame holds no longer list. */
    private static final int LONGEST_LIST = 100_000;

    private static final int SHOWN = 8;
    private static final long[] NOTHING = {};

    private final SplittableRandom random;
    private final Consumer<UserOperation> to;
    private final Session[] sessions;
    private int seq;
    private int nextProcess = 1;

    // The request at hand.
    private Session session;
    private int user;
    private long invoked;
    private long returned;
    private int node;
    private int flags;

    /** What the store holds, and when each user is free again. */
    private static final class Session {
        private final long label;
        private final long[] registers = new long[2];
        private final long[] free = new long[USERS];
        private final int[] process = new int[USERS];
        private long[] ids = new long[SHOWN];
        private int length;
        private long hash;
        private long counter;
        private long stamp;
        private long version;
        private long parent;

        private Session(long label) {
            this.label = label;
        }

        private void append(long id) {
            if (length == ids.length) {
                ids = Arrays.copyOf(ids, 2 * length);
            }
            ids[length++] = id;
            hash = Mix.mix(hash, id);
        }

        private void update(long next) {
            parent = version;
            version = next;
        }
    }

    private MixedHistory(int sessions, long seed, Consumer<UserOperation> to) {
        this.random = new SplittableRandom(seed);
        this.to = to;
        this.sessions = new Session[sessions];
        for (int i = 0; i < sessions; i++) {
            this.sessions[i] = new Session(i + 1);
            for (int user = 0; user < USERS; user++) {
                this.sessions[i].process[user] = nextProcess++;
            }
        }
    }

    /**
     * Makes so many operations, in the order of their numbers.
     *
     * @param operations at least thirteen for each session
     */
    static void generate(int operations, int sessions, long seed, Consumer<UserOperation> to) {
        MixedHistory history = new MixedHistory(sessions, seed, to);
        int last = operations;
        for (Session session : history.sessions) {
            history.session = session;
            history.create();
            last -= logsOut(session) ? LOGOUT : FINAL_READS;
        }
        if (last < sessions) {
            throw new IllegalArgumentException(operations + " operations are too few for " + sessions + " sessions");
        }
        while (history.seq < last) {
            history.session = history.sessions[history.random.nextInt(sessions)];
            history.step();
        }
        for (Session session : history.sessions) {
            history.session = session;
            history.end();
        }
    }

    private static boolean logsOut(Session session) {
        return session.label % 5 == 0;
    }

    private void create() {
        long effect = 1_000L * (seq + 10);
        ask(0, effect - 100, effect + 100, 1, 0);
        answer(OperationKind.CREATE, 0, 0, 0, 0, NOTHING);
        Arrays.fill(session.free, effect + 100);
    }

    /** Operations of a session take effect in the order in which they are made, at {@code effect}. */
    private void step() {
        long effect = 1_000L * (seq + 10);
        int next = random.nextInt(USERS);
        if (session.free[next] >= effect) {
            // This user is still waiting for an answer; another one is not.
            for (int other = 0; other < USERS; other++) {
                next = session.free[other] < session.free[next] ? other : next;
            }
        }
        long begin = Math.max(session.free[next] + 1, effect - random.nextInt(1_000 * sessions.length));
        ask(next, begin, Math.max(begin, effect) + random.nextInt(500), 1 + random.nextInt(3), 0);
        switch (random.nextInt(32)) {
            case 0, 1, 2, 3, 4 -> change(OperationKind.WRITE, 1 + random.nextInt(2));
            case 5, 6, 7 -> {
                if (session.length < LONGEST_LIST) {
                    change(OperationKind.APPEND, LIST);
                } else {
                    change(OperationKind.INCREMENT, COUNTER);
                }
            }
            case 8, 9, 10 -> change(OperationKind.INCREMENT, COUNTER);
            case 11, 12 -> change(OperationKind.WRITE_GROUP, GROUP);
            case 13, 14 -> change(OperationKind.UPDATE, DOCUMENT);
            case 15, 16 -> list(OperationKind.READ_LIST, 0);
            case 17, 18 -> counter(OperationKind.READ_COUNTER, 0);
            case 19, 20 -> group();
            case 21, 22 -> document(OperationKind.READ_DOCUMENT, 0);
            case 23 -> answer(OperationKind.PROBE, 0, 0, 0, 0, NOTHING);
            case 24 -> {
                if (random.nextBoolean()) {
                    answer(OperationKind.ROTATE_ID, 0, 0, 0, 0, NOTHING);
                } else {
                    flags = UserOperation.ABSENT;
                    answer(OperationKind.PROBE_OLD_ID, 0, 0, 0, 0, NOTHING);
                }
            }
            default -> register(1 + random.nextInt(2));
        }
    }

    /** Every change has an id, which is its value and its request. Of unknown outcome, it may happen or not. */
    private void change(OperationKind kind, int attribute) {
        long id = seq + 1L;
        boolean unknown = random.nextInt(20) == 0;
        if (!unknown || random.nextBoolean()) {
            switch (kind) {
                case WRITE -> session.registers[attribute - 1] = id;
                case APPEND -> session.append(id);
                case INCREMENT -> session.counter++;
                case WRITE_GROUP -> session.stamp = id;
                default -> session.update(id);
            }
        }
        if (unknown) {
            boolean repliesValue = kind == OperationKind.APPEND || kind == OperationKind.INCREMENT;
            make(Outcome.INFO, kind, attribute, repliesValue ? 0 : id, 0, id, NOTHING);
            session.process[user] = nextProcess++;
            return;
        }
        switch (kind) {
            case APPEND -> list(kind, id);
            case INCREMENT -> counter(kind, id);
            case UPDATE -> document(kind, id);
            default -> answer(kind, attribute, id, 0, id, NOTHING);
        }
    }

    private void register(int attribute) {
        answer(OperationKind.READ, attribute, session.registers[attribute - 1], 0, 0, NOTHING);
    }

    private void list(OperationKind kind, long id) {
        int from = (flags & UserOperation.WHOLE) != 0 ? 0 : Math.max(0, session.length - SHOWN);
        answer(kind, LIST, 0, session.hash, id, Arrays.copyOfRange(session.ids, from, session.length));
    }

    private void counter(OperationKind kind, long id) {
        answer(kind, COUNTER, session.counter, 0, id, NOTHING);
    }

    private void group() {
        long[] stamps = {session.stamp, session.stamp, session.stamp, session.stamp};
        answer(OperationKind.READ_GROUP, GROUP, 0, 0, 0, stamps);
    }

    private void document(OperationKind kind, long id) {
        answer(kind, DOCUMENT, session.version, session.parent, id, NOTHING);
    }

    private void end() {
        if (logsOut(session)) {
            askFinally(1, 0);
            answer(OperationKind.INVALIDATE, 0, 0, 0, 0, NOTHING);
            askFinally(1, UserOperation.ABSENT | UserOperation.FINAL);
            answer(OperationKind.PROBE_OLD_ID, 0, 0, 0, 0, NOTHING);
            return;
        }
        for (int asked = 1; asked <= 2; asked++) {
            askFinally(asked, UserOperation.FINAL);
            register(1);
            askFinally(asked, UserOperation.FINAL);
            register(2);
            askFinally(asked, UserOperation.FINAL | UserOperation.WHOLE);
            list(OperationKind.READ_LIST, 0);
            askFinally(asked, UserOperation.FINAL);
            counter(OperationKind.READ_COUNTER, 0);
            askFinally(asked, UserOperation.FINAL);
            group();
            askFinally(asked, UserOperation.FINAL);
            document(OperationKind.READ_DOCUMENT, 0);
        }
    }

    private void askFinally(int server, int what) {
        long begin = SETTLED + 1_000L * seq;
        ask(0, begin, begin + 500, server, what);
    }

    private void ask(int who, long begin, long end, int server, int what) {
        user = who;
        invoked = begin;
        returned = end;
        node = server;
        flags = what;
    }

    private void answer(OperationKind kind, int attribute, long value, long second, long request, long[] payload) {
        make(Outcome.OK, kind, attribute, value, second, request, payload);
    }

    private void make(
            Outcome outcome, OperationKind kind, int attribute, long value, long second, long request, long[] payload) {
        boolean known = outcome == Outcome.OK;
        to.accept(new UserOperation(
                kind,
                seq++,
                session.label,
                known && (flags & UserOperation.ABSENT) == 0 ? session.label : 0,
                invoked,
                known ? returned : UserOperation.NEVER,
                value,
                second,
                request,
                session.process[user],
                node,
                attribute,
                known && attribute == LIST ? session.length : 0,
                1,
                outcome,
                flags,
                payload));
        session.free[user] = returned;
    }
}
