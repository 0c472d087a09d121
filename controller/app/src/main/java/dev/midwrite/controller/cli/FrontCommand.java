package dev.midwrite.controller.cli;

import dev.midwrite.controller.front.Front;
import dev.midwrite.controller.front.FrontLog;
import dev.midwrite.controller.front.FrontSetting;
import dev.midwrite.controller.front.SessionNames;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import dev.midwrite.event.SessionHash;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midwrite front}. */
@Command(
        name = "front",
        description = {
            "Pass requests on to nodes until Ctrl-C, then say how they were served.",
            "JMeter, Gatling, k6, Selenium and people stay as they are, but for the address."
        },
        mixinStandardHelpOptions = true)
final class FrontCommand implements Callable<Integer> {
    private static final int KEY_BYTES = 32;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            split = ",",
            required = true,
            description = "The nodes, separated by commas.")
    private List<String> nodes;

    @Option(
            names = "--listen",
            paramLabel = "[HOST:]PORT",
            defaultValue = "8080",
            description = "Where clients find it; on loopback if no host is given, ${DEFAULT-VALUE} if nothing is.")
    private String listen;

    @Option(
            names = "--routing",
            paramLabel = "ROUTING",
            defaultValue = "sticky",
            description = "sticky, round-robin or cross; ${DEFAULT-VALUE} if not given.")
    private String routing;

    @Option(
            names = "--cookie",
            paramLabel = "NAME",
            description = "Of a cookie that holds a session; SESSION and JSESSIONID if not given.")
    private List<String> cookies = List.of();

    @Option(
            names = "--session-header",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Of a header that holds a session's id, in requests and answers, in the place of a cookie.")
    private String sessionHeader;

    @Option(
            names = "--login",
            paramLabel = "ANSWER",
            description = "An answer that demands a login, such as 401 or '302 /login'.")
    private List<String> login = List.of();

    @Option(names = "--tls-terminated", description = "Clients come over https, by way of a proxy before this one.")
    private boolean tlsTerminated;

    @Option(names = "--out", paramLabel = "FILE", description = "Takes one line of JSON for each attempt.")
    private Path file;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Router router = router();
        String host = listen.contains(":") ? listen.substring(0, listen.lastIndexOf(':')) : FrontSetting.LOOPBACK;
        FrontSetting setting = new FrontSetting(
                host,
                port(listen.substring(listen.lastIndexOf(':') + 1), listen),
                new SessionNames(cookies, sessionHeader),
                login.stream().map(this::answer).toList(),
                tlsTerminated,
                new SessionHash(key()));
        FrontLog log = FrontLog.open(file, router.names());
        try (Reaper reaper = Reaper.install()) {
            Front front = Front.start(setting, router, UserClock.start(), log);
            reaper.add("the log", () -> {
                log.close();
                if (log.results().isEmpty()) {
                    out.println("VACUOUS  No request came through the front.");
                } else {
                    LoadCheck.judge(front(), log.results(), out);
                }
                out.flush();
            });
            reaper.add("the front", front::close);
            out.println("Listening at " + front.url() + " for " + String.join(", ", nodes)
                    + ". Ctrl-C ends it and says how requests were served.");
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private String front() {
        return "requests through the front to " + String.join(", ", nodes);
    }

    private Router router() {
        List<URI> addresses = new ArrayList<>();
        for (String node : nodes) {
            int colon = node.lastIndexOf(':');
            if (colon < 1) {
                throw refused("--to takes HOST:PORT, not '" + node + "'.");
            }
            addresses.add(
                    URI.create("http://" + node.substring(0, colon) + ":" + port(node.substring(colon + 1), node)));
        }
        if (nodes.stream().distinct().count() < nodes.size()) {
            throw refused("--to names a node twice.");
        }
        Router router = new Router(routing(), nodes);
        for (int i = 0; i < nodes.size(); i++) {
            router.up(nodes.get(i), addresses.get(i));
        }
        return router;
    }

    private Routing routing() {
        for (Routing each : Routing.values()) {
            if (each.name().equalsIgnoreCase(routing.replace('-', '_'))) {
                return each;
            }
        }
        throw refused("--routing is sticky, round-robin or cross, not '" + routing + "'.");
    }

    private LoginAnswer answer(String text) {
        return LoginAnswer.parse(text)
                .orElseThrow(
                        () -> refused("--login takes statuses such as 401, and redirects with where they lead, such"
                                + " as '302 /login', not '" + text + "'."));
    }

    private int port(String text, String whole) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw refused("'" + whole + "' has no port from 0 to 65535.");
    }

    private ParameterException refused(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /** Nobody needs to know it: hashes are compared within one run of the front. */
    private static byte[] key() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
