package dev.midwrite.controller.history;

import dev.midwrite.check.Replacement;
import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.SocketHistory;
import dev.midwrite.check.fleet.WebSocketCheck;
import dev.midwrite.check.fleet.WebSocketCheck.Close;
import dev.midwrite.check.fleet.WebSocketCheck.Delivery;
import dev.midwrite.check.fleet.WebSocketCheck.Stream;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.history.SocketFacts.Arrival;
import dev.midwrite.controller.history.SocketFacts.Connection;
import dev.midwrite.controller.history.SocketFacts.Conversation;
import dev.midwrite.controller.history.SocketFacts.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What can be judged of the users' sockets. Pure. */
final class SocketEvidence {
    /** The end of a process is seen at its sockets a little later than by whoever waits for it. */
    private static final long SEEN_LATER = TimeUnit.SECONDS.toNanos(1);

    private static final Set<String> ORDERLY = Set.of("stop", "restart");

    private SocketEvidence() {}

    /** A node that was asked to shut down in order, whether it had ended by itself when its time was over or was killed. */
    private record Shutdown(String node, long from, long to) {}

    /**
     * @param nodes names by number
     * @param actions injections and node actions
     * @param nodeEnds of nodes' processes
     * @param owed whose messages must be there in the end
     */
    static SocketHistory of(
            SocketFacts sockets,
            List<String> nodes,
            List<Replacement> replacements,
            List<FaultFacts> actions,
            List<Trial.NodeEnd> nodeEnds,
            OwedSessions owed) {
        List<Stream> streams = new ArrayList<>();
        List<Close> closes = new ArrayList<>();
        List<Shutdown> shutdowns = shutdowns(replacements, actions, nodeEnds);
        for (Conversation conversation : sockets.conversations()) {
            Socket socket = sockets.sockets().get(conversation.socket());
            if (socket.asks()
                    && !conversation.ended()
                    && conversation.confirmed() > 0
                    && owed.owed(conversation.session(), conversation.until())) {
                streams.add(sent(conversation, socket.once()));
            }
            if (socket.feeds()) {
                streams.addAll(fed(conversation, socket.resumes()));
            }
            if (socket.close() > 0) {
                conversation.connections().stream()
                        .filter(connection -> connection.closed() != SocketFacts.NEVER)
                        .forEach(connection -> closes.add(close(conversation, connection, socket, nodes, shutdowns)));
            }
        }
        return new SocketHistory(List.copyOf(streams), List.copyOf(closes));
    }

    private static List<Shutdown> shutdowns(
            List<Replacement> replacements, List<FaultFacts> actions, List<Trial.NodeEnd> nodeEnds) {
        List<Shutdown> shutdowns = new ArrayList<>();
        for (Replacement replacement : replacements) {
            long last = replacement.endedAt() + SEEN_LATER;
            boolean otherwise = nodeEnds.stream()
                    .anyMatch(end -> end.node().equals(replacement.node())
                            && end.by() != Trial.NodeEnd.By.ASKED
                            && end.at() >= replacement.removedAt()
                            && end.at() <= last);
            if (!otherwise) {
                shutdowns.add(new Shutdown(replacement.node(), replacement.terminatedAt(), last));
            }
        }
        for (FaultFacts action : actions) {
            if (ORDERLY.contains(action.name())) {
                nodeEnds.stream()
                        .filter(end -> end.node().equals(action.node())
                                && end.by() == Trial.NodeEnd.By.ASKED
                                && end.at() >= action.from()
                                && end.at() <= action.to())
                        .forEach(end ->
                                shutdowns.add(new Shutdown(action.node(), action.from(), end.at() + SEEN_LATER)));
            }
        }
        return shutdowns;
    }

    /** What the user's end sent. Numbers after the last one confirmed are owed by nobody. */
    private static Stream sent(Conversation conversation, boolean once) {
        List<Long> kept = once ? conversation.kept() : atLeastOnce(conversation);
        List<Delivery> delivered = kept.stream()
                .filter(number -> number > conversation.numbered() || number <= conversation.confirmed())
                .map(number -> new Delivery(number, conversation.keptAt()))
                .toList();
        boolean answered = conversation.keptAt() != SocketFacts.NEVER;
        return new Stream(
                conversation.session(),
                conversation.numbered(),
                conversation.confirmed(),
                answered ? conversation.keptAt() : WebSocketCheck.NEVER,
                answered ? conversation.keptAt() : conversation.until(),
                delivered);
    }

    /** Without the repetitions of what was sent again, and with it in its place: nobody promised how often and when it comes. */
    private static List<Long> atLeastOnce(Conversation conversation) {
        Set<Long> resent = new HashSet<>(conversation.resent());
        List<Long> again = conversation.kept().stream()
                .filter(resent::contains)
                .distinct()
                .sorted()
                .toList();
        List<Long> ordered = new ArrayList<>();
        int next = 0;
        for (long number : conversation.kept()) {
            if (!resent.contains(number)) {
                while (next < again.size() && again.get(next) < number) {
                    ordered.add(again.get(next++));
                }
                ordered.add(number);
            }
        }
        ordered.addAll(again.subList(next, again.size()));
        return ordered;
    }

    /** What the service's end sent: one stream if it goes on after a break where it had ended, else one by connection. */
    private static List<Stream> fed(Conversation conversation, boolean resumes) {
        if (resumes) {
            return conversation.feed().isEmpty() ? List.of() : List.of(fed(conversation, conversation.feed()));
        }
        return conversation.feed().stream()
                .collect(Collectors.groupingBy(Arrival::connection, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(arrivals -> fed(conversation, arrivals))
                .toList();
    }

    /** Numbers count from the first that came: what was before is nothing that this user had asked for. */
    private static Stream fed(Conversation conversation, List<Arrival> arrivals) {
        long first = arrivals.stream().mapToLong(Arrival::number).min().orElse(1);
        long highest = arrivals.stream().mapToLong(Arrival::number).max().orElse(1);
        return new Stream(
                conversation.session(),
                highest - first + 1,
                0,
                WebSocketCheck.NEVER,
                conversation.until(),
                arrivals.stream()
                        .map(arrival -> new Delivery(arrival.number() - first + 1, arrival.at()))
                        .toList());
    }

    private static Close close(
            Conversation conversation,
            Connection connection,
            Socket socket,
            List<String> nodes,
            List<Shutdown> shutdowns) {
        String node = nodes.get(connection.node());
        boolean draining = connection.code() > SocketFacts.NO_CODE
                && shutdowns.stream()
                        .anyMatch(shutdown -> shutdown.node().equals(node)
                                && connection.opened() < shutdown.from()
                                && connection.closed() >= shutdown.from()
                                && connection.closed() <= shutdown.to());
        return new Close(
                conversation.session(),
                connection.code(),
                socket.close(),
                connection.closed(),
                draining,
                WebSocketCheck.NEVER);
    }
}
