package dev.midwrite.check.flat;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A valid history of registers: in each session four users read and write two attributes, operations overlap, one write
 * in twenty is indeterminate. Sessions are interleaved as in a real run.
 */
final class RegisterHistory {
    private static final int USERS = 4;
    private static final int ATTRIBUTES = 2;
    private static final long[] NOTHING = {};

    private final SplittableRandom random;
    private final long[] value;
    private final long[] free;
    private final int[] process;
    private int nextProcess = 1;
    private long nextValue = 1;

    private RegisterHistory(int sessions, long seed) {
        random = new SplittableRandom(seed);
        value = new long[sessions * ATTRIBUTES];
        free = new long[sessions * USERS];
        process = new int[sessions * USERS];
        for (int i = 0; i < process.length; i++) {
            process[i] = nextProcess++;
        }
    }

    /** Makes so many operations, in the order of their numbers. */
    static void generate(int operations, int sessions, long seed, Consumer<UserOperation> to) {
        RegisterHistory history = new RegisterHistory(sessions, seed);
        for (int i = 0; i < operations; i++) {
            to.accept(history.operation(i, sessions));
        }
    }

    /** Operations of a session take effect in the order in which they are made, at {@code effect}. */
    private UserOperation operation(int seq, int sessions) {
        int session = random.nextInt(sessions);
        long effect = 1_000L * (seq + 10);
        int user = session * USERS + random.nextInt(USERS);
        long invoked = Math.max(free[user] + 1, effect - random.nextInt(1_000 * sessions));
        if (invoked > effect) {
            // This user is still waiting for an answer; another one is not.
            user = session * USERS + least(session);
            invoked = Math.max(free[user] + 1, effect - random.nextInt(1_000 * sessions));
        }
        long returned = Math.max(invoked, effect) + random.nextInt(500);
        int attribute = random.nextInt(ATTRIBUTES);
        boolean write = random.nextInt(10) < 3;
        boolean info = write && random.nextInt(20) == 0;
        if (write && !(info && random.nextBoolean())) {
            value[session * ATTRIBUTES + attribute] = nextValue;
        }
        UserOperation operation = new UserOperation(
                write ? OperationKind.WRITE : OperationKind.READ,
                seq,
                session + 1,
                7,
                invoked,
                info ? UserOperation.NEVER : returned,
                write ? nextValue++ : value[session * ATTRIBUTES + attribute],
                0,
                seq + 1,
                process[user],
                1 + random.nextInt(3),
                attribute,
                0,
                1,
                info ? Outcome.INFO : Outcome.OK,
                0,
                NOTHING);
        free[user] = returned;
        if (info) {
            process[user] = nextProcess++;
        }
        return operation;
    }

    private int least(int session) {
        int least = 0;
        for (int i = 1; i < USERS; i++) {
            if (free[session * USERS + i] < free[session * USERS + least]) {
                least = i;
            }
        }
        return least;
    }
}
