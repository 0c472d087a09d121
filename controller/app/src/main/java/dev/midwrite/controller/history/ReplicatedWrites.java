package dev.midwrite.controller.history;

import dev.midwrite.check.fleet.Arrival;
import dev.midwrite.check.fleet.ReplicatedWrite;
import dev.midwrite.check.fleet.ReplicatedWrite.Copy;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * For each acknowledged write: to which nodes was it sent, and when did they have it? O(n log n).
 *
 * <p>What a node sends for a user's request names the request. Where another node owns the session and sends it on, the
 * session's id and the time between the request and its answer tell; if more than one change of the session falls into
 * that time, the bounds hold all of them.
 */
final class ReplicatedWrites {
    private final JournalIndex journals;
    private final List<String> nodes;
    private final ReplicaArrivals arrivals;
    private final Map<Long, List<ReplicaMessage>> byRequest = new HashMap<>();
    private final Map<Long, List<ReplicaMessage>> bySession = new HashMap<>();

    private ReplicatedWrites(JournalIndex journals, List<String> nodes, List<ReplicaMessage> messages) {
        this.journals = journals;
        this.nodes = nodes;
        this.arrivals = new ReplicaArrivals(messages, journals.spans());
        for (ReplicaMessage message : messages) {
            if (message.sent() && message.carries()) {
                (message.request() == 0 ? bySession : byRequest)
                        .computeIfAbsent(
                                message.request() == 0 ? message.session() : message.request(),
                                key -> new ArrayList<>())
                        .add(message);
            }
        }
    }

    /** @param nodes names by number */
    static List<ReplicatedWrite> of(List<UserOperation> operations, JournalIndex journals, List<String> nodes) {
        ReplicatedWrites writes = new ReplicatedWrites(journals, nodes, ReplicaMessage.of(journals.replicas()));
        return writes.byRequest.isEmpty() && writes.bySession.isEmpty()
                ? List.of()
                : operations.stream()
                        .filter(SessionPersistence::acknowledgedWrite)
                        .map(writes::of)
                        .flatMap(Optional::stream)
                        .toList();
    }

    private Optional<ReplicatedWrite> of(UserOperation operation) {
        String node = NodeNames.of(operation, nodes);
        List<ReplicaMessage> sent = sent(operation, node);
        if (sent.isEmpty()) {
            // Only where nothing is missing does that mean that it went to nobody.
            return journals.complete()
                    ? Optional.of(new ReplicatedWrite(operation, node, List.of()))
                    : Optional.empty();
        }
        OptionalLong answer = answer(operation, sent.get(0));
        Map<String, List<ReplicaMessage>> replicas = new TreeMap<>();
        sent.forEach(message -> replicas.computeIfAbsent(arrivals.replica(message), key -> new ArrayList<>())
                .add(message));
        List<Copy> copies = new ArrayList<>();
        replicas.forEach((replica, messages) -> copies.add(copy(replica, messages, answer)));
        return Optional.of(new ReplicatedWrite(operation, sent.get(0).node(), copies));
    }

    private List<ReplicaMessage> sent(UserOperation operation, String node) {
        List<ReplicaMessage> own = byRequest.getOrDefault(operation.request(), List.of()).stream()
                .filter(message -> message.node().equals(node))
                .toList();
        if (!own.isEmpty()) {
            return own;
        }
        List<ReplicaMessage> owners = new ArrayList<>();
        for (long session : journals.sessionsOf(operation.request())) {
            bySession.getOrDefault(session, List.of()).stream()
                    .filter(message -> within(message, operation))
                    .forEach(owners::add);
        }
        return owners;
    }

    private static boolean within(ReplicaMessage message, UserOperation operation) {
        return message.error() != Long.MAX_VALUE
                && message.begunAt() + message.error() >= operation.invoked()
                && message.begunAt() - message.error() <= operation.returned();
    }

    /** Where the answer begins in the journal of the node that also sent the write on; empty if it does not say. */
    private OptionalLong answer(UserOperation operation, ReplicaMessage sent) {
        return sent.request() == 0
                ? OptionalLong.empty()
                : journals.ofRequest(operation.request()).stream()
                        .filter(entry -> entry.incarnation() == sent.incarnation())
                        .filter(Passage::responseBegins)
                        .map(Entry::event)
                        .mapToLong(event -> event.seq())
                        .findFirst();
    }

    private Copy copy(String replica, List<ReplicaMessage> messages, OptionalLong answer) {
        Arrival arrival = null;
        boolean confirmed = answer.isPresent();
        Set<Integer> injections = new TreeSet<>();
        for (ReplicaMessage message : messages) {
            Arrival own = arrivals.of(message);
            arrival = arrival == null ? own : arrival.either(own);
            confirmed &= confirmed(message, own, answer);
            injections.addAll(message.injections());
            injections.addAll(arrivals.struckAtArrival(message));
        }
        return new Copy(replica, arrival, messages.get(0).asked(), confirmed, injections);
    }

    /** The sender asked for it, and went on before the answer; and the replica had it by then, as far as its journal tells. */
    private static boolean confirmed(ReplicaMessage message, Arrival arrival, OptionalLong answer) {
        return message.asked() == ReplicatedWrite.Asked.APPLIED
                && message.isDone()
                && !message.skipped()
                && answer.isPresent()
                && message.done() < answer.getAsLong()
                && (message.error() == Long.MAX_VALUE || arrival.earliest() <= message.doneAt() + message.error());
    }
}
