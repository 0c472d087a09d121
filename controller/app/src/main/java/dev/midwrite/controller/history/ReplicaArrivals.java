package dev.midwrite.controller.history;

import dev.midwrite.check.fleet.Arrival;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When what was sent arrived. Where a library gives each change an identity, both journals name it; else changes of one
 * session between two nodes keep their order, and are told apart by it if as many arrived as left.
 *
 * <p>That something never arrived is said only of a node that lost no record and has not started since: one that starts gets
 * the sessions in a way that no point sees.
 */
final class ReplicaArrivals {
    private final Map<Way, List<ReplicaMessage>> came = new HashMap<>();
    private final Map<Way, List<ReplicaMessage>> went = new HashMap<>();
    private final Map<String, List<JournalSpan>> spans = new HashMap<>();
    private final ReplicaAddresses addresses;

    /** Of one session, from one node to another. */
    private record Way(long session, String from, String to) {}

    ReplicaArrivals(List<ReplicaMessage> messages, List<JournalSpan> spans) {
        addresses = ReplicaAddresses.of(messages);
        spans.forEach(span -> this.spans
                .computeIfAbsent(span.node(), node -> new ArrayList<>())
                .add(span));
        for (ReplicaMessage message : messages) {
            Optional<String> other = addresses.node(message.peer());
            if (message.carries() && other.isPresent()) {
                Way way = message.sent()
                        ? new Way(message.session(), message.node(), other.get())
                        : new Way(message.session(), other.get(), message.node());
                (message.sent() ? went : came)
                        .computeIfAbsent(way, key -> new ArrayList<>())
                        .add(message);
            }
        }
    }

    /** Its address if nobody knows its name. */
    String replica(ReplicaMessage sent) {
        return addresses.node(sent.peer()).orElse(sent.peer());
    }

    /** When the other node had what is in this message. */
    Arrival of(ReplicaMessage sent) {
        Optional<String> to = addresses.node(sent.peer());
        if (to.isEmpty()) {
            return Arrival.openFrom(earliest(sent));
        }
        Way way = new Way(sent.session(), sent.node(), to.get());
        Arrival arrival = own(way, sent);
        if (arrival.latest() != Arrival.NEVER) {
            return arrival;
        }
        for (ReplicaMessage later : went.getOrDefault(way, List.of())) {
            if (later.whole() && later.incarnation() == sent.incarnation() && later.begun() > sent.begun()) {
                arrival = arrival.or(own(way, later));
            }
        }
        return arrival;
    }

    /** Injections that struck it where it came, or may have. */
    Set<Integer> struckAtArrival(ReplicaMessage sent) {
        Set<Integer> injections = new TreeSet<>();
        addresses.node(sent.peer()).ifPresent(to -> {
            List<ReplicaMessage> arrived =
                    alike(came.getOrDefault(new Way(sent.session(), sent.node(), to), List.of()), sent);
            if (sent.identity() != 0) {
                arrived.forEach(each -> injections.addAll(each.injections()));
            }
        });
        return injections;
    }

    private Arrival own(Way way, ReplicaMessage sent) {
        List<ReplicaMessage> alike = alike(went.getOrDefault(way, List.of()), sent);
        List<ReplicaMessage> arrived = alike(came.getOrDefault(way, List.of()), sent);
        if (sent.identity() == 0) {
            return inOrder(way, sent, alike, arrived);
        }
        List<ReplicaMessage> applied =
                arrived.stream().filter(ReplicaMessage::isDone).toList();
        if (applied.isEmpty()) {
            return absent(way.to(), sent);
        }
        Arrival found = applied.stream()
                .map(each -> Arrival.at(each.doneAt(), each.error()))
                .reduce(Arrival::either)
                .orElseThrow();
        // Twice the same name, and one of them did not come: nobody knows which.
        return alike.size() > applied.size()
                ? found.either(absent(way.to(), sent))
                : alike.size() > 1 ? found : first(applied);
    }

    private static Arrival first(List<ReplicaMessage> applied) {
        return applied.stream()
                .map(each -> Arrival.at(each.doneAt(), each.error()))
                .reduce(Arrival::or)
                .orElseThrow();
    }

    private Arrival inOrder(Way way, ReplicaMessage sent, List<ReplicaMessage> alike, List<ReplicaMessage> arrived) {
        if (!sent.isDone()) {
            return absent(way.to(), sent);
        }
        List<ReplicaMessage> left =
                alike.stream().filter(ReplicaMessage::isDone).toList();
        if (left.size() != arrived.size()) {
            return Arrival.openFrom(earliest(sent));
        }
        ReplicaMessage same = arrived.get(left.indexOf(sent));
        return same.isDone() ? Arrival.at(same.doneAt(), same.error()) : absent(way.to(), sent);
    }

    /** In the order of time; those of one journal are. */
    private static List<ReplicaMessage> alike(List<ReplicaMessage> messages, ReplicaMessage sent) {
        return messages.stream()
                .filter(each -> each.identity() == sent.identity())
                .sorted(Comparator.comparingLong(ReplicaMessage::begunAt))
                .toList();
    }

    private Arrival absent(String node, ReplicaMessage sent) {
        List<JournalSpan> starts = spans.getOrDefault(node, List.of());
        long from = earliest(sent);
        boolean sure = sent.error() != Long.MAX_VALUE
                && !starts.isEmpty()
                && starts.stream().allMatch(span -> span.complete() && span.from() <= from);
        return sure ? Arrival.NONE : Arrival.openFrom(from);
    }

    private static long earliest(ReplicaMessage sent) {
        return sent.error() == Long.MAX_VALUE ? Long.MIN_VALUE : sent.begunAt() - sent.error();
    }
}
