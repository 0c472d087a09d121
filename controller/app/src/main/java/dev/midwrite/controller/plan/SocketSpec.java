package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A connection that sessions hold while users work, opened anew on another node when it ends.
 *
 * @param path below the node's address, with a query if there is one
 * @param sessions how many sessions hold one at a time
 * @param send what the user's end sends, if anything
 * @param feed what the service's end sends in numbers of its own, if anything
 * @param stomp what to subscribe to, if messages travel in STOMP's frames
 * @param close code with which a node must close it while it is replaced or stopped in order; 0 for any
 * @param within how long an answer may take: to a handshake, to a message that is to be confirmed, to the last question
 */
public record SocketSpec(
        Kind kind,
        String path,
        int sessions,
        Optional<Send> send,
        Optional<Feed> feed,
        Optional<Stomp> stomp,
        int close,
        Duration within) {

    /** How messages travel. */
    public enum Kind {
        /** RFC 6455. */
        WEBSOCKET,
        /** STOMP 1.2 over a WebSocket. */
        STOMP,
        /** Server-sent events: the service's end alone sends. */
        EVENTS
    }

    /**
     * Numbered from 1 in each conversation, and sent again after a break until they are confirmed.
     *
     * @param text with {@code {number}} in it
     * @param every how long between two
     * @param confirmed where a message names the number that it confirms
     * @param kept how to ask in the end what the service has; if there is no way, what was confirmed and lost is not seen
     * @param once a message that was sent again must not be kept twice
     */
    public record Send(String text, Duration every, Extraction confirmed, Optional<Kept> kept, boolean once) {}

    /**
     * @param ask a message
     * @param numbers a JSON pointer to the array of them in the answer, in the order in which they came
     */
    public record Kept(String ask, Extraction numbers) {}

    /**
     * @param number where a message has it; of an event without a body's number its id
     * @param resume is appended to the path after a break, with {@code {last}} in it; empty if the service does not resume
     */
    public record Feed(Extraction number, String resume) {}

    /**
     * @param subscribe destinations to listen to
     * @param destination where messages are sent to
     */
    public record Stomp(List<String> subscribe, String destination) {}
}
