package dev.midwrite.controller.survey;

import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.audit.FleetMaps;
import dev.midwrite.controller.audit.GridAudit;
import dev.midwrite.controller.audit.NodeMaps;
import dev.midwrite.controller.audit.SessionLocations;
import dev.midwrite.controller.audit.StoreAudit;
import dev.midwrite.controller.probe.ProbeConnection;
import dev.midwrite.controller.probe.ProbeReply;
import dev.midwrite.controller.probe.SessionHeader;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.users.BrowserCookies;
import dev.midwrite.controller.users.ProbeRoot;
import dev.midwrite.event.CarriedProbe;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.link.v1.Kept;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

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
    private final NodeMaps grid;
    private final ProbeConnection connection = new ProbeConnection(TIMEOUT);
    /** In which the service gives a session's id and takes it back; empty if a cookie holds it, as far as is known. */
    private String idHeader = "";

    private long requests;

    /**
     * What it showed.
     *
     * @param page in whose place the agent answers
     * @param pages what came of each page that was asked for
     * @param cookies of a new session, as they were set
     * @param idHeader the header that holds a session's id; empty if a cookie does
     * @param server what the service calls itself in answers; empty if it does not
     * @param stored what lay in the store while the sessions were there
     * @param idle how long before that look the last of them had been used, at most
     * @param maps of a data grid in which the sessions lay then
     */
    record Met(
            String page,
            List<PageAnswer> pages,
            List<String> cookies,
            String idHeader,
            String server,
            StoreContents stored,
            Duration idle,
            Set<String> maps) {}

    /** One user with the cookies of a session; {@code created} is the answer that made it. */
    private record Visitor(ProbeRoot page, BrowserCookies cookies, ProbeReply created) {}

    Encounter(String node, Fleet fleet, SessionLocations locations, StoreAudit audit) {
        this.node = node;
        this.fleet = fleet;
        this.locations = locations;
        this.audit = audit;
        this.grid = new FleetMaps(fleet);
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
            long used = 0;
            for (int i = 0; i < SESSIONS; i++) {
                used = System.nanoTime();
                visitors.add(begin(new ProbeRoot(service.resolve(page), secret)));
            }
            List<NodeMaps.Answer> maps = grid.look("");
            journaled();
            StoreContents stored = stored(maps);
            Duration idle = Duration.ofNanos(System.nanoTime() - used);
            record(true);
            for (Visitor visitor : visitors) {
                ask(visitor.page(), visitor.cookies(), "POST", "/logout");
            }
            ProbeReply first = visitors.get(0).created();
            return new Met(
                    page,
                    search.answers(),
                    first.cookies().stream().map(Encounter::withoutValue).toList(),
                    idHeader,
                    first.header("Server"),
                    stored,
                    idle,
                    familiar(maps));
        } catch (IOException e) {
            throw new Problem("The service does not answer any more: " + e.getMessage() + ".", e);
        }
    }

    private Visitor begin(ProbeRoot page) throws IOException, InterruptedException {
        BrowserCookies cookies = new BrowserCookies(false, idHeader);
        ProbeReply created = ask(page, cookies, "POST", "/create");
        if (!created.session()) {
            throw new Problem("The service keeps no sessions: it was asked for one, and there was none.");
        }
        if (!SessionHeader.isSame(ask(page, cookies.copy(), "GET", "/alive"), created) && idHeader.isEmpty()) {
            idHeader = SessionHeader.find(created, false, with -> ask(page, with, "GET", "/alive"))
                    .orElse("");
            cookies = new BrowserCookies(false, idHeader);
            cookies.receive(page.uri(), page.uri(), created.cookies());
            cookies.receiveId(created.headers()::allValues);
        }
        if (cookies.isEmpty()) {
            throw new Problem(
                    "The service makes a session and sets no cookie that a browser would send back, so no user can"
                            + " come back to it" + (created.cookies().isEmpty() ? "." : ": " + created.cookies()));
        }
        ask(page, cookies, "POST", "/register/a?value=" + ProbeValue.of(++requests));
        if (!SessionHeader.isSame(ask(page, cookies, "GET", "/register/a"), created)) {
            throw new Problem(
                    "A session that the service has just made is not there in the next request with its cookie.");
        }
        return new Visitor(page, cookies, created);
    }

    private ProbeReply ask(ProbeRoot page, BrowserCookies cookies, String method, String operation)
            throws IOException, InterruptedException {
        String request = HexFormat.of().toHexDigits(++requests);
        URI uri = page.uri(operation);
        Map<String, String> headers = new HashMap<>(cookies.idHeader());
        headers.putAll(page.headers(method, operation));
        ProbeReply reply = connection.ask(page.method(method), uri, request, cookies.header(uri), false, headers);
        if (reply.status() / 100 != 2 || !reply.echoes(request)) {
            throw new Problem("The service answers " + method + " " + operation.split("\\?", 2)[0] + ", carried by "
                    + uri.getPath() + ", with " + reply.status()
                    + (reply.firstLine().isEmpty() ? "." : ": " + reply.firstLine()));
        }
        cookies.receive(uri, uri, reply.cookies());
        cookies.receiveId(reply.headers()::allValues);
        return reply;
    }

    /** In a grid where sessions lie in one, else in the store that the service was given. */
    private StoreContents stored(List<NodeMaps.Answer> maps) {
        return familiar(maps).isEmpty()
                ? audit.read(locations.all(), System::nanoTime)
                : new GridAudit(name -> maps, Optional.empty(), true).read(List.of(), System::nanoTime);
    }

    private static Set<String> familiar(List<NodeMaps.Answer> maps) {
        return maps.stream()
                .flatMap(answer -> answer.kept().stream())
                .filter(Kept::getFamiliar)
                .map(Kept::getMap)
                .collect(Collectors.toCollection(TreeSet::new));
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
