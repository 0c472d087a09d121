package dev.midwrite.controller.survey;

import dev.midwrite.controller.probe.ProbeConnection;
import dev.midwrite.controller.probe.ProbeReply;
import dev.midwrite.controller.users.ProbeRoot;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for a page in whose place the agent may answer: one that a servlet serves, and that users may see without a login.
 * It follows redirects, as to a login page, and what that page itself links to, because what a login page shows is shown
 * to everybody.
 */
final class PageSearch {
    /** Enough for a login page with its styles and pictures. */
    private static final int MOST = 30;

    private static final List<String> USUAL = List.of("/", "/login", "/index.html", "/health", "/actuator/health");
    private static final Pattern LINK = Pattern.compile("(?:href|src)\\s*=\\s*[\"']?(?<to>[^\"'\\s>#]+)");

    private final ProbeConnection connection;
    private final URI service;
    private final String secret;
    private final Set<String> asked = new HashSet<>();
    private final List<PageAnswer> answers = new ArrayList<>();
    private long requests;

    /** @param service such as {@code http://127.0.0.1:8081} */
    PageSearch(ProbeConnection connection, URI service, String secret) {
        this.connection = connection;
        this.service = service;
        this.secret = secret;
    }

    /**
     * The first page that will do.
     *
     * @param named the only page to be tried, if somebody named one
     * @param context the application's context path; empty for the root
     */
    Optional<String> find(Optional<String> named, String context) throws IOException, InterruptedException {
        Deque<String> waiting = new ArrayDeque<>();
        if (named.isPresent()) {
            waiting.add(named.get());
        } else {
            USUAL.forEach(page -> waiting.add(context + page));
        }
        while (!waiting.isEmpty() && answers.size() < MOST) {
            String path = waiting.remove();
            if (!asked.add(path)) {
                continue;
            }
            ProbeReply reply = ask(path);
            boolean carried = reply.status() / 100 == 2 && reply.echoes(lastId());
            PageAnswer answer = PageAnswer.of(path, carried, reply);
            answers.add(answer);
            if (carried) {
                return Optional.of(path);
            }
            if (named.isEmpty()) {
                linked(path, reply, answer).forEach(waiting::addFirst);
            }
        }
        return Optional.empty();
    }

    /** In the order in which they were asked for. */
    List<PageAnswer> answers() {
        return List.copyOf(answers);
    }

    private ProbeReply ask(String path) throws IOException, InterruptedException {
        requests++;
        ProbeRoot root = new ProbeRoot(service.resolve(path), secret);
        return connection.ask("GET", root.uri(), lastId(), "", false, root.headers("GET", "/alive"));
    }

    private String lastId() {
        return HexFormat.of().toHexDigits(requests);
    }

    private List<String> linked(String path, ProbeReply reply, PageAnswer answer) {
        List<String> links = new ArrayList<>();
        if (answer.redirects()) {
            local(path, answer.location()).ifPresent(links::add);
        } else if (reply.status() == 200) {
            Matcher link = LINK.matcher(reply.body());
            while (link.find()) {
                local(path, link.group("to")).ifPresent(links::add);
            }
        }
        return links;
    }

    /** As a path of this service; empty if it leads elsewhere. */
    private Optional<String> local(String from, String link) {
        try {
            URI to = service.resolve(from).resolve(link);
            boolean here = service.getAuthority().equals(to.getAuthority());
            return here && to.getRawPath() != null && to.getRawPath().startsWith("/")
                    ? Optional.of(to.getRawPath())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
