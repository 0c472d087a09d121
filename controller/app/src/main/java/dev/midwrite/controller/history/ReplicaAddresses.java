package dev.midwrite.controller.history;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which node listens at which address: the one that a node says a message came from is that of the node that sent it. The
 * other way round says nothing: what is sent to several members has one identity, and one of them may be silent.
 */
final class ReplicaAddresses {
    private final Map<String, Map<String, Integer>> votes = new HashMap<>();

    /** What makes two records one message; sessions alone do where a library has no identity. */
    private record Message(long session, long identity) {}

    private ReplicaAddresses() {}

    static ReplicaAddresses of(List<ReplicaMessage> messages) {
        ReplicaAddresses addresses = new ReplicaAddresses();
        Map<Message, Set<String>> senders = new HashMap<>();
        messages.stream()
                .filter(message -> message.sent() && message.carries())
                .forEach(sent -> senders.computeIfAbsent(message(sent), message -> new HashSet<>())
                        .add(sent.node()));
        for (ReplicaMessage each : messages) {
            Set<String> own = each.sent() || !each.carries() ? Set.of() : senders.getOrDefault(message(each), Set.of());
            if (own.size() == 1) {
                addresses
                        .votes
                        .computeIfAbsent(each.peer(), peer -> new HashMap<>())
                        .merge(own.iterator().next(), 1, Integer::sum);
            }
        }
        return addresses;
    }

    private static Message message(ReplicaMessage message) {
        return new Message(message.session(), message.identity());
    }

    /** Empty if it cannot be told. */
    Optional<String> node(String address) {
        Map<String, Integer> known = votes.getOrDefault(address, Map.of());
        return known.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                // One message that both journals name differently must not rename a node.
                .filter(most -> 2 * most.getValue()
                        > known.values().stream().mapToInt(Integer::intValue).sum())
                .map(Map.Entry::getKey);
    }
}
