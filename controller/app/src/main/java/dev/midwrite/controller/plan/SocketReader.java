package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code users.sockets}. */
final class SocketReader {
    static final Set<String> KEYS =
            Set.of("path", "kind", "sessions", "send", "feed", "subscribe", "destination", "close", "within");
    static final Set<String> SEND_KEYS = Set.of("text", "every", "confirmed", "kept", "once");
    static final Set<String> KEPT_KEYS = Set.of("ask", "json");
    static final Set<String> FEED_KEYS = Set.of("number", "resume");
    static final Map<String, SocketSpec.Kind> KINDS = DrillFile.labels(SocketSpec.Kind.values());

    /** Where events have their number if a drill does not say. */
    static final Extraction EVENT_ID = new Extraction(Extraction.Source.HEADER, "id", "");

    static final Set<String> NUMBER_KEYS = Set.of("json", "regex");
    private static final int FIRST_CODE = 1000;
    private static final int LAST_CODE = 4999;

    private SocketReader() {}

    /** @param sessions that start at the beginning */
    static List<SocketSpec> read(Section users, int sessions) {
        return users.sections("sockets", "a socket", KEYS).stream()
                .map(section -> socket(section, sessions))
                .toList();
    }

    private static SocketSpec socket(Section section, int sessions) {
        section.need("path");
        SocketSpec.Kind kind = section.choice("kind", KINDS, SocketSpec.Kind.WEBSOCKET);
        boolean events = kind == SocketSpec.Kind.EVENTS;
        String path = section.text("path", "/");
        if (!path.startsWith("/")) {
            section.complain("path", "'path' must begin with /, not '" + path + "'");
        }
        if (events && (section.has("send") || section.has("close"))) {
            section.complain(
                    section.has("send") ? "send" : "close",
                    "'" + (section.has("send") ? "send" : "close")
                            + "' is for WebSockets: events come from the service alone, and their end has no code");
        }
        Optional<SocketSpec.Send> send =
                section.has("send") ? Optional.of(send(section.section("send", SEND_KEYS))) : Optional.empty();
        Optional<SocketSpec.Feed> feed = section.has("feed")
                ? Optional.of(feed(section.section("feed", FEED_KEYS), events))
                : events ? Optional.of(new SocketSpec.Feed(EVENT_ID, "")) : Optional.empty();
        return new SocketSpec(
                kind,
                path,
                (int) section.whole("sessions", sessions, 1, UsersReader.MOST_SESSIONS),
                send,
                feed,
                stomp(section, kind, send.isPresent()),
                section.has("close") ? (int) section.whole("close", 0, FIRST_CODE, LAST_CODE) : 0,
                section.duration("within", Duration.ofSeconds(5)));
    }

    private static Optional<SocketSpec.Stomp> stomp(Section section, SocketSpec.Kind kind, boolean sends) {
        if (kind != SocketSpec.Kind.STOMP) {
            for (String key : List.of("subscribe", "destination")) {
                if (section.has(key)) {
                    section.complain(key, "'" + key + "' is for 'kind: stomp'");
                }
            }
            return Optional.empty();
        }
        section.need("subscribe");
        if (sends) {
            section.need("destination");
        }
        return Optional.of(
                new SocketSpec.Stomp(section.words("subscribe", List.of()), section.text("destination", "")));
    }

    private static SocketSpec.Send send(Section section) {
        section.need("text", "confirmed");
        String text = section.text("text", "");
        if (section.has("text") && !text.contains("{number}")) {
            section.complain("text", "'text' must carry {number}: without it messages cannot be told apart");
        }
        Duration every = section.duration("every", Duration.ofMillis(500));
        if (every.isZero()) {
            section.complain("every", "'every' must be more than 0s");
        }
        return new SocketSpec.Send(
                text,
                every,
                number(section, "confirmed"),
                section.has("kept") ? Optional.of(kept(section.section("kept", KEPT_KEYS))) : Optional.empty(),
                section.flag("once"));
    }

    private static SocketSpec.Kept kept(Section section) {
        section.need("ask", "json");
        return new SocketSpec.Kept(
                section.text("ask", ""),
                section.has("json") ? FlowStepReader.extraction(section) : FlowStepReader.NOWHERE);
    }

    private static SocketSpec.Feed feed(Section section, boolean events) {
        if (!events) {
            section.need("number");
        }
        String resume = section.text("resume", "");
        if (!resume.isEmpty() && !resume.contains("{last}")) {
            section.complain("resume", "'resume' must carry {last}, the number of the last message that came");
        }
        return new SocketSpec.Feed(section.has("number") ? number(section, "number") : EVENT_ID, resume);
    }

    private static Extraction number(Section section, String key) {
        return section.has(key) ? FlowStepReader.extraction(section.section(key, NUMBER_KEYS)) : FlowStepReader.NOWHERE;
    }
}
