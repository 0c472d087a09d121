package dev.midwrite.controller.history;

import dev.midwrite.controller.history.AttributeValues.Read;
import dev.midwrite.controller.history.AttributeValues.Told;
import dev.midwrite.controller.history.AttributeValues.Written;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stood in sessions under a load of others, as writes and reads of registers: a request whose answer is an
 * acknowledgement has written what its node's journal says that it set and sent to the store, and has read what a repository loaded for it.
 * Both last as long as the request did by the front's clock, which is one clock. Pure.
 *
 * <p>A write whose acknowledgement is not certain may or may not have happened: one of a request that failed, that set the attribute
 * when the answer had begun, that met a change of the session's id, or that nobody knows. What was read when the session may have ended is
 * not told.
 */
final class ForeignValues {
    private final Map<Long, List<UserOperation>> attempts = new HashMap<>();
    private final Map<Long, Optional<FrontRequest>> requests = new HashMap<>();
    private final Map<Long, Map<Long, AttributeValues>> sessions = new LinkedHashMap<>();
    private final Map<Long, List<Optional<FrontRequest>>> renamings = new HashMap<>();
    private final JournalIndex journals;
    private final List<String> nodes;
    private final AttributeNames names;
    private final List<UserOperation> operations = new ArrayList<>();
    private final long firstNumber;
    private long undecided;
    private long reads;

    private ForeignValues(List<UserOperation> joined, JournalIndex journals, List<String> nodes, int attributes) {
        this.journals = journals;
        this.nodes = nodes;
        this.names = new AttributeNames(journals, attributes);
        this.firstNumber = joined.size();
        for (UserOperation each : joined) {
            if (each.kind() == OperationKind.STEP && each.outcome() != Outcome.FAIL && each.request() != 0) {
                attempts.computeIfAbsent(each.request(), request -> new ArrayList<>())
                        .add(each);
            }
        }
    }

    /**
     * What can be judged.
     *
     * @param attributes names by number, those that follow the ones that were there before
     * @param words what a reader should know of what cannot; empty for nothing
     */
    record Values(List<UserOperation> operations, List<String> attributes, List<String> words) {
        static final Values NONE = new Values(List.of(), List.of(), List.of());
    }

    /**
     * Nothing where no journal tells of contents.
     *
     * @param joined what the front saw
     * @param nodes names by number
     * @param attributes how many have a number
     */
    static Values of(List<UserOperation> joined, JournalIndex journals, List<String> nodes, int attributes) {
        if (journals.contents().records().isEmpty()) {
            return Values.NONE;
        }
        ForeignValues values = new ForeignValues(joined, journals, nodes, attributes);
        values.collect();
        values.tell();
        return new Values(List.copyOf(values.operations), values.names.all(), values.words());
    }

    private void collect() {
        SessionContents contents = journals.contents();
        for (Entry entry : contents.renamings()) {
            renamings
                    .computeIfAbsent(contents.first(entry.event().session()), first -> new ArrayList<>())
                    .add(requestOf(entry));
        }
        // First all names: what a load does not show was not there.
        for (Entry entry : contents.records()) {
            Map<Long, AttributeValues> attributes =
                    sessions.computeIfAbsent(contents.first(entry.event().session()), first -> new LinkedHashMap<>());
            digests(entry).keySet().forEach(name -> attributes.computeIfAbsent(name, AttributeValues::new));
        }
        for (Entry entry : contents.records()) {
            Map<Long, AttributeValues> attributes =
                    sessions.get(contents.first(entry.event().session()));
            Map<Long, Long> digests = digests(entry);
            FrontRequest by = requestOf(entry).orElse(null);
            if (entry.event().edge() == Edge.BEFORE) {
                digests.forEach((name, digest) -> attributes.get(name).sent(entry, by, digest));
            } else if (by == null || by.loads().contains(entry.event().scope())) {
                attributes.forEach((name, values) -> values.loaded(by, digests.getOrDefault(name, EventType.EMPTY)));
            }
        }
    }

    private static Map<Long, Long> digests(Entry entry) {
        Map<Long, Long> digests = ContentDigest.read(entry.event().payload());
        digests.remove(ContentDigest.UNREAD);
        return digests;
    }

    private Optional<FrontRequest> requestOf(Entry entry) {
        long request = entry.event().request();
        return requests.computeIfAbsent(
                        request, id -> FrontRequest.of(attempts.getOrDefault(id, List.of()), journals, nodes))
                .filter(served -> served.node().equals(entry.node()));
    }

    private void tell() {
        Map<Long, Long> ends = journals.contents().ends();
        Set<Long> unread = journals.contents().unread();
        sessions.forEach((session, attributes) -> {
            if (unread.contains(session)) {
                attributes.values().forEach(values -> untold(values.told()));
            } else if (!journals.contents().isForked(session)) {
                long end = ends.getOrDefault(session, Long.MAX_VALUE);
                attributes.forEach((name, values) -> tell(session, name, values.told(), end));
            }
        });
    }

    private void untold(Told told) {
        long all = told.reads().size() + told.undecided();
        reads += all;
        undecided += all;
    }

    private void tell(long session, long name, Told told, long end) {
        undecided += told.undecided();
        reads += told.reads().size() + told.undecided();
        int attribute = names.number(name);
        for (Written write : told.writes()) {
            operations.add(write(session, attribute, write, acknowledged(session, name, write)));
        }
        for (Read read : told.reads()) {
            if (read.by().step().returned() < end) {
                operations.add(operation(
                        OperationKind.READ,
                        session,
                        attribute,
                        read.by().step(),
                        value(name, read.digest()),
                        Outcome.OK));
            }
        }
    }

    private boolean acknowledged(long session, long name, Written write) {
        return write.by() != null
                && write.by().promises(name, write.command().event().seq())
                && renamings.getOrDefault(session, List.of()).stream()
                        .allMatch(rename -> rename.isPresent()
                                && (rename.get().request() == write.by().request()
                                        || !rename.get().overlaps(write.by())));
    }

    private UserOperation write(long session, int attribute, Written write, boolean acknowledged) {
        long value = write.kind() == OperationKind.REMOVE ? 0 : value(names.hash(attribute), write.digest());
        if (write.by() != null) {
            return operation(
                    write.kind(),
                    session,
                    attribute,
                    write.by().step(),
                    value,
                    acknowledged ? Outcome.OK : Outcome.INFO);
        }
        Entry command = write.command();
        long from = command.error() == Long.MAX_VALUE ? 0 : Math.max(0, command.at() - command.error());
        return UserOperation.of(write.kind(), session)
                .seq(number())
                .incarnation(session)
                .between(from, UserOperation.NEVER)
                .value(value)
                .process(process())
                .node(Math.max(0, nodes.indexOf(command.node())))
                .attribute(attribute)
                .outcome(Outcome.INFO)
                .flags(UserOperation.JOURNALED)
                .build();
    }

    private UserOperation operation(
            OperationKind kind, long session, int attribute, UserOperation step, long value, Outcome outcome) {
        return UserOperation.of(kind, session)
                .seq(number())
                .incarnation(session)
                .between(step.invoked(), outcome == Outcome.INFO ? UserOperation.NEVER : step.returned())
                .value(value)
                .request(step.request(), step.attempt())
                .process(process())
                .node(step.node())
                .attribute(attribute)
                .outcome(outcome)
                .flags(UserOperation.JOURNALED)
                .build();
    }

    /** The same for equal digests of one attribute, and for nothing else; 0 for nothing. */
    private static long value(long name, long digest) {
        return digest == EventType.EMPTY ? 0 : Mix.mix(name, digest);
    }

    private long number() {
        return firstNumber + operations.size();
    }

    /** Each is one of its own: requests of one session meet. */
    private int process() {
        return (int) -number() - 1;
    }

    private List<String> words() {
        return undecided == 0
                ? List.of()
                : List.of("Of " + reads + " values that requests loaded, " + undecided
                        + " cannot be told apart from others and are not judged: equal bytes may have been written twice, or"
                        + " by somebody who journals nothing, or in a way that the agent cannot read.");
    }
}
