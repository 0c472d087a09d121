package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the block {@code users} of {@code kind: foreign}. */
final class ForeignReader {
    static final Set<String> KEYS = Set.of("command", "port", "cookies");

    /** What only users of ours have. */
    private static final List<String> OURS = List.of(
            "sessions",
            "arrivals",
            "rate",
            "workloads",
            "retries",
            "parallel",
            "logins-alone",
            "final-reads",
            "sockets",
            "through",
            "credentials",
            "flow");

    static final Map<String, Boolean> KINDS = Map.of("own", false, "foreign", true);
    private static final int MOST_PORT = 65_535;

    private ForeignReader() {}

    /** Whether the block is about such load; complains about what cannot be said then. */
    static boolean isForeign(Section section) {
        boolean foreign = section.choice("kind", KINDS, false);
        for (String key : foreign ? OURS : List.copyOf(KEYS)) {
            if (section.has(key)) {
                section.complain(
                        key,
                        foreign
                                ? "'" + key + "' is for users of ours; with 'kind: foreign' the load is somebody else's"
                                : "'" + key + "' is for load of others: say 'kind: foreign', too");
            }
        }
        return foreign;
    }

    static UsersSpec read(Section section, Duration ttl, List<LoginAnswer> login) {
        section.need("duration");
        List<String> command = section.words("command", List.of());
        if (section.has("command") && command.stream().allMatch(String::isBlank)) {
            section.complain("command", "'command' must name a program; without one, leave it out");
        }
        List<String> cookies = section.texts("cookies", List.of());
        if (section.hasList("cookies") && cookies.isEmpty()) {
            section.complain("cookies", "'cookies' needs at least one name");
        }
        return new UsersSpec(
                0,
                0,
                0,
                List.of(),
                section.choice("routing", UsersReader.ROUTINGS, UsersSpec.Routing.STICKY),
                section.duration("timeout", Duration.ofSeconds(10)),
                0,
                section.duration("duration", Duration.ofSeconds(10)),
                ttl,
                section.has("ttl"),
                section.duration("warmup", Duration.ofSeconds(2)),
                section.flag("tls-terminated"),
                UsersReader.header(section),
                1,
                false,
                login,
                Duration.ZERO,
                FlowSpec.NONE,
                List.of(),
                Optional.of(new ForeignSpec(command, (int) section.whole("port", 0, 1, MOST_PORT), cookies)),
                UsersSpec.Through.NOTHING);
    }
}
