package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the block {@code users}. */
final class UsersReader {
    static final Set<String> KEYS = Set.of(
            "sessions",
            "arrivals",
            "rate",
            "workloads",
            "routing",
            "timeout",
            "retries",
            "duration",
            "ttl",
            "warmup",
            "parallel",
            "logins-alone",
            "login",
            "final-reads",
            "credentials",
            "flow",
            "tls-terminated",
            "session-header",
            "kind",
            "command",
            "port",
            "cookies",
            "sockets",
            "through");
    static final Map<String, UsersSpec.Through> THROUGHS = Map.of("nginx", UsersSpec.Through.NGINX);
    static final Map<String, UsersSpec.Routing> ROUTINGS = DrillFile.labels(UsersSpec.Routing.values());
    static final Set<String> WORKLOADS = Set.of(
            "register",
            "list",
            "counter",
            "group",
            "document",
            "rotate",
            "logout",
            "large",
            "relogin",
            "mutate",
            "dispatch",
            "principal");

    static final int MOST_SESSIONS = 100_000;
    private static final int MOST_PARALLEL = 32;
    private static final String HEADER_NAME = "[A-Za-z0-9][A-Za-z0-9-]*";

    private UsersReader() {}

    static UsersSpec read(Section section) {
        if (ForeignReader.isForeign(section)) {
            return ForeignReader.read(section, ttl(section), login(section));
        }
        section.need("sessions", "duration");
        FlowSpec flow = FlowReader.read(section);
        if (flow.workloads().isEmpty() && flow.alive().isEmpty()) {
            section.need("workloads");
        }
        List<String> workloads = section.names("workloads", "workload", WORKLOADS);
        if (section.hasList("workloads") && workloads.isEmpty()) {
            section.complain("workloads", "'workloads' needs at least one of " + Complaints.list(WORKLOADS));
        }
        int sessions = (int) section.whole("sessions", 1, 1, MOST_SESSIONS);
        UsersSpec users = new UsersSpec(
                sessions,
                section.rate("arrivals", 0),
                section.rate("rate", 1),
                workloads,
                section.choice("routing", ROUTINGS, UsersSpec.Routing.STICKY),
                section.duration("timeout", Duration.ofSeconds(2)),
                (int) section.whole("retries", 1, 0, 10),
                section.duration("duration", Duration.ofSeconds(10)),
                ttl(section),
                section.has("ttl"),
                section.duration("warmup", Duration.ofSeconds(2)),
                section.flag("tls-terminated"),
                header(section),
                (int) section.whole("parallel", 1, 1, MOST_PARALLEL),
                section.flag("logins-alone"),
                section.has("login") || flow == FlowSpec.NONE ? login(section) : FlowReader.logins(flow),
                section.duration("final-reads", UsersSpec.timeToRead(sessions)),
                flow,
                SocketReader.read(section, sessions),
                Optional.empty(),
                section.choice("through", THROUGHS, UsersSpec.Through.NOTHING));
        if (users.rate() <= 0) {
            section.complain("rate", "'rate' must be more than 0/s");
        }
        if (users.through() == UsersSpec.Through.NGINX) {
            proxied(section, users);
        }
        if (users.timeout().isZero()) {
            section.complain("timeout", "'timeout' must be more than 0s");
        }
        return users;
    }

    private static void proxied(Section section, UsersSpec users) {
        if (users.routing() == UsersSpec.Routing.CROSS) {
            section.complain("routing", "nginx routes 'sticky' or 'round-robin', not 'cross'");
        }
        if (!users.sockets().isEmpty()) {
            section.complain("sockets", "'sockets' are held with the nodes themselves, so 'through' must be left out");
        }
    }

    /** Of a session's id; sockets are opened with cookies alone. */
    static String header(Section section) {
        String name = section.text("session-header", "");
        if (section.has("session-header") && !name.matches(HEADER_NAME)) {
            section.complain(
                    "session-header",
                    "'session-header' takes the name of a header such as X-Auth-Token, not '" + name + "'");
        } else if (!name.isEmpty() && section.has("sockets")) {
            section.complain(
                    "sockets",
                    "'sockets' are opened with cookies, and 'session-header' says that none holds the session");
        }
        return name;
    }

    private static List<LoginAnswer> login(Section section) {
        List<LoginAnswer> answers = new ArrayList<>();
        for (String text : section.texts("login", List.of())) {
            LoginAnswer.parse(text)
                    .ifPresentOrElse(
                            answers::add,
                            () -> section.complain(
                                    "login",
                                    "'login' takes statuses such as 401, and redirects with where they lead, such as"
                                            + " \"302 /login\", not '" + text + "'"));
        }
        return List.copyOf(answers);
    }

    private static Duration ttl(Section section) {
        return section.is("ttl", "never") ? UsersSpec.NEVER : section.duration("ttl", Duration.ofMinutes(30));
    }
}
