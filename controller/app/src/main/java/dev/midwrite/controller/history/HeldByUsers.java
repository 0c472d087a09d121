package dev.midwrite.controller.history;

import dev.midwrite.check.HeldSessions;
import dev.midwrite.check.Scope;
import dev.midwrite.check.Trial;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Which sessions users held when the store was read, and under which ids the nodes' journals know them. Pure.
 *
 * @param ttlNanos as in {@link RunFacts}
 * @param readAt when the audit had read the store, on the users' clock
 */
record HeldByUsers(long ttlNanos, long readAt) {
    /** What a time to live may be off by, from rounding to seconds and from clocks: then a session is not expected. */
    private static final long MARGIN = TimeUnit.SECONDS.toNanos(2);

    static HeldSessions of(RunFacts facts, List<UserOperation> operations, JournalIndex journals) {
        return facts.store().audited()
                ? new HeldByUsers(facts.promise().ttlNanos(), facts.store().readAt())
                        .of(
                                operations,
                                journals::sessionsOf,
                                elsewhere(facts.promise().scope(), journals))
                : HeldSessions.NONE;
    }

    /** @param ids keyed hashes of the ids of the sessions that a request used */
    HeldSessions of(List<UserOperation> operations, LongFunction<Set<Long>> ids, String elsewhere) {
        Map<Long, UserOperation> reads = new HashMap<>();
        operations.stream()
                .filter(this::holds)
                .forEach(read -> reads.merge(read.session(), read, (a, b) -> a.invoked() > b.invoked() ? a : b));
        Map<Long, Long> touched = new HashMap<>();
        reads.values()
                .forEach(read ->
                        ids.apply(read.request()).forEach(idHash -> touched.merge(idHash, read.invoked(), Math::max)));
        return new HeldSessions(reads.size(), Map.copyOf(touched), elsewhere);
    }

    private boolean holds(UserOperation read) {
        return read.is(UserOperation.FINAL)
                && read.outcome() == Outcome.OK
                && !read.is(UserOperation.ABSENT)
                // Under an id that the user has no more; whether it is alive is not about this user's session.
                && !read.kind().triesOldId()
                && !mayBeOver(read);
    }

    private boolean mayBeOver(UserOperation read) {
        return ttlNanos != 0 && ttlNanos < Trial.NEVER && read.invoked() + ttlNanos - MARGIN <= readAt;
    }

    private static String elsewhere(Scope scope, JournalIndex journals) {
        if (scope == Scope.NODE) {
            return "Each node keeps its own sessions, as the drill says.";
        }
        if (journals.keptByNodes()) {
            return "The nodes keep sessions themselves, and send what changes to each other.";
        }
        return journals.savesNowhere() ? "The nodes save sessions without any command to a store that is watched." : "";
    }
}
