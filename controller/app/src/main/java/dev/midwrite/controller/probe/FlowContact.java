package dev.midwrite.controller.probe;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.controller.plan.LogoutSpec;
import dev.midwrite.controller.plan.OwnWorkload;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.users.BrowserCookies;
import dev.midwrite.controller.users.Credentials;
import dev.midwrite.controller.users.FlowReply;
import dev.midwrite.controller.users.FlowRequest;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.Variables;
import dev.midwrite.controller.users.WireRequest;
import dev.midwrite.controller.users.WriteMark;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The first user of a flow on one node: walks its steps one after the other, and writes and reads once what each workload
 * of the application's own does. What is not as the flow expects ends the run here. Used by one thread.
 */
final class FlowContact {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FlowSpec flow;
    private final List<LoginAnswer> login;
    private final Credentials credentials;
    private final Duration readyTimeout;
    private final ProbeConnection connection;
    private final Target node;
    private final boolean tlsTerminated;
    private final BrowserCookies cookies;
    private final Map<String, String> first;
    private final Variables known;

    FlowContact(
            UsersSpec users, Credentials credentials, Duration readyTimeout, ProbeConnection connection, Target node) {
        this.flow = users.flow();
        this.login = users.login();
        this.credentials = credentials;
        this.readyTimeout = readyTimeout;
        this.connection = connection;
        this.node = node;
        this.tlsTerminated = users.tlsTerminated();
        this.cookies = BrowserCookies.of(users);
        this.first = new HashMap<>(credentials.of(node.number()));
        first.put("user", Integer.toString(node.number()));
        this.known = new Variables(first);
    }

    BrowserCookies cookies() {
        return cookies;
    }

    /** Headers that go with every request of this user. */
    Map<String, String> headers() {
        return FlowRequest.common(flow.headers(), known);
    }

    /** @throws Problem if a step is not answered as it should be */
    void arrive() throws InterruptedException {
        walk(flow.before());
    }

    /** Whether the session is there still, as far as the flow itself can show it. */
    boolean isLetIn() throws InterruptedException {
        Optional<FlowStep> shows =
                flow.alive().or(() -> flow.workloads().stream().findFirst().map(OwnWorkload::read));
        try {
            if (shows.isPresent()) {
                ask(shows.get(), known);
            }
            return true;
        } catch (Problem e) {
            return false;
        }
    }

    void use() throws InterruptedException {
        for (FlowStep alive : flow.alive().stream().toList()) {
            ask(alive, known);
        }
        for (OwnWorkload workload : flow.workloads()) {
            tryOut(workload);
        }
        walk(flow.between());
    }

    void leave() throws InterruptedException {
        walk(flow.after());
    }

    /**
     * Logs out, once it is certain that the flow can show what a logout ends.
     *
     * @return what a reader should know
     * @throws Problem if it cannot
     */
    List<String> logOut() throws InterruptedException {
        LogoutSpec logout = flow.logout().orElseThrow();
        FlowStep page = logout.page();
        ask(page, known);
        BrowserCookies ofLogin = cookies.ofLogin(logout.cookies());
        if (!isShown(page, ofLogin.copy(), known)) {
            throw new Problem(who(page) + " is shown to who has logged in, and is not with " + only(ofLogin)
                    + ": name the cookies that hold the login in the block logout, cookies."
                    + " A cookie that logs in anew whoever comes back must not be among them.");
        }
        if (isShown(page, cookies.none(), new Variables(first))) {
            throw new Problem(
                    who(page) + " is answered without any cookie as it is to who has logged in, so it cannot show"
                            + " that a logout ends a login: choose another page in the block logout, or expect or take what"
                            + " only they are shown.");
        }
        walk(logout.steps());
        return isShown(page, ofLogin.copy(), known)
                ? List.of("After the logout on " + node.name() + " its page is still shown with the cookies of before.")
                : List.of();
    }

    private static String only(BrowserCookies ofLogin) {
        List<String> names = ofLogin.names();
        return names.isEmpty()
                ? "the cookies that end with the browser, of which there are none"
                : String.join(", ", names) + " alone";
    }

    /** Whether this is the answer for who is logged in; one that only puts it off is asked for again. */
    private boolean isShown(FlowStep page, BrowserCookies with, Variables knowing) throws InterruptedException {
        try {
            ask(page, knowing.copy(), with);
            return true;
        } catch (Problem e) {
            return false;
        }
    }

    private void walk(List<FlowStep> steps) throws InterruptedException {
        for (FlowStep step : steps) {
            ask(step, known);
            TimeUnit.NANOSECONDS.sleep(step.think().toNanos());
        }
    }

    /** What was written must be shown: a selector that finds nothing would let every later write seem lost. */
    private void tryOut(OwnWorkload workload) throws InterruptedException {
        long id = node.number();
        long before = number(workload, ask(workload.read(), known));
        ask(workload.write(), known.with("write-id", WriteMark.of(id)));
        FlowReply reply = ask(workload.read(), known);
        List<String> shown = reply.all(workload.shows(), cookies);
        boolean there = workload.kind() == OwnWorkload.Kind.COUNTER
                ? number(workload, reply) == before + 1
                : shown.stream().map(WriteMark::in).anyMatch(OptionalLong.of(id)::equals);
        if (!there) {
            throw new Problem(who(workload.read()) + " does not show what '"
                    + workload.write().name() + "' had just written: " + workload.shows() + " matches "
                    + (shown.isEmpty() ? "nothing" : credentials.hide(first(String.join(", ", shown)))) + "."
                    + begins(reply));
        }
    }

    private long number(OwnWorkload workload, FlowReply reply) {
        return reply.all(workload.shows(), cookies).stream()
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .findFirst()
                .map(Long::parseLong)
                .orElse(0L);
    }

    private FlowReply ask(FlowStep step, Variables variables) throws InterruptedException {
        FlowReply reply = ask(step, variables, cookies);
        known.put(reply.taken(step, cookies));
        return reply;
    }

    /** @param jar to send from and to put what comes back */
    private FlowReply ask(FlowStep step, Variables variables, BrowserCookies jar) throws InterruptedException {
        long began = System.nanoTime();
        while (true) {
            String obstacle;
            long limit = readyTimeout.toNanos();
            try {
                WireRequest asked = FlowRequest.of(step, node.address(), flow.headers(), variables)
                        .with(jar.idHeader());
                ProbeReply answer = connection.ask(asked, "", jar.header(asked.uri()), tlsTerminated);
                jar.receive(asked.uri(), asked.uri(), answer.cookies());
                jar.receiveId(answer.headers()::allValues);
                FlowReply reply = new FlowReply(answer.status(), answer.headers()::allValues, answer.body());
                Optional<String> unexpected = reply.demandsLogin(step, flow, login)
                        ? Optional.of("this demands a login")
                        : reply.unexpected(step, jar);
                if (unexpected.isEmpty()) {
                    variables.put(reply.taken(step, jar));
                    return reply;
                }
                String to = answer.header("Location");
                obstacle = who(step) + " was answered with " + answer.status() + (to.isEmpty() ? "" : " to " + to)
                        + ": " + unexpected.get() + "." + begins(reply);
                boolean passing = answer.status() == 429 || answer.status() / 100 == 5;
                limit = !passing ? 0 : answer.status() == 500 ? Math.min(limit, PATIENCE.toNanos()) : limit;
            } catch (IOException e) {
                obstacle = who(step) + " was not answered: "
                        + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ".";
            } catch (IllegalStateException e) {
                throw new Problem(who(step) + " cannot be sent: " + e.getMessage() + ".", e);
            }
            if (System.nanoTime() - began >= limit) {
                throw new Problem(credentials.hide(obstacle));
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private String who(FlowStep step) {
        return "Step '" + step.name() + "' of user " + node.number() + " (" + step.method() + " " + step.path() + " on "
                + node.name() + ")";
    }

    private String begins(FlowReply reply) {
        String line = reply.body()
                .lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(FlowContact::first)
                .orElse("");
        return line.isEmpty() ? "" : " Its answer begins: " + credentials.hide(line);
    }

    private static String first(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
