package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What became of sessions under a load of others: each answered attempt that the front saw is joined with what its node's
 * journal says of the session repository in that request. A session that a request made or found was there; one that a
 * repository was asked for and did not have was not. Pure.
 *
 * <p>Whatever may have ended a session is taken to have ended it: a change of id, an expiry, an end outside of all
 * requests, one in a request without an answer. Without the whole journals of all nodes nothing is said: the end may be
 * missing. Only repositories of Spring Session are heard, because what a container does with a session of its own
 * (swapping it out of the memory) is no end.
 */
final class ForeignSessions {
    /** Nobody lets sessions end sooner than this; if nobody says when they end, one is missed only until then. */
    private static final long SURELY_ALIVE = TimeUnit.MINUTES.toNanos(1);

    private static final String REPOSITORIES = "spring.";

    private final List<UserOperation> steps;
    private final JournalIndex journals;
    private final List<String> nodes;
    private final boolean ttlNamed;
    private final List<UserOperation> joined = new ArrayList<>();
    private final Map<Long, Long> touched = new HashMap<>();
    private final Set<Long> created = new HashSet<>();
    private final Set<Long> twice = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();
    private int numbers;

    private ForeignSessions(List<UserOperation> steps, JournalIndex journals, List<String> nodes, boolean ttlNamed) {
        this.steps = steps;
        this.journals = journals;
        this.nodes = nodes;
        this.ttlNamed = ttlNamed;
    }

    /**
     * The attempts, each under the session that its node's journal names, and what the journals say of these sessions.
     *
     * @param steps what the front saw
     * @param nodes names by number
     * @param ttlNamed the drill says when sessions end by themselves
     */
    static List<UserOperation> join(
            List<UserOperation> steps, JournalIndex journals, List<String> nodes, boolean ttlNamed) {
        return whole(steps, journals, nodes) ? new ForeignSessions(steps, journals, nodes, ttlNamed).join() : steps;
    }

    /** Whether the absence of a record from the journals proves that it did not happen. */
    static boolean whole(List<UserOperation> steps, JournalIndex journals, List<String> nodes) {
        Set<String> whole = new HashSet<>();
        for (JournalSpan span : journals.spans()) {
            if (!span.complete()) {
                return false;
            }
            whole.add(span.node());
        }
        return steps.stream()
                .filter(step -> step.outcome() == Outcome.OK)
                .allMatch(step -> whole.contains(NodeNames.of(step, nodes)));
    }

    private List<UserOperation> join() {
        Map<Long, List<UserOperation>> told = new HashMap<>();
        for (UserOperation step : steps) {
            Seen seen = seen(step);
            joined.add(
                    seen.session() == 0
                            ? step
                            : step.but().session(seen.session()).build());
            tell(step, seen, told);
        }
        journals.endings().forEach((session, at) -> {
            if (!ended.contains(session) && told.containsKey(session)) {
                told.get(session).add(mayHaveEnded(session, at));
            }
        });
        told.forEach((session, operations) -> {
            if (!twice.contains(session)) {
                joined.addAll(operations);
            }
        });
        return List.copyOf(joined);
    }

    /** What one request did to sessions, by the hashes of their ids. */
    private record Seen(Set<Long> made, Set<Long> found, Set<Long> absent, Set<Long> deleted, Map<Long, Long> renamed) {

        /** The one that it is about; 0 if it touched none. */
        long session() {
            return Stream.of(found, made, absent)
                    .flatMap(Set::stream)
                    .findFirst()
                    .map(session -> renamed.getOrDefault(session, session))
                    .orElse(0L);
        }
    }

    private Seen seen(UserOperation step) {
        Seen seen = new Seen(
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new HashMap<>());
        Set<Long> saved = new HashSet<>();
        String node = NodeNames.of(step, nodes);
        for (Entry entry : journals.ofRequest(step.request())) {
            if (!entry.node().equals(node) || !entry.point().startsWith(REPOSITORIES)) {
                continue;
            }
            long session = entry.event().session();
            if (Passage.made(entry)) {
                seen.made().add(session);
            } else if (Passage.beginsSave(entry)) {
                saved.add(session);
            } else if (Passage.loaded(entry)) {
                seen.found().add(session);
            } else if (Passage.missed(entry)) {
                seen.absent().add(session);
            } else if (Passage.deletes(entry)) {
                seen.deleted().add(session);
            } else if (Passage.renamed(entry)) {
                seen.renamed().put(session, entry.event().digest());
            }
        }
        // What was never to be saved is nobody's session.
        seen.made()
                .removeIf(session -> !saved.contains(session)
                        && !saved.contains(seen.renamed().getOrDefault(session, session)));
        seen.absent().removeAll(seen.found());
        return seen;
    }

    private void tell(UserOperation step, Seen seen, Map<Long, List<UserOperation>> told) {
        boolean answered = step.outcome() == Outcome.OK;
        seen.deleted()
                .forEach(session ->
                        tell(step, OperationKind.INVALIDATE, session, answered ? Outcome.OK : Outcome.INFO, 0, told));
        seen.renamed().forEach((old, renamed) -> {
            tell(step, OperationKind.INVALIDATE, old, Outcome.INFO, 0, told);
            if (answered && !seen.deleted().contains(renamed)) {
                begin(step, renamed, told);
            }
        });
        if (!answered) {
            return;
        }
        for (long session : seen.made()) {
            if (!seen.deleted().contains(session) && !seen.renamed().containsKey(session)) {
                begin(step, session, told);
            }
        }
        for (long session : seen.found()) {
            if (!seen.deleted().contains(session) && !seen.renamed().containsKey(session)) {
                if (created.contains(session) || ended.contains(session)) {
                    tell(step, OperationKind.PROBE, session, Outcome.OK, 0, told);
                } else {
                    // It was there before the front was.
                    begin(step, session, told);
                }
            }
        }
        for (long session : seen.absent()) {
            if (!ttlNamed && step.returned() - touched.getOrDefault(session, step.invoked()) > SURELY_ALIVE) {
                continue;
            }
            // An answer that gave another cookie in its place took it from its user for good.
            int lasting = step.second() == 0 ? 0 : UserOperation.FINAL;
            tell(step, OperationKind.PROBE, session, Outcome.OK, UserOperation.ABSENT | lasting, told);
        }
    }

    private void begin(UserOperation step, long session, Map<Long, List<UserOperation>> told) {
        if (!created.add(session)) {
            twice.add(session);
        }
        tell(step, OperationKind.CREATE, session, Outcome.OK, 0, told);
    }

    private void tell(
            UserOperation step,
            OperationKind kind,
            long session,
            Outcome outcome,
            int flags,
            Map<Long, List<UserOperation>> told) {
        if (kind == OperationKind.INVALIDATE) {
            ended.add(session);
        }
        boolean there = kind != OperationKind.INVALIDATE && (flags & UserOperation.ABSENT) == 0;
        if (there) {
            touched.merge(session, step.invoked(), Math::max);
        }
        told.computeIfAbsent(session, label -> new ArrayList<>())
                .add(UserOperation.of(kind, session)
                        .seq(number())
                        .incarnation(there ? session : 0)
                        .between(step.invoked(), outcome == Outcome.INFO ? UserOperation.NEVER : step.returned())
                        .request(step.request(), step.attempt())
                        .process(process())
                        .node(step.node())
                        .attribute(step.attribute())
                        .outcome(outcome)
                        .flags(flags | UserOperation.JOURNALED)
                        .build());
    }

    /** Not by a request that the front knows. */
    private UserOperation mayHaveEnded(long session, long at) {
        return UserOperation.of(OperationKind.INVALIDATE, session)
                .seq(number())
                .between(at, UserOperation.NEVER)
                .process(process())
                .outcome(Outcome.INFO)
                .flags(UserOperation.JOURNALED)
                .build();
    }

    private long number() {
        return steps.size() + (long) numbers++;
    }

    /** Each is one of its own: requests of one session meet. */
    private int process() {
        return -numbers;
    }
}
