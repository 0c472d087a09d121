package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.OwnWorkload;
import dev.midwrite.event.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * What a session does next: the drill's workloads in turn, each reading or writing by chance. The chance is drawn from
 * seed and label alone, so the same seed plans the same for the same label. Used by one thread at a time.
 */
final class Script {
    /** Share of a register's turns that take its value away. */
    private static final double REMOVALS = 0.07;

    /** Shares of a principal's turns that log in once more, and that end the other sessions. */
    private static final double LOGINS = 0.05;

    private static final double ENDS_OF_OTHERS = 0.1;

    private final Turns turns;
    private final SplittableRandom random;
    private int turn;
    private boolean loggedIn;

    /** @param turns none means: only ask whether the session is alive */
    Script(Turns turns, long seed, long label) {
        this.turns = turns;
        this.random = new SplittableRandom(seed ^ label);
    }

    /**
     * What comes next; what may not be done now is a read, and a probe if that may not be done either.
     *
     * @param mayWrite whether the session may be changed
     * @param may whether this may be sent beside what is under way
     */
    Call next(boolean mayWrite, Predicate<Call> may) {
        if (turns.isEmpty()) {
            return Call.PROBE;
        }
        Step step = step(mayWrite);
        if (may.test(step.wanted())) {
            return step.wanted();
        }
        return may.test(step.instead()) ? step.instead() : Call.PROBE;
    }

    /** What a turn would do, and what it does if that is not to be. */
    private record Step(Call wanted, Call instead) {}

    private Step step(boolean mayWrite) {
        int place = turn++ % turns.size();
        // Both are drawn always: what a session may do must not shift what it does later.
        double chance = random.nextDouble();
        boolean second = random.nextBoolean();
        if (place >= turns.workloads().size()) {
            OwnCall.Turn own = turns.own().get(place - turns.workloads().size());
            double share = own.kind() == OwnWorkload.Kind.REGISTER ? 0.5 : 0.6;
            return new Step(mayWrite && chance < share ? own.write() : own.read(), own.read());
        }
        return switch (turns.workloads().get(place)) {
            case REGISTER -> {
                Attribute register = second ? Attribute.REGISTER_B : Attribute.REGISTER_A;
                OperationKind change = chance < REMOVALS ? OperationKind.REMOVE : OperationKind.WRITE;
                yield pick(mayWrite && chance < 0.5, change, OperationKind.READ, register);
            }
            case LIST -> pick(mayWrite && chance < 0.6, OperationKind.APPEND, OperationKind.READ_LIST, Attribute.LIST);
            case COUNTER ->
                pick(mayWrite && chance < 0.6, OperationKind.INCREMENT, OperationKind.READ_COUNTER, Attribute.COUNTER);
            case GROUP ->
                pick(mayWrite && chance < 0.5, OperationKind.WRITE_GROUP, OperationKind.READ_GROUP, Attribute.GROUP);
            case DOCUMENT ->
                pick(mayWrite && chance < 0.6, OperationKind.UPDATE, OperationKind.READ_DOCUMENT, Attribute.DOCUMENT);
            case ROTATE -> new Step(mayWrite && chance < 0.3 ? Call.ROTATE : Call.PROBE, Call.PROBE);
            case LOGOUT -> new Step(mayWrite && chance < 0.2 ? Call.LOGOUT : Call.PROBE, Call.PROBE);
            case LARGE ->
                pick(mayWrite && chance < 0.5, OperationKind.WRITE_GROUP, OperationKind.READ_GROUP, Attribute.LARGE);
            case RELOGIN -> new Step(mayWrite && chance < 0.2 ? Call.RELOGIN : Call.PROBE, Call.PROBE);
            case MUTATE ->
                pick(mayWrite && chance < 0.5, OperationKind.MUTATE, OperationKind.READ_MUTATED, Attribute.MUTATED);
            case DISPATCH -> {
                // One place decides which: a second draw would shift what other workloads do.
                int kinds = Attribute.DISPATCHED.size();
                Attribute register = Attribute.DISPATCHED.get((int) (chance * 2 * kinds) % kinds);
                yield pick(mayWrite && second, OperationKind.WRITE, OperationKind.READ, register);
            }
            case PRINCIPAL -> new Step(mayWrite ? ofPrincipal(chance) : Call.LIST_SESSIONS, Call.LIST_SESSIONS);
        };
    }

    private Call ofPrincipal(double chance) {
        if (!loggedIn || chance < LOGINS) {
            loggedIn = true;
            return Call.of(OperationKind.LOG_IN, Attribute.PRINCIPAL);
        }
        return chance > 1 - ENDS_OF_OTHERS ? Call.END_OTHERS : Call.LIST_SESSIONS;
    }

    /** All reads that show whatever the workloads left. */
    static List<Call> finalReads(Turns turns, boolean oldId) {
        List<Call> calls = new ArrayList<>();
        calls.add(Call.PROBE);
        turns.own().forEach(own -> calls.add(own.read()));
        for (Workload workload : turns.workloads()) {
            switch (workload) {
                case REGISTER -> {
                    calls.add(Call.of(OperationKind.READ, Attribute.REGISTER_A));
                    calls.add(Call.of(OperationKind.READ, Attribute.REGISTER_B));
                }
                case LIST -> calls.add(Call.of(OperationKind.READ_LIST, Attribute.LIST));
                case COUNTER -> calls.add(Call.of(OperationKind.READ_COUNTER, Attribute.COUNTER));
                case GROUP -> calls.add(Call.of(OperationKind.READ_GROUP, Attribute.GROUP));
                case DOCUMENT -> calls.add(Call.of(OperationKind.READ_DOCUMENT, Attribute.DOCUMENT));
                case MUTATE -> calls.add(Call.of(OperationKind.READ_MUTATED, Attribute.MUTATED));
                case DISPATCH ->
                    Attribute.DISPATCHED.forEach(register -> calls.add(Call.of(OperationKind.READ, register)));
                case LARGE -> calls.add(Call.of(OperationKind.READ_GROUP, Attribute.LARGE));
                case PRINCIPAL -> calls.add(Call.LIST_SESSIONS);
                case ROTATE, LOGOUT, RELOGIN -> {
                    // The probe shows it.
                }
            }
        }
        if (oldId) {
            calls.add(Call.PROBE_OLD_ID);
        }
        return calls.stream().map(Call::asFinal).toList();
    }

    private static Step pick(boolean write, OperationKind writing, OperationKind reading, Attribute attribute) {
        Call read = Call.of(reading, attribute);
        return new Step(write ? Call.of(writing, attribute) : read, read);
    }
}
