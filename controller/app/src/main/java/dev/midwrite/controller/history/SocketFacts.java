package dev.midwrite.controller.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What users' sockets sent, got and saw close; {@code sockets.json} of a bundle. Times are nanoseconds on the users' clock.
 *
 * @param format version of this file, {@link #FORMAT}
 * @param sockets in the order of the drill
 */
public record SocketFacts(int format, List<Socket> sockets, List<Conversation> conversations) {
    public static final int FORMAT = 1;
    /** Something that never came to pass. */
    public static final long NEVER = -1;
    /** Code of a connection whose end has none: the user closed it, or a stream of events was over. */
    public static final int NO_CODE = 0;
    /** Code of a connection that its user broke, because it confirmed nothing any more. */
    public static final int GIVEN_UP = -1;
    /** Code that a client reports of a WebSocket that broke without one; here of a stream of events that broke, too. */
    public static final int BROKEN = 1006;

    /** @throws IllegalArgumentException if a conversation is at no socket of these */
    public SocketFacts {
        sockets = List.copyOf(sockets);
        conversations = List.copyOf(conversations);
        for (Conversation conversation : conversations) {
            if (conversation.socket() < 0 || conversation.socket() >= sockets.size()) {
                throw new IllegalArgumentException("there is no socket " + conversation.socket());
            }
        }
    }

    /** A number that a connection's node has and no node of so many; empty if each is one of them. */
    Optional<Integer> unknownNode(int nodes) {
        return conversations.stream()
                .flatMap(conversation -> conversation.connections().stream())
                .map(Connection::node)
                .filter(node -> node < 0 || node >= nodes)
                .findFirst();
    }

    /**
     * What a drill holds one of its sockets to.
     *
     * @param sends whether the user's end sends messages, {@code asks} whether it then asks what the service has,
     *     {@code feeds} whether the service's end sends
     * @param once what was sent again must not be kept twice
     * @param resumes the service goes on after a break where it had ended
     * @param close code that it must be closed with when a node is stopped in order; 0 for any
     */
    public record Socket(
            String path, boolean sends, boolean asks, boolean feeds, boolean once, boolean resumes, int close) {}

    /**
     * All connections of one session at one socket.
     *
     * @param socket its index
     * @param ended its user had ended the session, so that nothing is owed to it any more
     * @param numbered how many messages the user's end has numbered, from 1
     * @param confirmed numbers up to this were confirmed, without a gap
     * @param resent numbers that were sent more than once
     * @param kept what the service had in the end, in its order; {@code keptAt} when it said so, {@link #NEVER} if it did not
     * @param feed what the service's end sent, in the order of its coming
     * @param rejected handshakes by status; 0 where there was none
     * @param until when its user stopped listening
     */
    public record Conversation(
            long session,
            int socket,
            boolean ended,
            long numbered,
            long confirmed,
            List<Long> resent,
            List<Long> kept,
            long keptAt,
            List<Arrival> feed,
            List<Connection> connections,
            Map<Integer, Long> rejected,
            long until) {

        public Conversation {
            resent = List.copyOf(resent);
            kept = List.copyOf(kept);
            feed = List.copyOf(feed);
            connections = List.copyOf(connections);
            rejected = Map.copyOf(rejected);
        }
    }

    /**
     * A message of the service's end.
     *
     * @param connection in which it came, from 0
     */
    public record Arrival(int connection, long number, long at) {}

    /**
     * @param node number of the node that it led to
     * @param closed {@link #NEVER} if it was open when its user stopped listening
     * @param code with which the service closed it, {@link #BROKEN} if it broke, {@link #NO_CODE} or {@link #GIVEN_UP}
     */
    public record Connection(int node, long opened, long closed, int code) {}
}
