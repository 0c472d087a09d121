package dev.midwrite.controller.survey;

import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.audit.SessionLocations;
import dev.midwrite.controller.audit.StoreAudit;
import dev.midwrite.controller.probe.ProbeConnection;
import dev.midwrite.controller.probe.ProbeReply;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.users.BrowserCookies;
import dev.midwrite.controller.users.ProbeRoot;
import dev.midwrite.event.CarriedProbe;
import dev.midwrite.event.ProbeValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The requests of a look, to one node that records: they find a page, make a few sessions, write to them and end them.
 *
 * <p>Used once, by one thread.
 */
final class Encounter {
    /** What only one session has is taken for data of its user, not for the shape of a key. */
    private static final int SESSIONS = 3;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration JOURNAL = Duration.ofSeconds(10);

    private final String node;
    private final Fleet fleet;
    private final SessionLocations locations;
    private final StoreAudit audit;
    private final ProbeConnection connection = new ProbeConnection(TIMEOUT);
    private long requests;

    /**
     * What it showed.
     *
     * @param page in whose place the agent answers
     * @param pages what came of each page that was asked for
     * @param cookies of a new session, as they were set
     * @param server what the service calls itself in answers; empty if it does not
     * @param stored what lay in the store while the sessions were there
     */
    record Met(String page, List<PageAnswer> pages, List<String> cookies, String server, StoreContents stored) {}

    /** One user with the cookies of a session. */
    private record Visitor(ProbeRoot page, BrowserCookies cookies) {}

    Encounter(String node, Fleet fleet, SessionLocations locations, StoreAudit audit) {
        this.node = node;
        this.fleet = fleet;
        this.locations = locations;
        this.audit = audit;
    }

    /**
     * @param service such as {@code http://127.0.0.1:8081}
     * @param named the only page to be tried, if somebody named one
     * @param context the application's context path; empty for the root
     * @throws Problem if there is no page that will do, or no session
     */
    Met meet(URI service, Optional<String> named, String context) throws InterruptedException {
        String secret = CarriedProbe.secret(fleet.sessionKey());
        PageSearch search = new PageSearch(connection, service, secret);
        try {
            String page = search.find(named, context)
                    .orElseThrow(() -> new Problem(new Unreachable(known(), search.answers()).sentence()));
            List<Visitor> visitors = new ArrayList<>();
            ProbeReply first = null;
            for (int i = 0; i < SESSIONS; i++) {
                Visitor visitor = new Visitor(new ProbeRoot(service.resolve(page), secret), new BrowserCookies(false));
                visitors.add(visitor);
                ProbeReply created = begin(visitor);
                first = first == null ? created : first;
            }
            journaled();
            StoreContents stored = audit.read(locations.all(), System::nanoTime);
            record(true);
            for (Visitor visitor : visitors) {
                ask(visitor, "POST", "/logout");
            }
            return new Met(
                    page,
                    search.answers(),
                    first.cookies().stream().map(Encounter::withoutValue).toList(),
                    first.header("Server"),
                    stored);
        } catch (IOException e) {
            throw new Problem("The service does not answer any more: " + e.getMessage() + ".", e);
        }
    }

    private ProbeReply begin(Visitor visitor) throws IOException, InterruptedException {
        ProbeReply created = ask(visitor, "POST", "/create");
        if (!created.session()) {
            throw new Problem("The service keeps no sessions: it was asked for one, and there was none.");
        }
        if (visitor.cookies().isEmpty()) {
            throw new Problem(
                    "The service makes a session and sets no cookie that a browser would send back, so no user can"
                            + " come back to it" + (created.cookies().isEmpty() ? "." : ": " + created.cookies()));
        }
        ask(visitor, "POST", "/register/a?value=" + ProbeValue.of(++requests));
        ProbeReply read = ask(visitor, "GET", "/register/a");
        if (!read.session() || !read.text("incarnation").equals(created.text("incarnation"))) {
            throw new Problem(
                    "A session that the service has just made is not there in the next request with its cookie.");
        }
        return created;
    }

    private ProbeReply ask(Visitor visitor, String method, String operation) throws IOException, InterruptedException {
        String request = HexFormat.of().toHexDigits(++requests);
        URI uri = visitor.page().uri(operation);
        ProbeReply reply = connection.ask(
                visitor.page().method(method),
                uri,
                request,
                visitor.cookies().header(uri),
                false,
                visitor.page().headers(method, operation));
        if (reply.status() / 100 != 2 || !reply.echoes(request)) {
            throw new Problem("The service answers " + method + " " + operation.split("\\?", 2)[0] + ", carried by "
                    + uri.getPath() + ", with " + reply.status()
                    + (reply.firstLine().isEmpty() ? "." : ": " + reply.firstLine()));
        }
        visitor.cookies().receive(uri, uri, reply.cookies());
        return reply;
    }

    /** All that was journaled so far is known when recording has ended. */
    private void journaled() throws InterruptedException {
        record(false);
        fleet.journals().awaitComplete(node, known().incarnation(), JOURNAL);
    }

    private void record(boolean on) {
        try {
            fleet.record(node, on).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }

    private FleetNode known() {
        return fleet.node(node).orElseThrow(() -> new Problem("The service's agent has gone."));
    }

    private static String withoutValue(String setCookie) {
        return setCookie.replaceFirst("=[^;]*", "=…");
    }
}
