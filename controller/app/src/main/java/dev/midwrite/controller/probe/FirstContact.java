package dev.midwrite.controller.probe;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.users.BrowserCookies;
import dev.midwrite.controller.users.ProbeRoot;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.UnreturnedCookie;
import dev.midwrite.event.ProbeValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The first requests of a run, on every node, before any user starts: what rejects the probe rejects it here, and is
 * reported with what came back. Its sessions carry no user's label, and are ended in the end. Decides nothing else: what
 * it sees of sessions becomes notes.
 *
 * <p>Used once, by one thread.
 */
public final class FirstContact {
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** A failing application may only be slow to warm up; one that still fails then will go on. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FirstContactSetting setting;
    private final ProbeConnection connection;
    private final LongSupplier nanos;
    private Map<String, String> headers = Map.of();
    private final Set<String> notes = new LinkedHashSet<>();
    private long requests;
    private boolean oneSessionEach;

    public FirstContact(FirstContactSetting setting) {
        this(setting, System::nanoTime);
    }

    FirstContact(FirstContactSetting setting, LongSupplier nanos) {
        this.setting = setting;
        this.connection = new ProbeConnection(setting.timeout());
        this.nanos = nanos;
    }

    /**
     * Blocks until every workload's requests were answered once by every node.
     *
     * @param nodes that are ready
     * @return sentences that a reader should know
     * @throws Problem what stands in the way, in one sentence
     */
    public List<String> make(List<Target> nodes) throws InterruptedException {
        if (!nodes.isEmpty()) {
            logInTwice(nodes.get(0), nodes.size());
        }
        for (Target node : nodes) {
            meet(node, nodes);
        }
        return List.copyOf(notes);
    }

    /** Whether a login by a name ends the session that the name has, or is rejected as long as it has one; known once all was made. */
    public boolean oneSessionEach() {
        return oneSessionEach;
    }

    private void meet(Target node, List<Target> nodes) throws InterruptedException {
        FlowContact user = visitor(node);
        user.arrive();
        headers = user.headers();
        if (setting.probe().place().none()) {
            user.use();
        } else {
            operate(node, nodes, user);
        }
        boolean another = setting.workloads().contains("relogin");
        if (setting.users().flow().logout().isPresent()) {
            logOut(node, another ? Optional.empty() : Optional.of(user));
        } else if (!another) {
            user.leave();
        }
    }

    /** @param user who has logged in; if there is none, one who does */
    private void logOut(Target node, Optional<FlowContact> user) throws InterruptedException {
        FlowContact leaver = user.orElseGet(() -> visitor(node));
        if (user.isEmpty()) {
            leaver.arrive();
        }
        notes.addAll(leaver.logOut());
        if (!setting.users().flow().after().isEmpty()) {
            FlowContact next = visitor(node);
            next.arrive();
            next.leave();
        }
    }

    private FlowContact visitor(Target node) {
        return new FlowContact(setting.users(), setting.credentials(), setting.readyTimeout(), connection, node);
    }

    /** Once: what a name may have is the application's rule, and no node's. */
    private void logInTwice(Target node, int nodes) throws InterruptedException {
        SharedNames names = new SharedNames(setting.users(), setting.credentials(), nodes);
        if (!names.named()) {
            return;
        }
        SecondLogin second = SecondLogin.of(() -> visitor(node), user -> isThere(node, user));
        if (second.keepsTheFirst()) {
            return;
        }
        if (names.shared()) {
            throw new Problem(names.sentence(second.rejection()));
        }
        oneSessionEach = true;
        notes.add(
                "The application lets a user have one session at a time: users do not log in anew while something about"
                        + " their session is in doubt, which would end it.");
    }

    private boolean isThere(Target node, FlowContact user) throws InterruptedException {
        headers = user.headers();
        try {
            return setting.probe().place().none()
                    ? user.isLetIn()
                    : ask(node, "GET", "/alive", user.cookies()).session();
        } catch (Problem e) {
            return false;
        }
    }

    private void operate(Target node, List<Target> nodes, FlowContact user) throws InterruptedException {
        BrowserCookies cookies = user.cookies();
        // A login made the session, and gave the cookie.
        boolean arrived = !setting.users().flow().before().isEmpty();
        ask(node, "GET", "/alive", cookies);
        ProbeReply created = ask(node, "POST", arrived ? "/create?keep=true" : "/create", cookies);
        if (!created.session()) {
            notes.add("Node " + node.name() + " answers POST /create, and says that there is no session.");
            return;
        }
        if (!arrived && created.cookies().isEmpty() && cookies.isEmpty()) {
            refuseOtherHeader(node, created);
            notes.add("Node " + node.name() + " makes a session and sets no cookie"
                    + (setting.users().sessionHeader().isEmpty()
                            ? ""
                            : ", nor the header " + setting.users().sessionHeader())
                    + ": no user can come back to it.");
            return;
        }
        ProbeReply alive = ask(node, "GET", "/alive", cookies);
        if (!arrived) {
            GivenCookies.of(created).oddities(alive).forEach(odd -> notes.add("Node " + node.name() + " " + odd + "."));
        }
        if (!SessionHeader.isSame(alive, created)) {
            refuseOtherHeader(node, created);
            notes.add("A session made on " + node.name() + " is not there in the next request on the same node.");
            return;
        }
        // After create: a probe that does not know keep=true has thrown away what the login had made.
        user.use();
        // Before the workloads, of which one ends this session and goes on in another.
        if (setting.everywhere()) {
            elsewhere(node, nodes, created, cookies);
        }
        for (String workload : setting.workloads()) {
            for (Exchange exchange : Exchange.of(workload)) {
                ProbeReply reply = ask(node, exchange.method(), exchange.path(ProbeValue.of(++requests)), cookies);
                if (exchange.path().equals(Exchange.LIST_SESSIONS)
                        && reply.json().path("sessions").isNull()) {
                    notes.add("Node " + node.name()
                            + " cannot list the sessions of a user's name, as its store has no index"
                            + " of names that the probe knows: workload principal logs in and nothing else, and the"
                            + " property principal is not observed.");
                }
            }
        }
        FlowSpec flow = setting.users().flow();
        if (flow.after().isEmpty() && flow.logout().isEmpty()) {
            ask(node, "POST", "/logout", cookies);
        }
    }

    private void elsewhere(Target home, List<Target> nodes, ProbeReply created, BrowserCookies cookies)
            throws InterruptedException {
        for (Target other : nodes) {
            if (other.number() == home.number()) {
                continue;
            }
            String which = "A session made on " + home.name();
            try {
                // What another node answers may set cookies, and must not end this session for its own node.
                if (!SessionHeader.isSame(ask(other, "GET", "/alive", cookies.copy()), created)) {
                    notes.add(which + " is not there on " + other.name()
                            + " right after; if sessions live on one node by design, say scope: node.");
                }
            } catch (Problem e) {
                // The probe answers there for sessions of its own, or is asked for them later: this is what users are
                // for.
                notes.add(which + " cannot be read on " + other.name() + " right after: " + e.getMessage());
            }
        }
    }

    /** Users who keep cookies alone would lose every session of a service that names its sessions in a header, and blame it. */
    private void refuseOtherHeader(Target node, ProbeReply created) throws InterruptedException {
        Optional<String> header;
        try {
            header = SessionHeader.find(
                    created, setting.tlsTerminated(), cookies -> ask(node, "GET", "/alive", cookies));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (header.isPresent()) {
            throw new Problem("Node " + node.name() + " gives a session's id in the header " + header.get()
                    + ", and takes it there, not in a cookie; say so in the block users, session-header: "
                    + header.get() + ", and users send it back.");
        }
    }

    /** Tries until the probe itself answers; then it has answered. */
    private ProbeReply ask(Target node, String method, String path, BrowserCookies cookies)
            throws InterruptedException {
        ProbeRoot probe = setting.probe().at(node.address());
        String asked = shown(method, path.split("\\?", 2)[0]);
        String request = HexFormat.of().toHexDigits(++requests);
        long began = nanos.getAsLong();
        while (true) {
            Obstacle obstacle;
            try {
                URI uri = probe.uri(path);
                Map<String, String> all = new HashMap<>(headers);
                all.putAll(cookies.idHeader());
                all.putAll(probe.headers(method, path));
                ProbeReply reply = connection.ask(
                        probe.method(method), uri, request, cookies.header(uri), setting.tlsTerminated(), all);
                obstacle = Obstacle.of(node.name(), asked, probe.carries(), request, reply)
                        .orElse(null);
                if (obstacle == null) {
                    keep(node, uri, cookies, reply);
                    return reply;
                }
            } catch (IOException e) {
                obstacle = Obstacle.silent(node.name(), asked, e);
            }
            if (nanos.getAsLong() - began >= limit(obstacle)) {
                throw new Problem(obstacle.sentence());
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private long limit(Obstacle obstacle) {
        long ready = setting.readyTimeout().toNanos();
        return switch (obstacle.passing()) {
            case NEVER -> 0;
            case SOON -> Math.min(ready, PATIENCE.toNanos());
            case LATE -> ready;
        };
    }

    private String shown(String method, String path) {
        String where = setting.probe().place().path();
        return setting.probe().place().carried()
                ? "GET " + where + ", which carries " + method + " " + path + ","
                : method + " " + where + path;
    }

    private void keep(Target node, URI uri, BrowserCookies cookies, ProbeReply reply) {
        cookies.receiveId(reply.headers()::allValues);
        for (UnreturnedCookie lost : cookies.receive(uri, uri, reply.cookies())) {
            notes.add("Node " + node.name() + " sets the cookie " + lost.name()
                    + ", which a browser does not send back because " + lost.reason() + ".");
        }
    }
}
