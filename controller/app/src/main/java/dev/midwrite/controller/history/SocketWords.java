package dev.midwrite.controller.history;

import dev.midwrite.controller.history.SocketFacts.Connection;
import dev.midwrite.controller.history.SocketFacts.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The users' sockets in sentences. */
final class SocketWords {
    private static final double HALF = 0.5;

    private SocketWords() {}

    /** One or two sentences for each socket. */
    static List<String> of(SocketFacts facts) {
        return IntStream.range(0, facts.sockets().size())
                .mapToObj(socket -> words(facts.sockets().get(socket), at(facts, socket)))
                .toList();
    }

    private static String words(SocketFacts.Socket socket, List<Conversation> conversations) {
        List<Connection> connections = conversations.stream()
                .flatMap(conversation -> conversation.connections().stream())
                .toList();
        StringBuilder words = new StringBuilder("Socket " + socket.path() + ": "
                + count(conversations.size(), "conversation") + " over " + count(connections.size(), "connection"));
        if (socket.sends()) {
            long confirmed =
                    conversations.stream().mapToLong(Conversation::confirmed).sum();
            long sent = conversations.stream().mapToLong(Conversation::numbered).sum();
            words.append(", ").append(confirmed).append(" of ").append(sent).append(" messages confirmed");
        }
        if (socket.feeds()) {
            long fed =
                    conversations.stream().mapToLong(each -> each.feed().size()).sum();
            words.append(", ").append(count(fed, "message")).append(" of the service's");
        }
        words.append(closes(connections)).append(rejections(conversations)).append(".");
        List<Long> away =
                conversations.stream().flatMap(SocketWords::away).sorted().toList();
        if (!away.isEmpty()) {
            words.append(" After a break they were back after ")
                    .append(millis(away.get((int) (away.size() * HALF))))
                    .append(" (p50), ")
                    .append(millis(away.get(away.size() - 1)))
                    .append(" (longest).");
        }
        return words.toString();
    }

    private static String closes(List<Connection> connections) {
        Map<Integer, Long> codes = connections.stream()
                .filter(connection -> connection.closed() != SocketFacts.NEVER)
                .collect(Collectors.groupingBy(Connection::code, TreeMap::new, Collectors.counting()));
        return codes.entrySet().stream()
                .map(code -> ", " + code.getValue() + end(code.getKey()))
                .collect(Collectors.joining());
    }

    private static String end(int code) {
        return switch (code) {
            case SocketFacts.NO_CODE -> " ended in order";
            case SocketFacts.GIVEN_UP -> " given up for want of a confirmation";
            case SocketFacts.BROKEN -> " broken off (" + code + ")";
            default -> " closed with " + code;
        };
    }

    private static String rejections(List<Conversation> conversations) {
        return statuses(conversations).entrySet().stream()
                .map(each -> ", " + each.getValue() + " rejected "
                        + (each.getKey() == 0 ? "without an answer" : "with status " + each.getKey()))
                .collect(Collectors.joining());
    }

    private static Map<Integer, Long> statuses(List<Conversation> conversations) {
        Map<Integer, Long> statuses = new TreeMap<>();
        conversations.forEach(conversation ->
                conversation.rejected().forEach((status, count) -> statuses.merge(status, count, Long::sum)));
        return statuses;
    }

    /** How long it was without a connection, each time. */
    private static Stream<Long> away(Conversation conversation) {
        List<Connection> connections = conversation.connections();
        return IntStream.range(1, connections.size())
                .mapToObj(i ->
                        connections.get(i).opened() - connections.get(i - 1).closed());
    }

    /** Why what was asked of sockets was not tried, each a sentence. */
    static List<String> untested(SocketFacts facts) {
        List<String> untested = new ArrayList<>();
        for (int i = 0; i < facts.sockets().size(); i++) {
            SocketFacts.Socket socket = facts.sockets().get(i);
            List<Conversation> conversations = at(facts, i);
            if (conversations.stream().allMatch(each -> each.connections().isEmpty())) {
                untested.add("No connection to " + socket.path() + " was ever open" + rejections(conversations) + ".");
            } else if (socket.sends() && conversations.stream().allMatch(each -> each.confirmed() == 0)) {
                untested.add("No message to " + socket.path() + " was ever confirmed.");
            } else if (socket.feeds()
                    && conversations.stream().allMatch(each -> each.feed().isEmpty())) {
                untested.add("No numbered message came from " + socket.path() + ".");
            }
        }
        return untested;
    }

    private static List<Conversation> at(SocketFacts facts, int socket) {
        return facts.conversations().stream()
                .filter(conversation -> conversation.socket() == socket)
                .toList();
    }

    private static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }
}
