package dev.midwrite.controller.sockets;

import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.users.BrowserCookies;
import dev.midwrite.controller.users.FlowReply;
import java.util.List;
import java.util.stream.Stream;

/** What came, in the words of a drill's extractions. An event's id stands where an answer has a header {@code id}. */
final class Message {
    private static final BrowserCookies NONE = new BrowserCookies(false);
    private static final int OK = 200;

    private final FlowReply reply;

    Message(String text, String id) {
        this.reply = new FlowReply(OK, header -> header.equals("id") && !id.isEmpty() ? List.of(id) : List.of(), text);
    }

    /** All numbers that stand there; what is no number is none. */
    List<Long> numbers(Extraction where) {
        return reply.all(where, NONE).stream().flatMap(Message::number).toList();
    }

    private static Stream<Long> number(String text) {
        try {
            return Stream.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }

    /** Whether this place is there, though it may be an empty array. */
    boolean has(Extraction where) {
        return reply.has(where);
    }
}
